"""What the facts about one debt's money come to, in the order of facts. Pure; minor units.

The same facts give the same result in whatever order they became known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from acuerdo.bookkeeping.facts import (
    MoneyEventKind,
    MoneyFact,
    PlanFact,
    PromiseFact,
    Result,
)
from acuerdo.bookkeeping.progress import AgreementProgress
from acuerdo.debts.amounts import NOTHING, Balances, after, corrected

# At one moment facts count in this order.
_ORDER: Final = {kind: place for place, kind in enumerate(MoneyEventKind)}


@dataclass(slots=True)
class _Inflow:
    """Money that came: the debt before it, what is left of it, and what was too much.

    `counts`: it lowered the balance; the first statement has what came before it already.
    """

    id: str
    before: Balances
    minor: int
    net: int
    paid_at: datetime
    counts: bool
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
    books = _Books(AgreementProgress(promises, plans, zone))
    for fact in _in_order(facts):
        books.take(fact)
    return books.result(now)


def _in_order(facts: Sequence[MoneyFact]) -> list[MoneyFact]:
    """The facts by their moment; nothing goes back before it came.

    Who corrected a balance did not know of a payment that became known later: it counts after.
    """
    corrections = [fact.at for fact in facts if fact.kind is MoneyEventKind.CORRECTION]

    def counts_at(fact: MoneyFact) -> datetime:
        unaware = (at for at in corrections if fact.at <= at < fact.known_at)
        return max(unaware, default=fact.at)

    came = {fact.id: counts_at(fact) for fact in facts if fact.kind is MoneyEventKind.PAYMENT}

    def moment(fact: MoneyFact) -> tuple[datetime, int, datetime, int, str]:
        at = came.get(fact.id, max(fact.at, came.get(fact.reverses, fact.at)))
        return at, _ORDER[fact.kind], fact.known_at, fact.place, fact.id

    return sorted(facts, key=moment)


class _Books:
    """The debt while its facts are read, one after another."""

    def __init__(self, agreements: AgreementProgress) -> None:
        self._agreements = agreements
        self._now = self._stated = NOTHING
        # what came, less what went back, since the last statement
        self._since = 0
        self._known = self._owed_once = False
        self._stated_at: datetime | None = None
        self._cleared_at: datetime | None = None
        self._inflows: dict[str, _Inflow] = {}
        # what we lowered and no statement has shown since, and all we ever lowered
        self._unseen = self._lowered = self._restored = self._withheld = 0
        self._forgiven: dict[str, Balances] = {}

    def take(self, fact: MoneyFact) -> None:
        """Read one fact; it is not earlier than those before it."""
        match fact.kind:
            case MoneyEventKind.STATEMENT:
                self._state(fact)
            case MoneyEventKind.CORRECTION:
                self._correct(fact)
            case MoneyEventKind.PAYMENT:
                self._come(fact)
            case MoneyEventKind.REVERSAL:
                self._go_back(fact)

    def result(self, now: datetime) -> Result:
        """Give where everything stands at a moment."""
        surplus = {each.id: each.surplus for each in self._inflows.values() if each.surplus}
        return Result(
            self._now,
            surplus,
            self._withheld,
            self._agreements.paid(),
            self._agreements.parts_paid(),
            self._agreements.states(now, self._cleared_at),
        )

    def _state(self, fact: MoneyFact) -> None:
        stated, owed = fact.amounts.balance, self._now.balance
        before, came = self._now, 0
        # paid at some time since the last statement: on time wherever it can have been
        earliest = self._stated_at or fact.at
        if not self._known:
            self._known, self._now = True, fact.amounts
        elif stated <= owed or self._is_seen_in(fact):
            by_balance = owed - stated - self._restored
            came = max(0, by_balance, self._paid_by_principal(fact.amounts))
            self._now = fact.amounts
            self._unseen = self._restored = self._withheld = 0
        else:
            lowered = self._unseen if fact.dated else self._lowered
            asked = max(owed, stated - lowered)
            if (not fact.dated and lowered) or self._was_cleared:
                # a paid debt is opened again by people only
                asked = owed
            self._withheld = stated - asked
            self._now = corrected(asked, after(stated - asked, fact.amounts))
        if came:
            inflow = _Inflow(fact.id, before, came, came, fact.at, counts=True)
            self._allocate(inflow, came, earliest, fact.at)
        self._note_cleared(earliest)
        self._owed_once = self._owed_once or self._now.balance > 0
        self._stated_at, self._stated, self._since = fact.at, fact.amounts, 0

    @property
    def _was_cleared(self) -> bool:
        return self._now.balance == 0 and self._owed_once

    def _is_seen_in(self, fact: MoneyFact) -> bool:
        """Whether a higher balance is one of new charges, and shows all that we lowered.

        Else it has not seen yet what we lowered. Of the two the one that supposes less is taken.
        """
        if self._was_cleared or not fact.dated:
            return not self._was_cleared and not self._lowered
        charged = fact.amounts.balance - self._now.balance
        return not self._unseen or charged < self._unseen - charged

    def _paid_by_principal(self, stated: Balances) -> int:
        """What was paid by the principal, where new interest or fees hide it in the balance."""
        if not self._stated.interest and not self._stated.fees:
            # nothing says what of the balance was principal
            return 0
        return self._stated.principal - stated.principal - self._since

    def _correct(self, fact: MoneyFact) -> None:
        self._known, self._withheld, self._restored = True, 0, 0
        lowered = max(0, self._now.balance - fact.amounts.balance)
        self._unseen = lowered
        self._lowered = self._lowered + lowered if lowered else 0
        self._now = self._stated = fact.amounts
        self._since = 0
        self._owed_once = self._owed_once or self._now.balance > 0
        self._note_cleared(fact.at)

    def _come(self, fact: MoneyFact) -> None:
        paid_at = fact.paid_at or fact.at
        inflow = _Inflow(fact.id, self._now, fact.minor, fact.minor, paid_at, counts=self._known)
        self._inflows[fact.id] = inflow
        self._now = after(fact.minor, self._now)
        self._since += fact.minor
        applied = inflow.before.balance - self._now.balance
        inflow.surplus = _surplus(inflow)
        self._lower(applied)
        self._allocate(inflow, fact.minor, paid_at, paid_at)
        self._note_cleared(paid_at)

    def _go_back(self, fact: MoneyFact) -> None:
        inflow = self._inflows.get(fact.reverses)
        if inflow is None:
            return
        inflow.back += fact.minor
        net = min(inflow.minor, max(0, inflow.minor - inflow.back))
        back = inflow.net - net
        restored = after(net, inflow.before).plus(after(inflow.net, inflow.before), -1)
        inflow.net = net
        self._since -= back
        inflow.surplus = _surplus(inflow)
        self._now = self._now.plus(restored)
        self._lower(-restored.balance)
        self._restored = max(0, self._restored + restored.balance)
        if back > 0:
            self._take_back(inflow, back)
        elif back < 0:
            self._allocate(inflow, -back, inflow.paid_at, inflow.paid_at)
        if restored.balance > 0:
            self._absorb()
        self._note_cleared(fact.at)

    def _allocate(
        self,
        inflow: _Inflow,
        minor: int,
        earliest: datetime,
        latest: datetime,
        *,
        plans: bool = True,
    ) -> None:
        """Count money for what was agreed; a kept closing offer forgives the rest."""
        for name, given in self._agreements.count(minor, earliest, latest).items():
            inflow.given[name] = inflow.given.get(name, 0) + given
        if plans:
            self._agreements.count_for_plans(minor, earliest, latest)
        for promise_id in self._agreements.settled():
            if promise_id not in self._forgiven:
                self._forgiven[promise_id] = self._now
                self._lower(self._now.balance)
                self._now = NOTHING

    def _take_back(self, inflow: _Inflow, back: int) -> None:
        """Count no more for agreements what went back."""
        self._agreements.count_for_plans(-back, inflow.paid_at, inflow.paid_at)
        inflow.given = self._agreements.discount(inflow.given, inflow.net, inflow.paid_at)
        settled = self._agreements.settled()
        for promise_id in [each for each in self._forgiven if each not in settled]:
            again = self._forgiven.pop(promise_id)
            self._now = self._now.plus(again)
            self._lower(-again.balance)

    def _absorb(self) -> None:
        """Pay what is owed again out of what was paid too much."""
        for inflow in self._inflows.values():
            part = min(inflow.surplus, self._now.balance)
            if part <= 0:
                continue
            inflow.surplus -= part
            inflow.before = inflow.before.plus(Balances(part, 0, 0, 0))
            self._now = after(part, self._now)
            self._lower(part)
            # plans have counted the whole of it when it came
            self._allocate(inflow, part, inflow.paid_at, inflow.paid_at, plans=False)

    def _lower(self, minor: int) -> None:
        self._unseen = max(0, self._unseen + minor)
        self._lowered = max(0, self._lowered + minor)

    def _note_cleared(self, at: datetime) -> None:
        """Note from when on nothing is owed."""
        if self._now.balance:
            self._cleared_at = None
        elif self._owed_once and self._cleared_at is None:
            self._cleared_at = at


def _surplus(inflow: _Inflow) -> int:
    """What of money was more than what was owed when it came."""
    return max(0, inflow.net - inflow.before.balance) if inflow.counts else 0
