"""What an answer asks of the telephone: which value may be keyed, and what comes after it. Pure.

Chat channels ignore it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self


class Keypad(StrEnum):
    """The values that can be keyed."""

    AMOUNT = "amount"
    DATE = "date"
    PAST_DATE = "past_date"
    BIRTH_DATE = "birth_date"
    DOCUMENT_LAST4 = "document_last4"
    DOCUMENT = "document"
    NUMBER = "number"


class Afterwards(StrEnum):
    """What a call does once the answer was read out, where it does not ask for the next one."""

    HANG_UP = "hang_up"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class CallCue:
    """`keypad_help` tells the caller how to key the value; WAIT leaves the former question open."""

    keypad: Keypad | None = None
    keypad_help: str = ""
    then: Afterwards | None = None

    def as_json(self) -> dict[str, Any] | None:
        """Write the cue as it is kept; None where nothing is asked."""
        if self == CallCue():
            return None
        return {"keypad": self.keypad, "keypad_help": self.keypad_help, "then": self.then}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any] | None) -> Self:
        """Read a cue; raises ValueError or TypeError where it is none."""
        if not kept:
            return cls()
        keypad, keypad_help, then = (kept.get(key) for key in ("keypad", "keypad_help", "then"))
        if not isinstance(keypad_help or "", str):
            raise TypeError("keypad_help is no text")
        return cls(
            keypad=None if keypad is None else Keypad(keypad),
            keypad_help=keypad_help or "",
            then=None if then is None else Afterwards(then),
        )

    @classmethod
    def of_all(cls, cues: Iterable[Self]) -> Self:
        """Make one cue of those of several answers: the first keypad, and the end if one ends."""
        asked = list(cues)
        keyed = next((cue for cue in asked if cue.keypad is not None), cls())
        wanted = {cue.then for cue in asked}
        then = next((each for each in Afterwards if each in wanted), None)
        return cls(keyed.keypad, keyed.keypad_help, then)


NO_CUE: Final = CallCue()
