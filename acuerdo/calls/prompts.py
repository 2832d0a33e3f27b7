"""What a call says next and how it may be answered. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Then(StrEnum):
    """What happens after something was said."""

    LISTEN = "listen"
    HANG_UP = "hang_up"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said and how it may be answered.

    `texts` is read out in order, the last of it is the question; `help` tells the keys; `payloads`
    are what the keys 1, 2... stand for; `keys` is the value that may be keyed (`keypad.KINDS`).
    `country` (ISO) is the one whose voice reads it out, filled in once it is the answer of a call.
    """

    texts: tuple[str, ...]
    help: str = ""
    payloads: tuple[str, ...] = ()
    keys: str = ""
    then: Then = Then.LISTEN
    country: str = ""

    @property
    def text(self) -> str:
        """All that is said, for the transcript."""
        return " ".join((*self.texts, self.help)).strip()


@dataclass(frozen=True, slots=True)
class Wait:
    """The answer is not known yet: `filler` to hear meanwhile, then the same request again."""

    filler: str
    country: str
