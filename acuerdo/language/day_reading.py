"""What a date rule is given and what it answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day it is for the speaker, the country, and whether the clause is in the past."""

    today: date
    country: str
    past: bool


@dataclass(frozen=True, slots=True)
class DayReading:
    """The day that some words mean, and the other days they could mean."""

    day: date
    others: tuple[date, ...] = ()


Reader = Callable[[re.Match[str], Calendar], DayReading | None]
Rule = tuple[re.Pattern[str], Reader]


def reading(day: date | None, *others: date | None) -> DayReading | None:
    """A reading of those days that exist and differ; None when there is no such day."""
    if day is None:
        return None
    kept = tuple(dict.fromkeys(other for other in others if other and other != day))
    return DayReading(day, kept)


def captured(match: re.Match[str], name: str) -> str | None:
    """What a group whose name begins so has matched; a pattern may spell it name, name_2..."""
    for group, words in match.groupdict().items():
        if words and group.startswith(name):
            return words
    return None
