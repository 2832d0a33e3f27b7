"""What is due of one debt: what stands agreed, less what was paid of it. Pure.

It is the same wherever it is said or charged: in an answer, a link, a reminder, at the desk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from acuerdo.values.money import Money


class DueBasis(StrEnum):
    """What makes it due: a promise, the instalments of a plan, the overdue part, all that is owed.

    The first two stand agreed.
    """

    PROMISE = "promise"
    INSTALMENT = "instalment"
    OVERDUE = "overdue"
    BALANCE = "balance"


class DatedPart(Protocol):
    """A promise or an instalment: its day, and what has not come of it."""

    @property
    def due_on(self) -> date:
        """The local day that was agreed."""
        ...

    @property
    def left(self) -> Money:
        """What has not come of it yet."""
        ...


class OwedDebt(Protocol):
    """A debt as far as this rule asks: two amounts and the day by which it was to be paid."""

    @property
    def balance(self) -> Money:
        """All that is owed."""
        ...

    @property
    def overdue(self) -> Money:
        """The part whose day has passed."""
        ...

    @property
    def due_on(self) -> date:
        """The debt's own local day."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """So much by a local day, and what makes it due; `is_late`: the day has passed unpaid."""

    amount: Money
    day: date
    basis: DueBasis
    is_late: bool

    @property
    def is_agreed(self) -> bool:
        """Whether it stands agreed."""
        return self.basis in (DueBasis.PROMISE, DueBasis.INSTALMENT)


def due(
    debt: OwedDebt,
    *,
    promises: Iterable[DatedPart],
    instalments: Iterable[DatedPart],
    today: date,
) -> Due:
    """Give what is due of a debt: never more than the balance, and nothing only where nothing is
    owed.

    `promises`: the open ones; `instalments`: those of the active plan. What was missed of either is
    due together, from its first day; else what comes next. Of both the earlier one is due, the
    larger one where it is the same day, for the same money pays both. Without an agreement the
    overdue part is due since the debt's own day, else the balance.
    """
    agreed = [
        each
        for each in (
            _first_due(promises, DueBasis.PROMISE, today),
            _first_due(instalments, DueBasis.INSTALMENT, today),
        )
        if each is not None
    ]
    if agreed and debt.balance.minor:
        first = min(agreed, key=lambda each: (each.day, -each.amount.minor))
        return Due(_at_most(first.amount, debt.balance), first.day, first.basis, first.is_late)
    if debt.overdue.minor and debt.balance.minor:
        return Due(_at_most(debt.overdue, debt.balance), debt.due_on, DueBasis.OVERDUE, True)
    return Due(debt.balance, debt.due_on, DueBasis.BALANCE, False)


def _first_due(parts: Iterable[DatedPart], basis: DueBasis, today: date) -> Due | None:
    """Give the unpaid parts whose day has passed, else those of the next day; None without any."""
    unpaid = [part for part in parts if part.left.minor > 0]
    if not unpaid:
        return None
    first = min(part.due_on for part in unpaid)
    is_late = first < today
    together = [part for part in unpaid if part.due_on < today or part.due_on == first]
    return Due(_sum([part.left for part in together]), first, basis, is_late)


def _sum(amounts: Sequence[Money]) -> Money:
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)


def _at_most(amount: Money, balance: Money) -> Money:
    return min(amount, balance, key=lambda money: money.minor)
