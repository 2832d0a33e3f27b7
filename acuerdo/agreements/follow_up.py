"""What time does to agreements: reminded of before their day, missed after it, followed up. Pure.

All days are those of the debtor's own zone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# Hours of the house; the law's own are asked when the contact is made.
_MORNING: Final = time(10)
_EVENING: Final = time(20)
# Banks book what was paid in the evening on the next day.
_GRACE: Final = timedelta(days=1)
_FOLLOW_UP: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_MISSED_INSTALMENTS_END_A_PLAN: Final = 2


@dataclass(frozen=True, slots=True)
class Window:
    """When a contact about an agreement is of use: not before `begins_at`, not after `ends_at`."""

    begins_at: datetime
    ends_at: datetime


def reminder_on_eve(due_on: date, *, zone: str, now: datetime) -> Window | None:
    """The reminder on the day before something is due; None where that day is not to come.

    Who promises for today or tomorrow has just heard it: the day itself is enough, or nothing.
    """
    return _reminder(due_on - _DAY, zone, now)


def reminder_on_day(due_on: date, *, zone: str, now: datetime) -> Window | None:
    """The reminder on the day on which something is due; None where that day is not to come."""
    return _reminder(due_on, zone, now)


def after_missing(*, zone: str, now: datetime) -> Window:
    """The contact after something was missed: the next morning, or any time in a week from it."""
    morning = _local(now.astimezone(ZoneInfo(zone)).date(), _MORNING, zone)
    begins = morning if morning > now else _local(morning.date() + _DAY, _MORNING, zone)
    return Window(begins, begins + _FOLLOW_UP)


def missed_at(due_on: date, zone: str) -> datetime:
    """From when on something due is missed: the day after it has passed, too."""
    return _local(due_on + _DAY + _GRACE, time(), zone)


def ends_plan(missed: int) -> bool:
    """Whether so many missed instalments end a plan."""
    return missed >= _MISSED_INSTALMENTS_END_A_PLAN


def _reminder(day: date, zone: str, now: datetime) -> Window | None:
    if day <= now.astimezone(ZoneInfo(zone)).date():
        return None
    return Window(_local(day, _MORNING, zone), _local(day, _EVENING, zone))


def _local(day: date, wall: time, zone: str) -> datetime:
    return datetime.combine(day, wall, ZoneInfo(zone))
