"""How many verdicts on a contact one core gives in a second."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from acuerdo.contact.jurisdictions import COUNTRIES, load
from acuerdo.contact.law import ContactContext, PastContact, Profile, judge
from acuerdo.values.channels import Channel

_HISTORY: Final = 10
_ASKED: Final = 400
_BEGINS: Final = datetime(2026, 1, 1, tzinfo=UTC)


def per_second(seconds: float) -> dict[str, float | int]:
    """Verdicts for random moments of a year, each after ten contacts of the weeks before it.

    By all countries' house rules in turn; the mean over them, and the slowest country's.
    """
    dice = random.Random(2300)  # noqa: S311 - nothing is kept secret by it
    rates = [_rate(country, dice, seconds / len(COUNTRIES)) for country in sorted(COUNTRIES)]
    together = len(rates) / sum(1 / rate for rate in rates)
    return {"history": _HISTORY, "mean": round(together), "slowest_country": round(min(rates))}


def _rate(country: str, dice: random.Random, seconds: float) -> float:
    jurisdiction = load(country)
    context = ContactContext(zones=(jurisdiction.zones[0],), consent=True)
    questions = [_question(dice) for _ in range(_ASKED)]
    done, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < seconds:
        for channel, at, history in questions:
            judge(jurisdiction, Profile.HOUSE, channel, at, history, context)
        done += len(questions)
    return done / spent


def _question(dice: random.Random) -> tuple[Channel, datetime, Sequence[PastContact]]:
    at = _BEGINS + timedelta(minutes=dice.randrange(365 * 24 * 60))
    channels = (Channel.VOICE, Channel.WHATSAPP)
    history = [
        PastContact(
            at - timedelta(hours=dice.uniform(1, 24 * 30)),
            dice.choice(channels),
            direct_contact=dice.random() < 0.3,
        )
        for _ in range(_HISTORY)
    ]
    return dice.choice(channels), at, history
