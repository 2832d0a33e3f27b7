"""Takes rows that fit over into the tables: creditors, people, addresses, debts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.bookkeeping.service import Bookkeeping, Stated
from acuerdo.debts.amounts import Balances
from acuerdo.debts.models import Creditor, Debt, Debtor
from acuerdo.debts.transitions import listed
from acuerdo.debts.verification import normal_document
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.types import Vault
from acuerdo.portfolio import addresses, repository
from acuerdo.portfolio.addresses import Listing
from acuerdo.portfolio.report import Imported
from acuerdo.portfolio.schema import CreditorRow, DebtorRow, DebtRow
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class Intake:
    """Writes a batch inside the transaction of the caller, who lets nobody else write one.

    `as_of`: the moment at which the amounts of the file were true, where it says so. `import_id`
    names the file among the facts about money.
    """

    clock: Clock
    vault: Vault
    bookkeeping: Bookkeeping
    import_id: UUID
    as_of: datetime | None = None

    async def creditors(self, session: AsyncSession, rows: Sequence[CreditorRow]) -> None:
        """Insert or update creditors."""
        known = await repository.creditors_named(session, [row.id for row in rows])
        for row in rows:
            creditor = known.get(row.id) or Creditor(external_id=row.id)
            session.add(creditor)
            creditor.name, creditor.agency = row.name, row.agency
            creditor.country, creditor.currency = row.country, row.currency
            creditor.timezone = row.timezone
            creditor.payment_methods, creditor.complaints = row.payment_methods, row.complaints
            creditor.policy = row.policy.model_dump(mode="json")
        await session.flush()

    async def debtors(
        self, session: AsyncSession, rows: Sequence[DebtorRow], report: Imported
    ) -> None:
        """Insert or update people with their addresses and debts; counts what was taken."""
        named = {debt.creditor for row in rows for debt in row.debts}
        creditors = await repository.creditors_named(session, named)
        debts = await repository.debts_named(
            session, [debt.id for row in rows for debt in row.debts]
        )
        known = await repository.debtors_named(session, [row.id for row in rows])
        people = {row.id: self._person(session, known.get(row.id), row) for row in rows}
        await session.flush()
        owed = await repository.creditors_of_many(session, [each.id for each in people.values()])
        listings = [
            Listing(
                people[row.id].id,
                _whose_file(row, creditors, owed.get(people[row.id].id, set())),
                row.contacts,
                row.lists_addresses,
            )
            for row in rows
        ]
        await addresses.take(session, listings, self.clock.now())
        await self._debts(session, rows, people, creditors, debts, report)
        report.debtors += len(rows)
        report.contacts += sum(len(row.contacts) for row in rows)

    def _person(self, session: AsyncSession, debtor: Debtor | None, row: DebtorRow) -> Debtor:
        if debtor is None:
            debtor = Debtor(
                id=uuid4(),
                external_id=row.id,
                created_at=self.clock.now(),
                deceased_reported_at=None,
                document_encrypted=None,
                birth_date_encrypted=None,
            )
            session.add(debtor)
        debtor.name, debtor.country, debtor.timezone = row.name, row.country, row.timezone
        born = None if row.birth_date is None else row.birth_date.isoformat()
        if self._changes(debtor.document_encrypted, row.document):
            debtor.document_encrypted = self._sealed(row.document)
            debtor.document_lookup = (
                None if row.document is None else self.vault.lookup(normal_document(row.document))
            )
        if self._changes(debtor.birth_date_encrypted, born):
            debtor.birth_date_encrypted = self._sealed(born)
        return debtor

    def _changes(self, sealed: bytes | None, text: str | None) -> bool:
        """Whether a secret is another one: sealed anew, the same one would be another row."""
        return (None if sealed is None else self.vault.decrypt(sealed)) != text

    def _sealed(self, text: str | None) -> bytes | None:
        return None if text is None else self.vault.encrypt(text)

    async def _debts(
        self,
        session: AsyncSession,
        rows: Sequence[DebtorRow],
        people: dict[str, Debtor],
        creditors: dict[str, Creditor],
        known: dict[str, Debt],
        report: Imported,
    ) -> None:
        stand = await self.bookkeeping.stated_last(session, [each.id for each in known.values()])
        differing = [
            debt.id
            for row in rows
            for debt in row.debts
            if debt.id in known
            and (
                _differs(known[debt.id], debt, creditors[debt.creditor].id)
                # equal to what we reckoned: that the file shows it, too, is news
                or stand.get(known[debt.id].id, known[debt.id].amounts) != _amounts(debt)
            )
        ]
        if differing:
            known |= await repository.debts_named(session, differing, lock=True)
        new: list[Stated] = []
        stated: list[Stated] = []
        for row in rows:
            for debt in row.debts:
                found = known.get(debt.id)
                if found is not None and found.debtor_id != people[row.id].id:
                    report.wrong(debt.id, "id", "belongs to another debtor already")
                    continue
                report.debts += 1
                is_new = found is None
                if found is None:
                    found = Debt(id=uuid4(), external_id=debt.id, debtor_id=people[row.id].id)
                    session.add(found)
                elif debt.id not in differing:
                    continue
                found.creditor_id = creditors[debt.creditor].id
                found.product, found.currency = debt.product, debt.currency
                found.due_on = debt.due_on
                amounts = _amounts(debt)
                if is_new:
                    listed(found, amounts, self.clock.now())
                (new if is_new else stated).append(
                    Stated(found, amounts, str(self.import_id), self.as_of)
                )
        await session.flush()
        await self.bookkeeping.open(session, new)
        await self.bookkeeping.state(session, stated)


def _whose_file(row: DebtorRow, creditors: dict[str, Creditor], owed: set[UUID]) -> frozenset[UUID]:
    """The creditors who list a person: those of the debts listed, or else of those known."""
    return frozenset({creditors[each.creditor].id for each in row.debts} or owed or {_SOME_FILE})


# Brought addresses without any debt: by a file of whom, nobody knows.
_SOME_FILE = UUID(int=0)


def _amounts(row: DebtRow) -> Balances:
    amounts = (row.balance, row.overdue, row.interest, row.fees)
    return Balances(*(Money.of(amount, row.currency).minor for amount in amounts))


def _differs(debt: Debt, row: DebtRow, creditor_id: UUID) -> bool:
    if debt.withheld_minor:
        # the file before this one asked for more: that it does so no more is news
        return True
    return (debt.creditor_id, debt.product, debt.currency, debt.due_on) != (
        creditor_id,
        row.product,
        row.currency,
        row.due_on,
    ) or debt.amounts != _amounts(row)
