"""Local days as moments, and public holidays; the answers are cached, for both are asked often."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

_SATURDAY = 5


@cache
def zone_info(zone: str) -> ZoneInfo:
    """A zone by its name; raises ZoneInfoNotFoundError, a LookupError, or ValueError."""
    try:
        return ZoneInfo(zone)
    except OSError as error:
        # a name such as "America" is a folder of the zone database
        raise ZoneInfoNotFoundError(zone) from error


@lru_cache(maxsize=16384)
def moment(zone: str, day: date, wall: time) -> datetime:
    """The UTC moment of a wall clock; the end of the gap for one that the clocks jump over."""
    return datetime.combine(day, wall, zone_info(zone)).astimezone(UTC)


@lru_cache(maxsize=512)
def holidays_of(calendar: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year, on the day to which each was moved."""
    return frozenset(day for day in holidays.country_holidays(calendar, years=year))


def last_day(calendar: str, first: date, days: int, *, business: bool) -> date:
    """The last of so many days after a date, of the calendar or of business (no holidays)."""
    if not business:
        return first + timedelta(days=days)
    day, left = first, days
    while left:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and not is_holiday(calendar, day):
            left -= 1
    return day


@lru_cache(maxsize=16384)
def is_holiday(calendar: str, day: date) -> bool:
    """Whether a local date is a public holiday."""
    return day in holidays_of(calendar, day.year)
