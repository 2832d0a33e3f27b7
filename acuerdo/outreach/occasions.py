"""When an agreement asks for a contact: before it, on its day, after it was missed. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

# Hours of the house; the law's own are asked when the contact is made.
_MORNING: Final = time(10)
_EVENING: Final = time(20)
# Banks book what was paid in the evening on the next day.
_GRACE: Final = timedelta(days=1)
_FOLLOW_UP: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
# As many missed instalments end a plan.
MISSED_INSTALMENTS_END_A_PLAN: Final = 2


class Occasion(StrEnum):
    """Why a contact is planned."""

    ASKED_FOR = "asked_for"
    PROMISE_EVE = "promise_eve"
    PROMISE_DAY = "promise_day"
    PROMISE_BROKEN = "promise_broken"
    INSTALMENT_EVE = "instalment_eve"
    INSTALMENT_MISSED = "instalment_missed"
    CALLBACK = "callback"
    CASE_ANSWER = "case_answer"


@dataclass(frozen=True, slots=True)
class Planned:
    """A contact to come: not before `due_at`, and of no use any more after `expires_at`."""

    kind: Occasion
    subject_id: UUID
    due_at: datetime
    expires_at: datetime

    @property
    def key(self) -> str:
        """The name under which it is planned once."""
        return f"{self.kind.value}:{self.subject_id}:{self.due_at:%Y%m%dT%H%M%S}"


def of_promise(promise_id: UUID, due_on: date, *, zone: str, now: datetime) -> tuple[Planned, ...]:
    """A reminder on the day before a promised day and one on the day, as far as they are to come.

    Who promises for today or tomorrow has just heard it: the day itself is enough, or nothing.
    """
    kinds = ((Occasion.PROMISE_EVE, due_on - _DAY), (Occasion.PROMISE_DAY, due_on))
    today = now.astimezone(ZoneInfo(zone)).date()
    return tuple(_on(kind, promise_id, day, zone) for kind, day in kinds if day > today)


def of_instalment(
    instalment_id: UUID, due_on: date, *, zone: str, now: datetime
) -> tuple[Planned, ...]:
    """A reminder on the day before an instalment is due."""
    eve = due_on - _DAY
    if eve <= now.astimezone(ZoneInfo(zone)).date():
        return ()
    return (_on(Occasion.INSTALMENT_EVE, instalment_id, eve, zone),)


def after_missing(kind: Occasion, subject_id: UUID, *, zone: str, now: datetime) -> Planned:
    """The contact after a promise or an instalment was missed: the next morning."""
    morning = _local(now.astimezone(ZoneInfo(zone)).date(), _MORNING, zone)
    due = morning if morning > now else _local(morning.date() + _DAY, _MORNING, zone)
    return Planned(kind, subject_id, due, due + _FOLLOW_UP)


def of_callback(callback_id: UUID, at: datetime) -> Planned:
    """The contact at an hour that was agreed on."""
    return Planned(Occasion.CALLBACK, callback_id, at, at + 2 * _DAY)


def of_case(case_id: UUID, *, now: datetime) -> Planned:
    """The contact in which somebody is told what came of their case: as soon as it is allowed."""
    return Planned(Occasion.CASE_ANSWER, case_id, now, now + _FOLLOW_UP)


def missed_at(due_on: date, zone: str) -> datetime:
    """From when on something due is missed: the day after it has passed, too, in the zone."""
    return _local(due_on + _DAY + _GRACE, time(), zone)


def _on(kind: Occasion, subject_id: UUID, day: date, zone: str) -> Planned:
    return Planned(kind, subject_id, _local(day, _MORNING, zone), _local(day, _EVENING, zone))


def _local(day: date, wall: time, zone: str) -> datetime:
    return datetime.combine(day, wall, ZoneInfo(zone))
