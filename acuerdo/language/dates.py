"""Dates in free Spanish: which rules there are and in which order they are tried."""

import re
from dataclasses import dataclass
from datetime import date

from acuerdo.language.context import ReadingContext
from acuerdo.language.day_reading import Calendar, DayReading, Reader, Rule
from acuerdo.language.explicit_dates import EXPLICIT_RULES, FOLLOWING_DAY
from acuerdo.language.periods import EARLY_PERIOD_RULES, PERIOD_RULES
from acuerdo.language.relative_days import FOLLOWING_NAMED, RELATIVE_RULES, TOMORROW_RULES
from acuerdo.language.sentence import Sentence, Span
from acuerdo.language.tense import is_past_tense
from acuerdo.language.working_days import WORKING_RULES

_RULES: tuple[Rule, ...] = (
    *WORKING_RULES,
    *EARLY_PERIOD_RULES,
    *EXPLICIT_RULES,
    *RELATIVE_RULES,
    *PERIOD_RULES,
    *TOMORROW_RULES,
)
_FOLLOWING: tuple[Rule, ...] = (FOLLOWING_DAY, FOLLOWING_NAMED)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day, the other days it could be, and the words that say it."""

    day: date
    others: tuple[date, ...]
    span: Span


def find_days(sentence: Sentence, context: ReadingContext) -> list[FoundDay]:
    """All days that the sentence names; their words are claimed."""
    found: list[FoundDay] = []
    for rule in _RULES:
        found += _apply(rule, sentence, context, after=None)
    for rule in _FOLLOWING:
        found += _apply(rule, sentence, context, after={day.span.after for day in found})
    return _without_echoes(sentence, sorted(found, key=lambda day: day.span.first))


def _without_echoes(sentence: Sentence, days: list[FoundDay]) -> list[FoundDay]:
    """ "Mañana domingo" is one day said twice."""
    joined: list[FoundDay] = []
    for day in days:
        last = joined[-1] if joined else None
        if last and last.day == day.day and _is_beside(sentence, last.span, day.span):
            joined[-1] = FoundDay(day.day, (), Span(last.span.first, day.span.after))
        else:
            joined.append(day)
    return joined


def _is_beside(sentence: Sentence, first: Span, second: Span) -> bool:
    return sentence.words(first.after, second.first) in ([], [","])


def _apply(
    rule: Rule, sentence: Sentence, context: ReadingContext, after: set[int] | None
) -> list[FoundDay]:
    pattern, reader = rule
    found: list[FoundDay] = []
    for match in sentence.matches(pattern):
        span = sentence.span_of(match)
        if after is not None and span.first not in after:
            continue
        past = is_past_tense(sentence, span.first)
        meant = _meant(reader, match, Calendar(context.today, context.country, past))
        if meant is None:
            continue
        if after is not None:
            span = Span(span.first + 1, span.after)
        sentence.claim(span)
        found.append(FoundDay(meant.day, meant.others, span))
        if after is not None:
            after.add(span.after)
    return found


def _meant(reader: Reader, match: re.Match[str], calendar: Calendar) -> DayReading | None:
    try:
        return reader(match, calendar)
    except OverflowError:  # a day before year 1 or after year 9999
        return None
