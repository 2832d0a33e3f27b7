"""Public holidays and working days by country; the answers are cached, for they are asked often.

A working day ("día hábil") is Monday to Friday and no public holiday, on the day to which each was
moved. Banks are closed on public holidays.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays

_SATURDAY: Final = 5
_SUPPORTED: Final = frozenset(holidays.list_supported_countries())


@lru_cache(maxsize=512)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year; none where the country is not known."""
    if country not in _SUPPORTED:
        return frozenset()
    return frozenset(day for day in holidays.country_holidays(country, years=year))


@lru_cache(maxsize=16384)
def is_holiday(country: str, day: date) -> bool:
    """Whether a local date is a public holiday."""
    return day in holidays_of(country, day.year)


def is_working_day(country: str, day: date) -> bool:
    """Whether offices and banks work on a local date."""
    return day.weekday() < _SATURDAY and not is_holiday(country, day)


def working_days_after(country: str, day: date, count: int) -> date:
    """The last of so many working days after a date; the date itself where the count is 0.

    Raises OverflowError beyond the calendar.
    """
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(country, day)
    return day


def working_day_from(country: str, day: date) -> date:
    """That date, or the next working day where it is none; raises OverflowError."""
    while not is_working_day(country, day):
        day += timedelta(days=1)
    return day


def working_day_until(country: str, day: date) -> date:
    """That date, or the working day before it where it is none; raises OverflowError."""
    while not is_working_day(country, day):
        day -= timedelta(days=1)
    return day
