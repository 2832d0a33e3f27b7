"""Making texts fit their channel. Pure."""

from typing import Final

from acuerdo.values.text import storable

MAX_STORED: Final = 10_000
MAX_UNDERSTOOD: Final = 2_000
MAX_NAME: Final = 160


def clean(text: str) -> str:
    """A received text that can be stored: no NUL, no lone surrogates, not endless."""
    return storable(text, MAX_STORED)


def short(text: str) -> str:
    """A name or reference that a channel gave, as its column can hold it."""
    return clean(text)[:MAX_NAME]


def parts(text: str, limit: int) -> list[str]:
    """A text in pieces of at most `limit` characters, cut between paragraphs, lines or words."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        window = rest[: limit + 1]
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := window.rfind(mark)) > 0), limit)
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest] if rest else pieces
