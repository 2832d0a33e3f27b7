"""What a person's answer about money does to the money."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.bookkeeping.service import Bookkeeping
from acuerdo.cases import repository
from acuerdo.cases.models import Case
from acuerdo.cases.money_news import event_in
from acuerdo.debts import repository as debts
from acuerdo.debts.amounts import Balances, corrected
from acuerdo.debts.models import CaseState, Debt
from acuerdo.external_events import repository as external_events
from acuerdo.payments.service import Payments
from acuerdo.platform.errors import AmountNeeded, DebtNeeded, NotFound
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class MoneyConsequences:
    """Carries out what is decided about money, in the caller's transaction, which holds the case.

    What is not named here only closes the case: what was paid too much stays the debtor's, a debt
    that came back stays paid, money without a debt stays where it is.
    """

    payments: Payments
    bookkeeping: Bookkeeping

    async def follow(
        self, session: AsyncSession, case: Case, state: CaseState, amount: Money | None
    ) -> None:
        """Move the money; `amount` is in the currency of the debt.

        Raises AmountNeeded, DebtNeeded, or NotFound where the gateway is in use no more.
        """
        match await repository.question_of(session, case), state:
            case MoneyQuestion.SURPLUS, CaseState.ACCEPTED:
                await self._give_back(session, case, amount)
            case MoneyQuestion.CAME_BACK, CaseState.ACCEPTED:
                await self._owe_again(session, case, None)
            case MoneyQuestion.CAME_BACK, CaseState.CORRECTED:
                if amount is None:
                    raise AmountNeeded
                await self._owe_again(session, case, amount.minor)
            case MoneyQuestion.UNPLACED, CaseState.ACCEPTED:
                await self._place(session, case, amount)

    async def _give_back(self, session: AsyncSession, case: Case, amount: Money | None) -> None:
        debt = await _debt(session, case)
        minor = debt.surplus_minor if amount is None else amount.minor
        if not 0 < minor <= debt.surplus_minor:
            raise AmountNeeded
        await self.bookkeeping.give_back(session, debt, minor, source_id=_source_id(case))

    async def _owe_again(self, session: AsyncSession, case: Case, minor: int | None) -> None:
        """Let a debt be owed again: what the file says, or another balance."""
        debt = await _debt(session, case)
        if minor is None and debt.withheld_minor:
            minor = debt.balance_minor + debt.withheld_minor
        if minor is None or minor <= 0:
            raise AmountNeeded
        parts = await _parts_stated(session, debt)
        await self.bookkeeping.correct(
            session, debt, corrected(minor, parts), source_id=_source_id(case)
        )

    async def _place(self, session: AsyncSession, case: Case, amount: Money | None) -> None:
        if case.subject_id is None:
            raise LookupError(case.id)
        webhook = await external_events.lock_event(session, case.subject_id)
        news = event_in(self.payments.gateways, webhook)
        if news is None:
            raise NotFound
        debt = await _debt(session, case)
        if news.amount.currency == debt.currency:
            booked = news.amount
            if amount not in {None, booked}:
                # what came is what is booked
                raise AmountNeeded
        elif amount is None or amount.minor <= 0:
            raise AmountNeeded
        else:
            booked = amount
        await self.payments.place(session, debt, replace(news, amount=booked))


async def _debt(session: AsyncSession, case: Case) -> Debt:
    if case.debt_id is None:
        raise DebtNeeded
    return await debts.lock_debt(session, case.debt_id)


async def _parts_stated(session: AsyncSession, debt: Debt) -> Balances:
    """What of a debt is overdue, interest and fees by the newest file."""
    stated = await repository.latest_statement(session, debt.id)
    if stated is None:
        return debt.amounts
    return Balances(
        stated.balance_minor or 0,
        stated.overdue_minor or 0,
        stated.interest_minor or 0,
        stated.fees_minor or 0,
    )


def _source_id(case: Case) -> str:
    return f"case/{case.id}"
