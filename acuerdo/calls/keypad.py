"""What pressed keys mean for the question that was asked. Pure.

Any question can be answered with keys: a number of what was offered, or the value itself, ended
with "#" where its length is not known. "0" asks for a person, "*" asks to hear it again.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from acuerdo.conversations.call_cue import Keypad
from acuerdo.conversations.choices import EngineInput, of_payload
from acuerdo.values.dates import say_date

PERSON: Final = "0"
AGAIN: Final = "*"
ENDS: Final = "#"
_HUNDREDTHS: Final = re.compile(r"^(\d{1,12})(?:\*(\d{1,2}))?$")


@dataclass(frozen=True, slots=True)
class Keys:
    """How a value is keyed: so many digits (0: any number, ended with "#"); `secret`: a proof."""

    digits: int
    secret: bool = False


# How each of the values is keyed that an answer can ask for.
KINDS: Final[dict[str, Keys]] = {
    Keypad.AMOUNT: Keys(0),
    Keypad.DATE: Keys(4),
    Keypad.PAST_DATE: Keys(4),
    Keypad.BIRTH_DATE: Keys(8, secret=True),
    Keypad.DOCUMENT_LAST4: Keys(4, secret=True),
    Keypad.DOCUMENT: Keys(0, secret=True),
    Keypad.NUMBER: Keys(1),
}


def is_secret(kind: str) -> bool:
    """Whether a value of `KINDS`, or none, is a proof of identity."""
    return bool(kind) and KINDS[kind].secret


def meaning(digits: str, payloads: tuple[str, ...], kind: str, today: date) -> EngineInput | None:
    """What the digits say, or None where they mean nothing here.

    `payloads` are the choices that were read out, in order; `kind` is a value of `KINDS` or "".
    """
    pressed = digits.removesuffix(ENDS)
    if pressed == AGAIN:
        return EngineInput(intent="repeat")
    if pressed == PERSON:
        return EngineInput(intent="request_human")
    if len(pressed) == 1 and pressed.isdigit() and int(pressed) <= len(payloads):
        return of_payload(payloads[int(pressed) - 1])
    if not kind:
        return None
    return _value(pressed, kind, today)


def _value(pressed: str, kind: str, today: date) -> EngineInput | None:
    if kind == "amount":
        found = _HUNDREDTHS.match(pressed)
        if found is None:
            return None
        return EngineInput(text=found[1] if found[2] is None else f"{found[1]}.{found[2]:0<2}")
    if not pressed.isdigit():
        return None
    if kind in ("date", "past_date"):
        day = _day(pressed, today, past=kind == "past_date")
        return None if day is None else EngineInput(text=say_date(day, today))
    if kind == "birth_date":
        day = _full_day(pressed)
        return None if day is None else EngineInput(text=f"{day:%d/%m/%Y}")
    exact = KINDS[kind].digits
    return EngineInput(text=pressed) if exact in (0, len(pressed)) else None


def _day(pressed: str, today: date, *, past: bool) -> date | None:
    """The day and month keyed as four digits: the next one to come, or the last one."""
    if len(pressed) != KINDS["date"].digits:
        return None
    day, month = int(pressed[:2]), int(pressed[2:])
    years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    for year in years:
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if (found <= today) if past else (found >= today):
            return found
    return None


def _full_day(pressed: str) -> date | None:
    if len(pressed) != KINDS["birth_date"].digits:
        return None
    try:
        return date(int(pressed[4:]), int(pressed[2:4]), int(pressed[:2]))
    except ValueError:
        return None
