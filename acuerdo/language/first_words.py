"""Who picked up a call of ours, by the first words heard: a person, or what machine. Pure."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml

from acuerdo.language.folding import folded

_WORDS: Final[dict[str, dict[str, list[str]]]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)
_NOT_WORDS: Final = re.compile(r"[^a-zñ0-9 ]+")
# Nobody who picks up says so much before they know who calls.
_MOST_WORDS: Final = 60


class PickedUp(StrEnum):
    """A mailbox and the network end a call; a screening is waited for; UNCLEAR is asked again."""

    PERSON = "person"
    MAILBOX = "mailbox"
    NETWORK = "network"
    SCREENING = "screening"
    UNCLEAR = "unclear"


def _pattern(kind: str, *, whole: bool = False) -> re.Pattern[str]:
    countries: dict[str, Any] = _WORDS[kind]
    shapes = [f"(?:{shape})" for each in countries.values() for shape in each]
    return re.compile("|".join(shapes) if not whole else f"(?:{'|'.join(shapes)})")


_SCREENING: Final = _pattern("screening")
_NETWORK: Final = _pattern("network")
_MAILBOX: Final = _pattern("mailbox")
_PERSON: Final = _pattern("person", whole=True)


def picked_up(words: str) -> PickedUp:
    """Tell who picked up; what could be a machine is one, what could be either is unclear."""
    plain = " ".join(_NOT_WORDS.sub(" ", folded(words)).split()[:_MOST_WORDS])
    if _SCREENING.search(plain):
        return PickedUp.SCREENING
    if _NETWORK.search(plain):
        return PickedUp.NETWORK
    if _MAILBOX.search(plain):
        return PickedUp.MAILBOX
    return PickedUp.PERSON if _PERSON.fullmatch(plain) else PickedUp.UNCLEAR
