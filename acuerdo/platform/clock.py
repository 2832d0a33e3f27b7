"""The only place that knows what time it is."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the current moment, aware and in UTC."""

    def now(self) -> datetime:
        """The current moment."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current moment."""
        return datetime.now(UTC)


class StartedClock:
    """A clock that runs on from a chosen moment; development only."""

    def __init__(self, start: datetime, *, epoch: float | None = None) -> None:
        self._start = start.astimezone(UTC)
        self._epoch = time.time() if epoch is None else epoch

    def now(self) -> datetime:
        """The chosen moment plus the time since the clock was started."""
        elapsed = time.time() - self._epoch
        return datetime.fromtimestamp(self._start.timestamp() + elapsed, UTC)
