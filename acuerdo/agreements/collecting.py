"""Whether there is something to collect: a contact has a reason that is true. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class NothingToCollect(StrEnum):
    """Why nobody is asked to pay: nothing is overdue, or all that is has been agreed on."""

    NOTHING_OVERDUE = "nothing_overdue"
    PROMISE_OPEN = "promise_open"


@dataclass(frozen=True, slots=True)
class Arrears:
    """What of one debt is late, and what was agreed about it.

    `is_overdue`: by what the creditor states. `promise_missed`: the last promise was broken a short
    while ago and something of it has not come; `instalment_missed`: the same of the last plan.
    `promise_open`, `plan_active`: what stands agreed.
    """

    is_overdue: bool = False
    promise_missed: bool = False
    instalment_missed: bool = False
    promise_open: bool = False
    plan_active: bool = False

    @property
    def is_late(self) -> bool:
        """Whether there is something to ask for."""
        return self.is_overdue or self.promise_missed or self.instalment_missed

    @property
    def is_agreed(self) -> bool:
        """Whether it waits for a day that was agreed: a promise, or a plan that is being kept."""
        return self.promise_open or (self.plan_active and not self.instalment_missed)


def nothing_to_collect(debts: Iterable[Arrears]) -> NothingToCollect | None:
    """Give why a person is not asked to pay these debts; None where one of them is to be asked for.

    Without any debt it is not for this rule to say why.
    """
    known = list(debts)
    late = [debt for debt in known if debt.is_late]
    if not known:
        return None
    if not late:
        return NothingToCollect.NOTHING_OVERDUE
    return NothingToCollect.PROMISE_OPEN if all(debt.is_agreed for debt in late) else None
