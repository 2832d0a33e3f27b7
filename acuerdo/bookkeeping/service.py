"""Writes down what becomes known about the money of a debt, and moves what follows from it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.bookkeeping import repository
from acuerdo.bookkeeping.agreements import move_agreements
from acuerdo.bookkeeping.facts import MoneyEventKind, Result
from acuerdo.bookkeeping.jobs import ask_people
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.bookkeeping.reckoning import balances_of, result_of
from acuerdo.bookkeeping.repository import Books
from acuerdo.debts.amounts import Balances
from acuerdo.debts.models import Debt, Debtor, DebtStatus
from acuerdo.debts.transitions import reckoned
from acuerdo.platform.clock import Clock
from acuerdo.platform.jobs import Jobs

_OPENING: Final = "opening"
_PEOPLE: Final = "people"
_BEFORE: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a portfolio says of a debt; `as_of`: at which moment, where it says so."""

    debt: Debt
    amounts: Balances
    source_id: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Bookkeeping:
    """Use cases of facts about money, in the caller's transaction, which holds the debts.

    Each writes a fact once, however often it is told, and brings debt, promises and plans to where
    all facts together put them. Amounts in minor units of the debt's currency.
    """

    clock: Clock
    jobs: Jobs

    async def open(self, session: AsyncSession, stated: Sequence[Stated]) -> None:
        """Begin the books of debts that are new, with what their rows say already."""
        await repository.add_many(session, [self._statement(each) for each in stated])

    async def state(self, session: AsyncSession, stated: Sequence[Stated]) -> None:
        """Write down what a portfolio says of debts that were known.

        What was stated last is not written again, unless money came since.
        """
        debts = [each.debt for each in stated]
        last = await repository.last_statements(session, [debt.id for debt in debts])
        news = [each for each in stated if self._is_news(each, last.get(each.debt.id))]
        await self._open(session, [each.debt for each in news], None)
        await repository.add_many(session, [self._statement(each) for each in news])
        await self.reckon(session, [each.debt for each in news])

    async def stated_last(
        self, session: AsyncSession, debts: Collection[UUID]
    ) -> dict[UUID, Balances]:
        """What was stated last of debts; those whose books were not begun are left out."""
        last = await repository.last_statements(session, debts)
        return {debt_id: balances_of(each) for debt_id, each in last.items()}

    async def correct(
        self, session: AsyncSession, debt: Debt, amounts: Balances, *, source_id: str
    ) -> None:
        """Write down the amounts that a person of ours has found right; a paid debt opens again."""
        now = self.clock.now()
        await self._record(
            session,
            debt,
            MoneyEventKind.CORRECTION,
            source=_PEOPLE,
            source_id=source_id,
            at=now,
            **_columns(amounts),
        )

    async def came(
        self,
        session: AsyncSession,
        debt: Debt,
        minor: int,
        *,
        source: str,
        source_id: str,
        at: datetime,
        paid_at: datetime,
    ) -> UUID | None:
        """Write down money that came for a debt; None where it was known.

        `at`: from when on it counts for the balance; `paid_at`: when it was paid, for what was
        agreed. What is too much, or for a debt that is not asked for, is shown to people.
        """
        surplus = debt.surplus_minor
        event_id = await self._record(
            session,
            debt,
            MoneyEventKind.PAYMENT,
            source=source,
            source_id=source_id,
            at=at,
            paid_at=paid_at,
            amount_minor=minor,
        )
        is_owed = debt.status is not DebtStatus.WITHDRAWN
        if event_id is not None and (debt.surplus_minor > surplus or not is_owed):
            await self._ask(session, MoneyQuestion.SURPLUS, event_id)
        return event_id

    async def went_back(
        self,
        session: AsyncSession,
        debt: Debt,
        minor: int,
        *,
        source: str,
        source_id: str,
        reverses: str,
        at: datetime,
    ) -> UUID | None:
        """Write down that of a payment, `reverses` in the same source, money went back; None where
        it was known.

        Below zero: it came again after all. The payment itself may become known later.
        """
        return await self._record(
            session,
            debt,
            MoneyEventKind.REVERSAL,
            source=source,
            source_id=source_id,
            at=at,
            amount_minor=minor,
            reverses=f"{source}/{reverses}",
        )

    async def give_back(
        self, session: AsyncSession, debt: Debt, minor: int, *, source_id: str
    ) -> None:
        """Write down that a person of ours gave back what was paid too much, the oldest first."""
        (books,) = (await repository.books_of(session, [debt.id])).values()
        result = await self._result(session, debt, books)
        for number, (payment, surplus) in enumerate(result.surplus.items(), start=1):
            part = min(minor, surplus)
            if part <= 0:
                return
            minor -= part
            await self._record(
                session,
                debt,
                MoneyEventKind.REVERSAL,
                source=_PEOPLE,
                source_id=f"{source_id}/{number}",
                at=self.clock.now(),
                amount_minor=part,
                reverses=payment,
            )

    async def reckon(self, session: AsyncSession, debts: Sequence[Debt]) -> None:
        """Bring debts and their agreements to where all facts put them."""
        books = await repository.books_of(session, [debt.id for debt in debts])
        for debt in debts:
            await self._reckon(session, debt, books[debt.id])
        await session.flush()

    async def _reckon(self, session: AsyncSession, debt: Debt, books: Books) -> None:
        result = await self._result(session, debt, books)
        # asked once: a file comes daily, and grows by its interest
        is_known = debt.status is DebtStatus.PAID and debt.withheld_minor > 0
        came_back = result.withheld > 0 and not result.balances.balance and not is_known
        reckoned(
            debt,
            result.balances,
            surplus=result.whole_surplus,
            withheld=result.withheld,
            now=self.clock.now(),
        )
        await move_agreements(session, self.jobs, books, result, self.clock.now())
        if came_back and debt.status is not DebtStatus.WITHDRAWN:
            latest = max(_statements(books), key=lambda each: (each.recorded_at, each.sequence))
            await self._ask(session, MoneyQuestion.CAME_BACK, latest.id)

    async def _result(self, session: AsyncSession, debt: Debt, books: Books) -> Result:
        debtor = await session.get_one(Debtor, debt.debtor_id)
        return result_of(books, zone=debtor.timezone, now=self.clock.now())

    async def _record(
        self, session: AsyncSession, debt: Debt, kind: MoneyEventKind, **values: Any
    ) -> UUID | None:
        await self._open(session, [debt], values["at"])
        event_id = await repository.add(
            session,
            debt_id=debt.id,
            kind=kind,
            recorded_at=self.clock.now(),
            currency=debt.currency,
            is_dated=True,
            **values,
        )
        if event_id is not None:
            await self.reckon(session, [debt])
        return event_id

    async def _open(
        self, session: AsyncSession, debts: Sequence[Debt], before: datetime | None
    ) -> None:
        """Begin the books of debts that have none with what stands in their rows.

        `before`: a moment of which the row says nothing yet.
        """
        known = await repository.last_statements(session, [debt.id for debt in debts])
        await repository.add_many(
            session,
            [
                {
                    "debt_id": debt.id,
                    "kind": MoneyEventKind.STATEMENT,
                    "source": _OPENING,
                    "source_id": str(debt.id),
                    "at": _earlier(debt.updated_at, before),
                    "recorded_at": self.clock.now(),
                    "currency": debt.currency,
                    "is_dated": True,
                    **_columns(debt.amounts),
                }
                for debt in debts
                if debt.id not in known
            ],
        )

    def _statement(self, stated: Stated) -> dict[str, Any]:
        now = self.clock.now()
        return {
            "debt_id": stated.debt.id,
            "kind": MoneyEventKind.STATEMENT,
            "source": "portfolio",
            "source_id": f"{stated.source_id}/{stated.debt.id}",
            "at": min(stated.as_of or now, now),
            "recorded_at": now,
            "currency": stated.debt.currency,
            "is_dated": stated.as_of is not None,
            **_columns(stated.amounts),
        }

    @staticmethod
    def _is_news(stated: Stated, last: MoneyEvent | None) -> bool:
        if last is None or balances_of(last) != stated.amounts:
            return True
        return stated.debt.amounts != stated.amounts or (
            stated.as_of is not None and stated.as_of < last.at
        )

    async def _ask(self, session: AsyncSession, question: MoneyQuestion, event_id: UUID) -> None:
        await self.jobs.enqueue(session, ask_people(question=question, subject_id=event_id))


def _earlier(at: datetime, before: datetime | None) -> datetime:
    return at if before is None else min(at, before - _BEFORE)


def _statements(books: Books) -> Iterable[MoneyEvent]:
    return (each for each in books.events if each.kind is MoneyEventKind.STATEMENT)


def _columns(amounts: Balances) -> dict[str, int]:
    return {
        "balance_minor": amounts.balance,
        "overdue_minor": amounts.overdue,
        "interest_minor": amounts.interest,
        "fees_minor": amounts.fees,
    }
