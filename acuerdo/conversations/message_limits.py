"""Making texts fit their channel. Pure."""

from typing import Final

from acuerdo.values.text import storable

MAX_STORED: Final = 10_000
# The engine takes no more at once. A message has less; several of one turn may have more together.
MAX_UNDERSTOOD: Final = 20_000
MAX_NAME: Final = 160


def clean(text: str) -> str:
    """A received text that can be stored: no NUL, no lone surrogates, not endless."""
    return storable(text, MAX_STORED)


def short(text: str) -> str:
    """A name or reference that a channel gave, as its column can hold it."""
    return clean(text)[:MAX_NAME]


def understandable(text: str) -> str:
    """A turn's text as the engine takes it: all of it, or all but its middle.

    A wish for silence or a threat is looked for in all that is given.
    """
    if len(text) <= MAX_UNDERSTOOD:
        return text
    half = (MAX_UNDERSTOOD - 1) // 2
    return f"{text[:half]}\n{text[-half:]}"


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
