"""What stands agreed about a debt, or was missed; told to the proven debtor only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from acuerdo.agreements import repository
from acuerdo.agreements.models import InstalmentState, PromiseState, ProposalKind
from acuerdo.agreements.offers import PromiseTerms
from acuerdo.agreements.service import Agreed
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.platform.db.session import Database

_UNPAID: Final = frozenset({PromiseState.OPEN, PromiseState.BROKEN})


# A promise that was missed longer ago is an old story.
_RECENT: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of: still to come, or `missed`."""

    agreed: Agreed
    debt: DebtView
    missed: bool


@dataclass(frozen=True, slots=True)
class CurrentAgreements:
    """Questions about agreements that were recorded."""

    db: Database

    async def open_promise(self, party: VerifiedParty, debt: DebtView) -> PromiseTerms | None:
        """The promise that waits for its date, if there is one."""
        async with self.db.statement() as session:
            found = await repository.open_promises_of_debt(session, debt.id)
            if not found:
                return None
            return PromiseTerms(found[-1].amount, found[-1].due_on, found[-1].settles)

    async def first_open_promise(
        self, party: VerifiedParty, debts: Sequence[DebtView]
    ) -> tuple[PromiseTerms, DebtView] | None:
        """Give the first promise that waits for its date, and its debt; None where none does."""
        for debt in debts:
            promise = await self.open_promise(party, debt)
            if promise is not None:
                return promise, debt
        return None

    async def to_remind_of(
        self, party: VerifiedParty, debts: Sequence[DebtView]
    ) -> Reminder | None:
        """Give what stands agreed, or was missed a short while ago, about the first such debt."""
        for debt in debts:
            agreed = await self.last_agreed(party, debt)
            if agreed is not None and debt.today - agreed.due_on <= _RECENT:
                return Reminder(agreed, debt, missed=agreed.due_on < debt.today)
        return None

    async def last_agreed(self, party: VerifiedParty, debt: DebtView) -> Agreed | None:
        """What is due next for a debt, or was promised last and missed; None without either."""
        async with self.db.statement() as session:
            plan = await repository.active_plan_of_debt(session, debt.id)
            if plan is not None:
                for part in plan.instalments:
                    if part.state is InstalmentState.PENDING:
                        return Agreed(ProposalKind.PLAN, debt.id, part.amount, part.due_on)
            promise = await repository.last_promise_of_debt(session, debt.id)
            if promise is None or promise.state not in _UNPAID:
                return None
            return Agreed(ProposalKind.PROMISE, debt.id, promise.amount, promise.due_on)
