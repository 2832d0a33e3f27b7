"""When somebody who writes in pieces has finished. Pure.

House rule: what can stand alone is answered after a second in which nothing follows; a greeting, a
name or half a sentence waits three, for most people go on. However fast somebody types on, an
answer comes after nine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from acuerdo.language.fragments import is_fragment

_MOST_COMPLETE: Final = 5
_MOST_FRAGMENTS: Final = 3


@dataclass(frozen=True, slots=True)
class Windows:
    """How long the next piece is waited for after a complete text, and after a fragment."""

    complete: timedelta
    fragment: timedelta

    @classmethod
    def of(cls, complete_seconds: float, fragment_seconds: float) -> "Windows":
        """The windows of so many seconds."""
        return cls(timedelta(seconds=complete_seconds), timedelta(seconds=fragment_seconds))


@dataclass(frozen=True, slots=True)
class Piece:
    """One message that waits to be answered."""

    at: datetime
    text: str
    is_choice: bool


def complete_at(pieces: Sequence[Piece], windows: Windows, *, is_answering: bool) -> datetime:
    """The moment from which pieces are taken as all; `is_answering`: we have asked something, so
    that a value or a yes is complete."""
    *earlier, last = sorted(pieces, key=lambda piece: piece.at)
    # after half a sentence a value goes on with it, and answers nothing
    goes_on = any(is_fragment(piece.text, is_answering=is_answering) for piece in earlier)
    answers = is_answering and not goes_on
    is_open = not last.is_choice and is_fragment(last.text, is_answering=answers)
    window = max(windows.complete, windows.fragment) if is_open else windows.complete
    first_at = (earlier[0] if earlier else last).at
    longest = max(windows.complete * _MOST_COMPLETE, windows.fragment * _MOST_FRAGMENTS)
    return min(last.at + window, first_at + longest)
