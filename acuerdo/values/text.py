"""Texts that came from outside, as a column can hold them and a page can show them. Pure."""

import re
import unicodedata
from typing import Final

# What turns the direction of the text around it (Unicode's bidirectional controls and marks), and
# the byte-order mark: a name with one makes the words beside it read backwards.
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES: Final = re.compile(r"\s+")
# A letter may be put together of several signs; two of these hold emoji together.
_JOINING: Final = frozenset("\u200c\u200d")


def storable(text: str, longest: int) -> str:
    """The text without NUL characters and half surrogate pairs, cut to `longest` characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:longest]


def upright(text: str) -> str:
    """The text as it is shown: without what would turn the direction of the text around it."""
    return _TURNING.sub("", text)


def one_line(text: str) -> str:
    """The text as a name is kept: on one line, composed, with nothing in it that is not seen."""
    spaced = _SPACES.sub(" ", upright(text))
    seen = "".join(each for each in spaced if is_seen(each) or each in _JOINING)
    # what went has left its neighbours side by side: letters to compose, spaces to make one of
    return _SPACES.sub(" ", unicodedata.normalize("NFC", seen)).strip()


def plain_width(text: str) -> str:
    """The text with the ordinary forms of letters and figures: 9 in place of ９."""
    return unicodedata.normalize("NFKC", text)


def is_seen(character: str) -> bool:
    """Whether a character is part of a printed text: no control, no half pair, no private use."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
