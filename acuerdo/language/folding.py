"""Text in plain lower-case letters: the one folding of accents of the product."""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[a-z0-9]+")


def fold(text: str) -> tuple[str, list[int]]:
    """Give the text in plain lower-case letters, and the offset of each in the original."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        letter = character.lower() if character.isascii() else _plain(character)
        if letter:
            letters.append(letter)
            offsets.append(offset)
    return "".join(letters), offsets


def _plain(character: str) -> str:
    if character == "°":
        return "o"
    if character in "’´`‘":
        return "'"
    if character in "–—−":
        return "-"
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category in {"Zs", "Cc"}:
        return " "
    bare = [c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)]
    return bare[0].lower() if len(bare) == 1 and len(bare[0].lower()) == 1 else character


def folded(text: str) -> str:
    """Give the text in plain lower-case letters."""
    return fold(text)[0]


def words_in(text: str) -> list[str]:
    """Give the words and numbers of a text in plain lower-case letters."""
    return _WORD.findall(folded(text))
