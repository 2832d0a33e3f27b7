"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from typing import Final

from quality.clock import START

NOW: Final = START
# For tests of a certain calendar: what follows from it is counted by hand.
A_MONDAY: Final = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def working_days(at: datetime = NOW) -> datetime:
    """Give the first moment from one on that begins three working days, in Peru at least.

    For what follows after a contact that is permitted at once and on the next two days.
    """
    while at.weekday() > 2 or (at.month, at.day) > (12, 29) or (at.month, at.day) == (1, 1):
        at += timedelta(days=1)
    return at


class FixedClock:
    """Tells the same moment, aware and in UTC, until it is told to move on."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it stands at."""
        return self._now

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Let time pass; the new moment comes back."""
        self._now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Stand at a moment from now on."""
        self._now = moment.astimezone(UTC)
