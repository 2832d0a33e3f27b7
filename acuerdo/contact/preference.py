"""How and when a person wants to be contacted, as rules that are obeyed. Pure."""

from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from acuerdo.contact.law.rules import Barred, Confidence, Hours, Profile, Rule
from acuerdo.values.channels import Channel
from acuerdo.values.requests import Wish
from acuerdo.wording.words import WORDS

_END_OF_DAY: Final = time.max


def fits(wish: Wish, channel: Channel, at: datetime, timezone: str) -> bool:
    """Whether a contact by a channel at a moment is what the person wished."""
    if wish.channel is not None and channel is not wish.channel:
        return False
    clock = at.astimezone(ZoneInfo(timezone)).time()
    return (wish.begins or time.min) <= clock < (wish.ends or _END_OF_DAY)


def rules_of(wish: Wish) -> tuple[Rule, ...]:
    """The wish as house rules, so that the next moment is found as for any other rule."""
    found: list[Rule] = []
    if wish.channel is not None:
        others = frozenset(Channel) - {wish.channel}
        found.append(Barred(kind="barred", **house_basis("preference.channel", others)))
    if wish.begins is not None or wish.ends is not None:
        window = ((wish.begins or time.min, wish.ends or _END_OF_DAY),)
        basis = house_basis("preference.hours", frozenset(Channel))
        found.append(Hours(kind="hours", windows=(window,) * 7, **basis))
    return tuple(found)


def house_basis(rule_id: str, channels: frozenset[Channel]) -> Any:
    """What a rule of ours says of itself."""
    return {
        "id": rule_id,
        "channels": channels,
        "profile": Profile.HOUSE,
        "law": "house",
        "article": rule_id,
        "source": "ours",
        "confidence": Confidence.HOUSE,
        "says": rule_id,
    }


def say(wish: Wish) -> str:
    """The wish in Spanish: `por WhatsApp, entre las 09:00 y las 12:00`."""
    said = []
    if wish.channel is not None:
        said.append(WORDS["preference"]["by"].format(channel=WORDS["channel"][wish.channel]))
    ends = None if wish.ends == _END_OF_DAY else wish.ends
    if wish.begins is not None or ends is not None:
        key = "before" if wish.begins is None else "after" if ends is None else "between"
        said.append(WORDS["preference"][key].format(begins=wish.begins, ends=ends))
    return ", ".join(said)
