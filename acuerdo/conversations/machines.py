"""Telling a machine that answers us from a person. Pure.

House rule, ADR 63: a machine gets one answer at most and nothing is concluded from what it says.
What speaks for a machine: words that only machines use; the same text again within seconds of our
answer; a long text sooner after our opening than anybody types; few texts over and over;
our own words sent back. Whatever
has a word of danger is heard by the engine all the same, three times: to miss it costs more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from acuerdo.language.automatic_answers import is_automatic_answer
from acuerdo.language.danger import may_speak_of_danger
from acuerdo.language.folding import words_in

_AT_ONCE: Final = timedelta(seconds=5)
_FASTER_THAN_TYPED: Final = timedelta(seconds=2)
# Who repeats a word or two may be impatient; nobody types so many words twice in seconds.
_REPEATED_WORDS: Final = 8
_TYPED_WORDS: Final = 12
_LOOP_WINDOW: Final = timedelta(minutes=10)
_LOOP_LINES: Final = 10
_LOOP_TEXTS: Final = 3
_LOOP_WORDS: Final = 4
_HEARD_ENOUGH: Final = 3
_ECHOED_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One message of either side; `is_opening`: with it we began to write."""

    at: datetime
    text: str
    is_ours: bool
    is_opening: bool = False
    is_automatic: bool = False


def is_machine(text: str, now: datetime, before: Sequence[Line]) -> bool:
    """Whether a message is an automatic answer; `before`: what was said before, newest first."""
    said = _letters(text)
    if not said or _must_be_heard(text, said, before):
        return False
    return (
        is_automatic_answer(text)
        or _is_an_echo(said, before)
        or _is_said_at_once_again(said, now, before)
        or _is_too_fast_for_a_person(said, now, before)
        or _is_a_loop(said, now, before)
    )


def is_answered_already(before: Sequence[Line]) -> bool:
    """Whether the machine had its one answer: no person has written since it wrote before."""
    theirs = next((line for line in before if not line.is_ours), None)
    return theirs is not None and theirs.is_automatic


def _must_be_heard(text: str, said: list[str], before: Sequence[Line]) -> bool:
    """A text that may speak of danger and was not heard often enough: a machine repeats its own."""
    if not may_speak_of_danger(text):
        return False
    theirs = [line for line in before if not line.is_ours and not line.is_automatic]
    return sum(_letters(line.text) == said for line in theirs) < _HEARD_ENOUGH


def _is_an_echo(said: list[str], before: Sequence[Line]) -> bool:
    """Our own words sent back to us, all of them and nothing else."""
    ours = (_letters(line.text) for line in before if line.is_ours)
    return len(said) >= _ECHOED_WORDS and any(said == each for each in ours)


def _is_said_at_once_again(said: list[str], now: datetime, before: Sequence[Line]) -> bool:
    """The same long text, and in between we have answered, which was a few seconds ago; or that of
    a machine once more."""
    theirs = next((line for line in before if not line.is_ours), None)
    if theirs is None or len(said) < _REPEATED_WORDS or _letters(theirs.text) != said:
        return False
    return theirs.is_automatic or (before[0].is_ours and now - before[0].at <= _AT_ONCE)


def _is_too_fast_for_a_person(said: list[str], now: datetime, before: Sequence[Line]) -> bool:
    if len(said) < _TYPED_WORDS or not before or not before[0].is_opening:
        return False
    return now - before[0].at < _FASTER_THAN_TYPED


def _is_a_loop(said: list[str], now: datetime, before: Sequence[Line]) -> bool:
    """Few texts over and over, each answered by us, with nothing a person would repeat so often."""
    recent = [line for line in before if now - line.at <= _LOOP_WINDOW]
    answered = [later for earlier, later in pairwise(recent) if earlier.is_ours]
    theirs = [_letters(line.text) for line in answered if not line.is_ours][: _LOOP_LINES - 1]
    if len(theirs) < _LOOP_LINES - 1 or len(said) < _LOOP_WORDS:
        return False
    texts = {tuple(words) for words in [said, *theirs]}
    return len(texts) <= _LOOP_TEXTS and all(len(words) >= _LOOP_WORDS for words in texts)


def _letters(text: str) -> list[str]:
    """The words without figures: hours and numbers of tickets change from one to the next."""
    return [word for word in words_in(text) if not word.isdigit()]
