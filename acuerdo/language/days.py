"""Arithmetic of days: the next Friday, the last 15th, pay day, the end of the month."""

from calendar import monthrange
from datetime import date, timedelta


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def shifted(day: date, days: int) -> date | None:
    """A day so many days away, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day some months away, or the last of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of that month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_weekday(today: date, weekday: int) -> date:
    """The first such weekday after today, never today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def last_weekday(today: date, weekday: int) -> date:
    """The last such weekday before today, never today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def weekday_of_week(today: date, weekday: int, weeks: int) -> date:
    """That weekday in the Monday-to-Sunday week so many weeks from this one."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def next_day_of_month(today: date, day: int) -> date | None:
    """The first date after today with that day number."""
    return _step_months(today, day, 1)


def last_day_of_month(today: date, day: int) -> date | None:
    """The last date before today with that day number."""
    return _step_months(today, day, -1)


def _step_months(today: date, day: int, direction: int) -> date | None:
    first = today.replace(day=1)
    for months in range(13):
        month = add_months(first, months * direction)
        found = safe_date(month.year, month.month, day) if month else None
        if found and (found - today).days * direction > 0:
            return found
    return None


def next_payday(today: date) -> date:
    """The first 15th or end of a month after today."""
    if today.day < 15:
        return today.replace(day=15)
    if today < month_end(today):
        return month_end(today)
    following = add_months(today.replace(day=15), 1)
    return following or today


def last_payday(today: date) -> date:
    """The last 15th or end of a month before today."""
    if today.day > 15:
        return today.replace(day=15)
    return today.replace(day=1) - timedelta(days=1) if today > date(1, 1, 31) else today


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return safe_date(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    end = month_end(date(year, month, 1))
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def yearly(today: date, month: int, day: int, past: bool) -> date | None:
    """The coming such day of a year, today included, or the last one when past."""
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    for year in years:
        found = safe_date(year, month, day)
        if found and (found <= today if past else found >= today):
            return found
    return None
