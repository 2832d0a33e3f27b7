"""Which contacts were allowed and refused in a period, by which rule. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from acuerdo.contact.models import Purpose
from acuerdo.platform.errors import PeriodBackwards
from acuerdo.values.channels import Channel

_USUAL_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How often one rule decided in a period; `reason` where it refused."""

    allowed: bool
    reason: str | None
    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A contact that was refused, in the zone of the person it was about."""

    at: datetime
    timezone: str
    name: str | None
    external_id: str | None
    channel: Channel
    purpose: Purpose
    reason: str
    rule: str
    next_allowed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days in UTC, both included."""

    since: date
    until: date

    @property
    def begin(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.since, time(), UTC)

    @property
    def end(self) -> datetime:
        """The last moment."""
        return datetime.combine(self.until, time.max, UTC)


def days_between(since: date | None, until: date | None, today: date) -> Days:
    """The days asked for: until today, and seven of them, where nothing else is said.

    Raises PeriodBackwards.
    """
    last = until or today
    first = since or last - timedelta(days=_USUAL_DAYS - 1)
    if first > last:
        raise PeriodBackwards
    return Days(first, last)


@dataclass(frozen=True, slots=True)
class AttemptsReport:
    """What was tried in a period of whole days (UTC), both included."""

    since: date
    until: date
    allowed: tuple[VerdictCount, ...]
    refused: tuple[VerdictCount, ...]
    newest: tuple[Refusal, ...]

    @property
    def allowed_count(self) -> int:
        """How many contacts were allowed."""
        return sum(each.count for each in self.allowed)

    @property
    def refused_count(self) -> int:
        """How many contacts were refused."""
        return sum(each.count for each in self.refused)


def attempts_report(
    days: Days, counts: Sequence[VerdictCount], newest: Sequence[Refusal]
) -> AttemptsReport:
    """The report of some days: `newest` are the last contacts that were refused."""
    return AttemptsReport(
        since=days.since,
        until=days.until,
        allowed=tuple(each for each in counts if each.allowed),
        refused=tuple(each for each in counts if not each.allowed),
        newest=tuple(newest),
    )
