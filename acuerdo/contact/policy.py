"""Whether a person may be contacted now: allowed, or refused with a reason and the next time.

Pure: frozen facts and `now` in, a verdict out. The rules here are the product's own minimum, the
same in every country and stricter than any of them where nothing was asked for; each names itself
`house:...` unless a text stands behind it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from acuerdo.values.channels import Channel

# WhatsApp lets a business write freely for 24 hours after the person's last message.
SERVICE_WINDOW: Final = timedelta(hours=24)
OPEN, CLOSE = time(9), time(19)
_SUNDAY: Final = 6


class Refused(StrEnum):
    """The closed list of reasons for not contacting somebody."""

    ADDRESS_RETIRED = "address_retired"
    OPTED_OUT = "opted_out"
    DECEASED = "deceased"
    DEBT_ON_HOLD = "debt_on_hold"
    NO_CONSENT = "no_consent"
    SERVICE_WINDOW_CLOSED = "service_window_closed"
    OUTSIDE_HOURS = "outside_hours"


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """All that decides about one contact.

    `answers_person`: the message answers, or serves, somebody who has just written to us;
    `confirms_stop`: it is the one confirmation of an opt-out; `confirms_operation`: it confirms a
    payment that was made.
    """

    channel: Channel
    timezone: str
    retired: bool = False
    opted_out: bool = False
    deceased: bool = False
    on_hold: bool = False
    consent: bool = True
    last_inbound_at: datetime | None = None
    answers_person: bool = False
    confirms_stop: bool = False
    confirms_operation: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rule` is what decided; `next_allowed_at` the first moment that would be allowed, if any."""

    allowed: bool
    rule: str
    reason: Refused | None = None
    next_allowed_at: datetime | None = None


def judge(facts: ContactFacts, now: datetime) -> Verdict:
    """The verdict on contacting a person at `now`, from the most to the least absolute rule."""
    within = _within_service_window(facts, now)
    if facts.answers_person and within:
        return Verdict(True, "house:reply")
    if facts.retired:
        return Verdict(False, "house:retired_address", Refused.ADDRESS_RETIRED)
    if facts.opted_out and not (facts.confirms_stop and within):
        return Verdict(False, "house:opt_out", Refused.OPTED_OUT)
    if facts.deceased:
        return Verdict(False, "house:deceased", Refused.DECEASED)
    if facts.channel is Channel.WHATSAPP and not within:
        return Verdict(False, "whatsapp:service_window", Refused.SERVICE_WINDOW_CLOSED)
    if facts.confirms_stop or facts.confirms_operation:
        # confirming an operation is not collecting: CO Ley 2300 de 2023, art. 8
        return Verdict(True, "house:confirmation")
    if facts.on_hold:
        return Verdict(False, "house:debt_on_hold", Refused.DEBT_ON_HOLD)
    if not facts.consent:
        return Verdict(False, "house:consent", Refused.NO_CONSENT)
    opening = next_opening(now, facts.timezone)
    if opening > now:
        return Verdict(False, "house:hours", Refused.OUTSIDE_HOURS, opening)
    return Verdict(True, "house:hours")


def _within_service_window(facts: ContactFacts, now: datetime) -> bool:
    return facts.last_inbound_at is not None and now - facts.last_inbound_at < SERVICE_WINDOW


def next_opening(at: datetime, timezone: str) -> datetime:
    """The first moment, not before `at`, inside the hours: Monday to Saturday, 9 to 19 local."""
    zone = ZoneInfo(timezone)
    local = at.astimezone(zone)
    day = local.date()
    for ahead in range(8):
        candidate = day + timedelta(days=ahead)
        if candidate.weekday() == _SUNDAY:
            continue
        opens = datetime.combine(candidate, OPEN, zone)
        closes = datetime.combine(candidate, CLOSE, zone)
        if at < closes:
            return max(at, opens.astimezone(at.tzinfo))
    raise AssertionError("a week has six working days")
