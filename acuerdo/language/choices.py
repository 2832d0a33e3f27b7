"""Buttons that are typed instead of pressed: by their number or their words."""

import re
from typing import Final

from acuerdo.language.folding import words_in

_MOST_DIGITS: Final = 4
_TYPED: Final = re.compile(r"^\W*(?:opci[oó]n\s*)?(\d{1,2})\W*$", re.I)


def typed_number(text: str) -> int | None:
    """Read a message that is the number of a choice and nothing else: "2", "opción 2"."""
    match = _TYPED.match(text)
    return None if match is None else int(match[1])


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts have the same words, and have any."""
    return bool(words_in(one)) and words_in(one) == words_in(other)


def bare_number(text: str) -> int | None:
    """Read a message that is a number of four digits at most and nothing else: "2.", "#12"."""
    bare = text.strip(" .)#")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= _MOST_DIGITS else None
