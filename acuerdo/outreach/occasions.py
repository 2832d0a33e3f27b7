"""Why a contact is planned and when: what was asked for, agreements, agreed callbacks. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from acuerdo.agreements import follow_up
from acuerdo.agreements.follow_up import Window

_CALLBACK_FOR: Final = timedelta(days=2)
_CASE_ANSWER_FOR: Final = timedelta(days=7)


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
    """The reminders of a promise that are to come, on its eve and on its day."""
    eve = follow_up.reminder_on_eve(due_on, zone=zone, now=now)
    day = follow_up.reminder_on_day(due_on, zone=zone, now=now)
    return (
        *_planned(Occasion.PROMISE_EVE, promise_id, eve),
        *_planned(Occasion.PROMISE_DAY, promise_id, day),
    )


def of_instalment(
    instalment_id: UUID, due_on: date, *, zone: str, now: datetime
) -> tuple[Planned, ...]:
    """The reminder on the day before an instalment is due, where that is to come."""
    eve = follow_up.reminder_on_eve(due_on, zone=zone, now=now)
    return _planned(Occasion.INSTALMENT_EVE, instalment_id, eve)


def after_missing(
    kind: Occasion, subject_id: UUID, *, zone: str, now: datetime
) -> tuple[Planned, ...]:
    """The contact after a promise or an instalment was missed."""
    return _planned(kind, subject_id, follow_up.after_missing(zone=zone, now=now))


def of_callback(callback_id: UUID, at: datetime) -> Planned:
    """The contact at an hour that was agreed on."""
    return Planned(Occasion.CALLBACK, callback_id, at, at + _CALLBACK_FOR)


def of_case(case_id: UUID, *, now: datetime) -> Planned:
    """The contact that tells what came of a case: as soon as it is allowed."""
    return Planned(Occasion.CASE_ANSWER, case_id, now, now + _CASE_ANSWER_FOR)


def _planned(kind: Occasion, subject_id: UUID, window: Window | None) -> tuple[Planned, ...]:
    if window is None:
        return ()
    return (Planned(kind, subject_id, window.begins_at, window.ends_at),)
