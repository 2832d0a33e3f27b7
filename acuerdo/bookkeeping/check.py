"""Compares what debts and agreements say with what the sealed facts about their money come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from acuerdo.audit.chain import Fault, Finding
from acuerdo.bookkeeping import repository
from acuerdo.bookkeeping.reckoning import result_of
from acuerdo.bookkeeping.repository import Books
from acuerdo.debts.models import Debt
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database

_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class BookCheck:
    """Use case of the check: balances are no facts, so that nobody seals them; facts are."""

    db: Database
    clock: Clock

    async def verify(self) -> list[Finding]:
        """Name every debt, promise and instalment with amounts that do not follow from the facts.

        Debts of which nothing became known since their first file are not looked at.
        """
        found: list[Finding] = []
        after: UUID | None = None
        while True:
            async with self.db.transaction() as session:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                debts = await repository.debts_with_books(session, after, _BATCH)
                books = await repository.books_of(session, [debt.id for debt, _ in debts])
                for debt, zone in debts:
                    found.extend(self._compared(debt, books[debt.id], zone))
            if not debts:
                return found
            after = debts[-1][0].id

    def _compared(self, debt: Debt, books: Books, zone: str) -> Iterator[Finding]:
        result = result_of(books, zone=zone, now=self.clock.now())
        stands = (debt.amounts, debt.surplus_minor, debt.withheld_minor)
        if stands != (result.balances, result.whole_surplus, result.withheld):
            yield Finding(Fault.CHANGED, None, "debt", str(debt.id))
        for promise in books.promises:
            if result.paid_of.get(str(promise.id), promise.paid_minor) != promise.paid_minor:
                yield Finding(Fault.CHANGED, None, "promise", str(promise.id))
        for plan in books.plans:
            paid = result.parts_paid.get(str(plan.id))
            for part, minor in zip(plan.instalments, paid or (), strict=paid is not None):
                if part.paid_minor != minor:
                    yield Finding(Fault.CHANGED, None, "instalment", str(part.id))
