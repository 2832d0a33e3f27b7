"""What money does to promises and plans, while facts are read in their order. Pure; minor units."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from acuerdo.agreements.follow_up import ends_plan, missed_at
from acuerdo.bookkeeping.facts import AgreementState, PlanFact, PromiseFact


class AgreementProgress:
    """How far the agreements about one debt have come; days are those of the debtor's `zone`."""

    def __init__(
        self, promises: Sequence[PromiseFact], plans: Sequence[PlanFact], zone: str
    ) -> None:
        in_order = sorted(promises, key=lambda each: (each.recorded_at, each.id))
        self._promises = [each for each in in_order if not each.ended]
        self._plans = [each for each in plans if not each.ended]
        self._zone = zone
        self._on_time = {each.id: 0 for each in self._promises}
        self._late = {each.id: 0 for each in self._promises}
        self._plan_paid: dict[str, list[tuple[datetime, int]]] = {
            each.id: [] for each in self._plans
        }

    def count(self, minor: int, earliest: datetime, latest: datetime) -> dict[str, int]:
        """Count money, paid at some time of a period, for the promises it can be for.

        Gives how much each got: first those that it keeps in time, the oldest first; what comes
        too late is less to be paid all the same.
        """
        given: dict[str, int] = {}
        for on_time in (True, False):
            for promise in self._promises:
                began = promise.recorded_at
                if latest < began or self._in_time(promise, max(earliest, began)) is not on_time:
                    continue
                if promise.settles and not on_time:
                    # a closing offer had its day: what comes later is a payment like any other
                    continue
                counted = self._on_time[promise.id] + (0 if on_time else self._late[promise.id])
                part = min(minor, promise.minor - counted)
                if part > 0:
                    minor -= part
                    given[promise.id] = part
                    self._taken(on_time)[promise.id] += part
        return given

    def discount(self, given: dict[str, int], minor: int, paid_at: datetime) -> dict[str, int]:
        """Count no more than an amount of a payment, the newest promises first; what is left."""
        left = dict(given)
        excess = sum(given.values()) - minor
        for promise in reversed(self._promises):
            part = min(left.get(promise.id, 0), max(0, excess))
            if part:
                on_time = self._in_time(promise, max(paid_at, promise.recorded_at))
                self._taken(on_time)[promise.id] -= part
                left[promise.id] -= part
                excess -= part
        return left

    def count_for_plans(self, minor: int, earliest: datetime, latest: datetime) -> None:
        """Count money for the plans under which it was paid; below zero: what went back."""
        for plan in self._plans:
            if latest >= plan.recorded_at:
                self._plan_paid[plan.id].append((max(earliest, plan.recorded_at), minor))

    def settled(self) -> list[str]:
        """The closing offers that were paid, the oldest first."""
        return [
            each.id
            for each in self._promises
            if each.settles and self._on_time[each.id] >= each.minor
        ]

    def paid(self) -> dict[str, int]:
        """What was paid of each promise, also too late."""
        return {
            each.id: min(each.minor, self._on_time[each.id] + self._late[each.id])
            for each in self._promises
        }

    def parts_paid(self) -> dict[str, tuple[int, ...]]:
        """What was paid of each instalment of each plan."""
        return {each.id: _covered(each, self._total(each, None)) for each in self._plans}

    def states(self, now: datetime, cleared_at: datetime | None) -> dict[str, AgreementState]:
        """Where the agreements stand; `cleared_at`: since when nothing is owed."""
        states: dict[str, AgreementState] = {}
        for promise in self._promises:
            deadline = missed_at(promise.due_on, self._zone)
            cleared = cleared_at is not None and cleared_at < deadline
            if self._on_time[promise.id] >= promise.minor or cleared:
                states[promise.id] = AgreementState.KEPT
            else:
                missed = now >= deadline
                states[promise.id] = AgreementState.BROKEN if missed else AgreementState.OPEN
        for plan in self._plans:
            states[plan.id] = self._plan_state(plan, now, is_paid=cleared_at is not None)
        return states

    def _taken(self, on_time: bool) -> dict[str, int]:
        return self._on_time if on_time else self._late

    def _in_time(self, promise: PromiseFact, paid_at: datetime) -> bool:
        if promise.settles:
            return paid_at.astimezone(ZoneInfo(self._zone)).date() <= promise.due_on
        return paid_at < missed_at(promise.due_on, self._zone)

    def _plan_state(self, plan: PlanFact, now: datetime, *, is_paid: bool) -> AgreementState:
        if is_paid or self._total(plan, None) >= sum(minor for _, minor in plan.parts):
            return AgreementState.KEPT
        for day, _ in plan.parts:
            at = missed_at(day, self._zone)
            if at > now:
                continue
            paid = _covered(plan, self._total(plan, at))
            missed = sum(
                missed_at(due_on, self._zone) <= at and part < minor
                for (due_on, minor), part in zip(plan.parts, paid, strict=True)
            )
            if ends_plan(missed):
                return AgreementState.BROKEN
        return AgreementState.OPEN

    def _total(self, plan: PlanFact, until: datetime | None) -> int:
        paid = self._plan_paid[plan.id]
        return max(0, sum(minor for at, minor in paid if until is None or at < until))


def _covered(plan: PlanFact, total: int) -> tuple[int, ...]:
    """How much of each instalment a sum pays, the first ones first."""
    paid = []
    for _, minor in plan.parts:
        part = min(minor, total)
        paid.append(part)
        total -= part
    return tuple(paid)
