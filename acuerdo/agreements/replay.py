"""What the facts about one debt's money come to, in the order of facts. Pure; minor units.

The same facts give the same result in whatever order they became known. Payments and files do not
go through it yet: it is the rule that their events will be applied by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from acuerdo.agreements.follow_up import ends_plan, missed_at
from acuerdo.debts.amounts import Balances, after, corrected

# A gateway's clock is not ours: what it dates a little before an agreement was paid under it.
_CLOCK_SKEW: Final = timedelta(minutes=5)


class FactKind(StrEnum):
    """What a fact says; at one moment they count in this order."""

    STATEMENT = "1_statement"
    CORRECTION = "2_correction"
    PAYMENT = "3_payment"
    REVERSAL = "4_reversal"


@dataclass(frozen=True, slots=True)
class MoneyFact:
    """One fact: a balance that somebody states, money that came, money that went back.

    `at` orders it among the balances; `paid_at` is when the money was paid. `id` of a payment is
    what `reverses` of a reversal names; a reversal below zero was itself taken back. `dated`: the
    statement says at which moment it was true. `amounts` are of statements and corrections. No two
    facts have one `id`: it decides their order where all else is equal.
    """

    kind: FactKind
    id: str
    at: datetime
    minor: int = 0
    paid_at: datetime | None = None
    reverses: str = ""
    amounts: Balances = field(default=Balances(0, 0, 0, 0))
    dated: bool = True


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """A promise as it was recorded; `ended`: a decision of people closed it."""

    id: str
    recorded_at: datetime
    due_on: date
    minor: int
    settles: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PlanFact:
    """A plan as it was recorded: the day and the amount of each instalment, in order."""

    id: str
    recorded_at: datetime
    parts: tuple[tuple[date, int], ...]
    ended: bool = False


class AgreementState(StrEnum):
    """Where an agreement stands by the facts."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Result:
    """What all facts come to.

    `paid_of` and `states` go by the id of promise or plan; `parts_paid` by plan, per instalment.
    `surplus` is the debtor's. `withheld`: what a statement asks for above what we know to be owed;
    a person looks at it before anybody is asked for it.
    """

    balances: Balances
    surplus: int
    withheld: int
    paid_of: dict[str, int]
    parts_paid: dict[str, tuple[int, ...]]
    states: dict[str, AgreementState]


@dataclass(slots=True)
class _Inflow:
    """Money that came: the debt before it, what is left of it, and where it went."""

    before: Balances
    minor: int
    net: int
    paid_at: datetime
    surplus: int = 0
    back: int = 0
    given: dict[str, int] = field(default_factory=dict)


def replay(
    facts: Sequence[MoneyFact],
    promises: Sequence[PromiseFact],
    plans: Sequence[PlanFact],
    *,
    zone: str,
    now: datetime,
) -> Result:
    """Give balance, surplus and the state of every agreement that people did not end.

    `zone` is the debtor's: a day is a day there. An amount is in the debt's currency.
    """
    ledger = _Ledger(promises, plans, zone)
    for fact in _in_order(facts):
        ledger.take(fact)
    return ledger.result(now)


def _in_order(facts: Sequence[MoneyFact]) -> list[MoneyFact]:
    """The facts by their moment; nothing goes back before it came."""
    came = {fact.id: fact.at for fact in facts if fact.kind is FactKind.PAYMENT}

    def moment(fact: MoneyFact) -> tuple[datetime, str, int, str]:
        at = max(fact.at, came.get(fact.reverses, fact.at))
        # of two statements of one moment the lower one counts
        return at, fact.kind.value, -fact.amounts.balance, fact.id

    return sorted(facts, key=moment)


class _Ledger:
    """The debt while its facts are read, one after another."""

    def __init__(
        self, promises: Sequence[PromiseFact], plans: Sequence[PlanFact], zone: str
    ) -> None:
        self._promises = sorted(promises, key=lambda each: (each.recorded_at, each.id))
        self._plans, self._zone = plans, zone
        self._now = Balances(0, 0, 0, 0)
        self._known = self._owed_once = False
        self._stated_at: datetime | None = None
        self._cleared_at: datetime | None = None
        self._inflows: dict[str, _Inflow] = {}
        self._paid = {each.id: 0 for each in promises}
        self._plan_paid: dict[str, list[tuple[datetime, int]]] = {each.id: [] for each in plans}
        # what we lowered and no statement has shown since, and all we ever lowered
        self._unseen = self._lowered = self._restored = self._withheld = 0
        self._forgiven: dict[str, Balances] = {}

    def take(self, fact: MoneyFact) -> None:
        """Read one fact; it is not earlier than those before it."""
        match fact.kind:
            case FactKind.STATEMENT:
                self._state(fact)
            case FactKind.CORRECTION:
                self._correct(fact)
            case FactKind.PAYMENT:
                self._inflow(fact.id, fact.minor, fact.paid_at or fact.at)
            case FactKind.REVERSAL:
                self._reverse(fact)

    def _state(self, fact: MoneyFact) -> None:
        said, owed = fact.amounts.balance, self._now.balance
        if not self._known:
            self._known, self._now = True, fact.amounts
        elif said > owed:
            lowered = self._unseen if fact.dated else self._lowered
            asked = said if not lowered else max(owed, said - lowered)
            if (not fact.dated and lowered) or (owed == 0 and self._owed_once):
                # a paid debt is opened again by people only
                asked = owed
            self._withheld = said - asked
            self._now = corrected(asked, after(said - asked, fact.amounts))
        else:
            came = max(0, owed - said - self._restored)
            before, self._now = self._now, fact.amounts
            self._unseen = self._restored = self._withheld = 0
            # paid at some time since the last statement: on time wherever it can have been
            earliest = self._stated_at or fact.at
            if came:
                self._allocate(_Inflow(before, came, came, fact.at), earliest, fact.at)
            self._note_cleared(earliest)
        self._owed_once = self._owed_once or self._now.balance > 0
        self._stated_at = fact.at

    def _correct(self, fact: MoneyFact) -> None:
        self._known, self._withheld, self._restored = True, 0, 0
        lowered = max(0, self._now.balance - fact.amounts.balance)
        self._unseen = lowered
        self._lowered = self._lowered + lowered if lowered else 0
        self._now = fact.amounts
        self._owed_once = self._owed_once or self._now.balance > 0
        self._note_cleared(fact.at)

    def _inflow(self, name: str, minor: int, paid_at: datetime) -> None:
        inflow = _Inflow(self._now, minor, minor, paid_at)
        self._inflows[name] = inflow
        self._now = after(minor, self._now)
        applied = inflow.before.balance - self._now.balance
        inflow.surplus = minor - applied
        self._lower(applied)
        self._allocate(inflow, paid_at, paid_at)
        self._note_cleared(paid_at)

    def _allocate(
        self, inflow: _Inflow, earliest: datetime, latest: datetime, *, plans: bool = True
    ) -> None:
        """Count money for the agreements under which it can have been paid."""
        rest = inflow.net
        for promise in self._promises:
            began = promise.recorded_at - _CLOCK_SKEW
            if promise.ended or latest < began or not self._in_time(promise, max(earliest, began)):
                continue
            part = min(rest, promise.minor - self._paid[promise.id])
            if part <= 0:
                continue
            rest -= part
            self._paid[promise.id] += part
            inflow.given[promise.id] = inflow.given.get(promise.id, 0) + part
            if promise.settles and self._paid[promise.id] >= promise.minor:
                self._forgiven[promise.id] = self._now
                self._lower(self._now.balance)
                self._now = Balances(0, 0, 0, 0)
        for plan in self._plans if plans else ():
            began = plan.recorded_at - _CLOCK_SKEW
            if latest >= began:
                self._plan_paid[plan.id].append((max(earliest, began), inflow.net))
                inflow.given[plan.id] = inflow.net

    def _in_time(self, promise: PromiseFact, paid_at: datetime) -> bool:
        if promise.settles:
            return paid_at.astimezone(ZoneInfo(self._zone)).date() <= promise.due_on
        return paid_at < missed_at(promise.due_on, self._zone)

    def _reverse(self, fact: MoneyFact) -> None:
        inflow = self._inflows.get(fact.reverses)
        if inflow is None:
            return
        inflow.back += fact.minor
        net = min(inflow.minor, max(0, inflow.minor - inflow.back))
        back = inflow.net - net
        restored = _difference(after(net, inflow.before), after(inflow.net, inflow.before))
        inflow.net, inflow.surplus = net, max(0, net - inflow.before.balance)
        self._now = _sum(self._now, restored)
        self._lower(-restored.balance)
        self._restored = max(0, self._restored + restored.balance)
        if back > 0:
            self._take_back(inflow, back)
        elif back < 0:
            again = replace(inflow, net=-back, given={})
            self._give(inflow, again)
        if restored.balance > 0:
            self._absorb()
        self._note_cleared(fact.at)

    def _take_back(self, inflow: _Inflow, back: int) -> None:
        """Count no more for agreements what went back, the newest first."""
        for plan in self._plans:
            if plan.id in inflow.given:
                self._plan_paid[plan.id].append((inflow.paid_at, -back))
        mine = [each for each in self._promises if each.id in inflow.given]
        excess = sum(inflow.given[each.id] for each in mine) - inflow.net
        for promise in reversed(mine):
            part = min(inflow.given[promise.id], max(0, excess))
            excess -= part
            inflow.given[promise.id] -= part
            self._paid[promise.id] -= part
            if promise.id in self._forgiven and self._paid[promise.id] < promise.minor:
                again = self._forgiven.pop(promise.id)
                self._now = _sum(self._now, again)
                self._lower(-again.balance)

    def _give(self, inflow: _Inflow, again: _Inflow) -> None:
        """Count for agreements a part of a payment that had not counted."""
        self._allocate(again, inflow.paid_at, inflow.paid_at)
        for name, given in again.given.items():
            inflow.given[name] = inflow.given.get(name, 0) + given

    def _lower(self, minor: int) -> None:
        self._unseen = max(0, self._unseen + minor)
        self._lowered = max(0, self._lowered + minor)

    def _note_cleared(self, at: datetime) -> None:
        """Note from when on nothing is owed."""
        if self._now.balance:
            self._cleared_at = None
        elif self._owed_once and self._cleared_at is None:
            self._cleared_at = at

    def _absorb(self) -> None:
        """Pay what is owed again out of what was paid too much."""
        for inflow in self._inflows.values():
            part = min(inflow.surplus, self._now.balance)
            if part <= 0:
                continue
            inflow.surplus -= part
            inflow.before = _sum(inflow.before, Balances(part, 0, 0, 0))
            self._now = after(part, self._now)
            self._lower(part)
            # plans have counted the whole of it when it came
            self._allocate(replace(inflow, net=part), inflow.paid_at, inflow.paid_at, plans=False)

    def result(self, now: datetime) -> Result:
        """Give where everything stands at a moment."""
        is_paid = self._cleared_at is not None
        states: dict[str, AgreementState] = {}
        parts_paid: dict[str, tuple[int, ...]] = {}
        for promise in self._promises:
            if promise.ended:
                continue
            deadline = missed_at(promise.due_on, self._zone)
            missed = now >= deadline
            cleared = self._cleared_at is not None and self._cleared_at < deadline
            if self._paid[promise.id] >= promise.minor or cleared:
                states[promise.id] = AgreementState.KEPT
            else:
                states[promise.id] = AgreementState.BROKEN if missed else AgreementState.OPEN
        for plan in self._plans:
            if not plan.ended:
                parts_paid[plan.id] = _covered(plan, self._total(plan, None))
                states[plan.id] = self._plan_state(plan, now, is_paid)
        surplus = sum(inflow.surplus for inflow in self._inflows.values())
        return Result(self._now, surplus, self._withheld, self._paid, parts_paid, states)

    def _plan_state(self, plan: PlanFact, now: datetime, is_paid: bool) -> AgreementState:
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


def _sum(one: Balances, other: Balances) -> Balances:
    return Balances(
        one.balance + other.balance,
        one.overdue + other.overdue,
        one.interest + other.interest,
        one.fees + other.fees,
    )


def _difference(one: Balances, other: Balances) -> Balances:
    return Balances(
        one.balance - other.balance,
        one.overdue - other.overdue,
        one.interest - other.interest,
        one.fees - other.fees,
    )
