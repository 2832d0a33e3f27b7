"""Takes a portfolio over: all of it or nothing, again and again without doubling anything."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import consent
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactState
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.debts import repository as debts
from acuerdo.debts.amounts import Balances
from acuerdo.debts.models import Creditor, Debt, Debtor
from acuerdo.debts.transitions import listed
from acuerdo.debts.verification import normal_document
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.platform.errors import PortfolioRejected
from acuerdo.portfolio.schema import ContactRow, CreditorRow, DebtorRow, DebtRow
from acuerdo.values import phone
from acuerdo.values.channels import Channel
from acuerdo.values.money import Money, NotAnAmount

_PHONE_CHANNELS = {Channel.WHATSAPP, Channel.VOICE, Channel.SMS}


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row: where it is, which field, why."""

    row: str
    field: str
    problem: str


@dataclass(slots=True)
class Imported:
    """How many rows of each kind were taken over, and the errors that kept it from being done."""

    creditors: int = 0
    debtors: int = 0
    contacts: int = 0
    debts: int = 0
    errors: list[RowError] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The counts and errors as plain data."""
        return asdict(self)


class Rejected(PortfolioRejected):
    """The portfolio has errors; nothing of it was imported."""

    def __init__(self, report: Imported) -> None:
        super().__init__()
        self.report = report


@dataclass
class _Parsed:
    creditors: list[CreditorRow] = field(default_factory=list)
    debtors: list[DebtorRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Use cases of the portfolio."""

    db: Database
    clock: Clock
    vault: Vault

    async def take_over(self, portfolio: object) -> Imported:
        """Insert or update by external id, in one transaction; raises Rejected with every error."""
        report = Imported()
        parsed = _parse(portfolio, report)
        async with self.db.transaction() as session:
            creditors = await self._creditors(session, parsed.creditors)
            _check_references(parsed, creditors, report)
            if report.errors:
                raise Rejected(report)
            for row in parsed.debtors:
                await self._debtor(session, row, creditors, report)
            if report.errors:
                raise Rejected(report)
            report.creditors, report.debtors = len(parsed.creditors), len(parsed.debtors)
        return report

    async def re_encrypt(self) -> int:
        """Put everybody's document and birth date under the newest key; gives how many people."""
        async with self.db.transaction() as session:
            people = await debts.debtors_with_secrets(session)
            for debtor in people:
                if debtor.document_encrypted is not None:
                    document = self.vault.decrypt(debtor.document_encrypted)
                    debtor.document_encrypted = self.vault.encrypt(document)
                    debtor.document_lookup = self.vault.lookup(normal_document(document))
                if debtor.birth_date_encrypted is not None:
                    debtor.birth_date_encrypted = self.vault.rotate(debtor.birth_date_encrypted)
            return len(people)

    async def _creditors(
        self, session: AsyncSession, rows: Iterable[CreditorRow]
    ) -> dict[str, Creditor]:
        known = {row.external_id: row for row in await debts.creditors(session)}
        for row in rows:
            creditor = known.get(row.id)
            if creditor is None:
                creditor = known[row.id] = Creditor(external_id=row.id)
                session.add(creditor)
            creditor.name, creditor.agency = row.name, row.agency
            creditor.country, creditor.currency = row.country, row.currency
            creditor.timezone = row.timezone
            creditor.payment_methods, creditor.complaints = row.payment_methods, row.complaints
            creditor.policy = row.policy.model_dump(mode="json")
        await session.flush()
        return known

    async def _debtor(
        self,
        session: AsyncSession,
        row: DebtorRow,
        creditors: dict[str, Creditor],
        report: Imported,
    ) -> None:
        debtor = await debts.debtor_by_external_id(session, row.id)
        if debtor is None:
            debtor = Debtor(
                external_id=row.id, created_at=self.clock.now(), deceased_reported_at=None
            )
            session.add(debtor)
        debtor.name, debtor.country, debtor.timezone = row.name, row.country, row.timezone
        self._set_secrets(debtor, row)
        await session.flush()
        for contact in row.contacts:
            await self._contact(session, debtor, contact, row, report)
        for debt in row.debts:
            await self._debt(session, debtor.id, debt, creditors[debt.creditor], report)

    def _set_secrets(self, debtor: Debtor, row: DebtorRow) -> None:
        document, birth = row.document, row.birth_date
        debtor.document_encrypted = None if document is None else self.vault.encrypt(document)
        debtor.document_lookup = (
            None if document is None else self.vault.lookup(normal_document(document))
        )
        debtor.birth_date_encrypted = (
            None if birth is None else self.vault.encrypt(birth.isoformat())
        )

    async def _contact(
        self,
        session: AsyncSession,
        debtor: Debtor,
        contact: ContactRow,
        row: DebtorRow,
        report: Imported,
    ) -> None:
        try:
            address = _address(contact, row.country)
        except phone.NotAPhone:
            report.errors.append(RowError(row.id, "contacts.address", "not a telephone number"))
            return
        point = await contacts.contact_point_of(session, contact.channel, address, None)
        if point is None:
            point = await contacts.add_contact_point(
                session, contact.channel, address, now=self.clock.now()
            )
        elif point.debtor_id not in (None, debtor.id):
            report.errors.append(
                RowError(row.id, "contacts.address", "belongs to another debtor already")
            )
            return
        if point.state is not ContactState.WRONG_PERSON:
            point.debtor_id = debtor.id
        point.workplace = point.workplace or contact.workplace
        await consent.enforce(session, point, now=self.clock.now())
        if contact.consent:
            # it may bring consent, but never undoes what the person asked of us
            brought = consent.ConsentEvidence(ConsentSource.PORTFOLIO)
            await consent.give(session, point, brought, now=self.clock.now())
        report.contacts += 1

    async def _debt(
        self,
        session: AsyncSession,
        debtor_id: UUID,
        row: DebtRow,
        creditor: Creditor,
        report: Imported,
    ) -> None:
        debt = await debts.debt_by_external_id(session, row.id)
        if debt is None:
            debt = Debt(external_id=row.id)
            session.add(debt)
        elif debt.debtor_id != debtor_id:
            report.errors.append(RowError(row.id, "id", "belongs to another debtor already"))
            return
        debt.debtor_id, debt.creditor_id = debtor_id, creditor.id
        debt.product, debt.currency, debt.due_on = row.product, row.currency, row.due_on
        self._set_amounts(debt, row, self.clock.now())
        await session.flush()
        report.debts += 1

    @staticmethod
    def _set_amounts(debt: Debt, row: DebtRow, now: datetime) -> None:
        amounts = (row.balance, row.overdue, row.interest, row.fees)
        minor = Balances(*(Money.of(amount, row.currency).minor for amount in amounts))
        listed(debt, minor, now)


def _address(contact: ContactRow, country_code: str) -> str:
    if contact.channel in _PHONE_CHANNELS:
        return phone.canonical(contact.address, country_code)
    return contact.address


def _parse(portfolio: object, report: Imported) -> _Parsed:
    parsed = _Parsed()
    if not isinstance(portfolio, dict):
        report.errors.append(RowError("", "", "a portfolio is an object"))
        raise Rejected(report)
    for key in portfolio.keys() - {"creditors", "debtors"}:
        report.errors.append(RowError("", str(key)[:64], "not a part of a portfolio"))
    for raw in _rows(portfolio, "creditors", report):
        _add(parsed.creditors, CreditorRow, raw, report)
    for raw in _rows(portfolio, "debtors", report):
        _add(parsed.debtors, DebtorRow, raw, report)
    return parsed


def _rows(portfolio: dict[Any, Any], key: str, report: Imported) -> list[Any]:
    rows = portfolio.get(key, [])
    if isinstance(rows, list):
        return rows
    report.errors.append(RowError("", key, "must be a list"))
    return []


def _add(rows: list[Any], kind: type[CreditorRow | DebtorRow], raw: Any, report: Imported) -> None:
    try:
        rows.append(kind.model_validate(raw))
    except ValidationError as error:
        name = str(raw.get("id", "?"))[:64] if isinstance(raw, dict) else "?"
        for each in error.errors(include_input=False, include_url=False):
            place = ".".join(str(part) for part in each["loc"])
            report.errors.append(RowError(name, place, each["msg"]))


def _check_references(parsed: _Parsed, creditors: dict[str, Creditor], report: Imported) -> None:
    seen: set[str] = set()
    for creditor in parsed.creditors:
        if f"creditor {creditor.id}" in seen:
            report.errors.append(RowError(creditor.id, "id", "appears twice"))
        seen.add(f"creditor {creditor.id}")
    for debtor in parsed.debtors:
        for external_id in (f"debtor {debtor.id}", *(f"debt {debt.id}" for debt in debtor.debts)):
            if external_id in seen:
                report.errors.append(RowError(debtor.id, "id", f"{external_id} appears twice"))
            seen.add(external_id)
        for debt in debtor.debts:
            _check_debt(debt, creditors, report)


def _check_debt(debt: DebtRow, creditors: dict[str, Creditor], report: Imported) -> None:
    if debt.creditor not in creditors:
        report.errors.append(RowError(debt.id, "creditor", "is not in the portfolio"))
    for name in ("balance", "overdue", "interest", "fees"):
        try:
            Money.of(getattr(debt, name), debt.currency)
        except NotAnAmount:
            report.errors.append(RowError(debt.id, name, f"too many decimals for {debt.currency}"))
    if debt.overdue > debt.balance or debt.interest + debt.fees > debt.balance:
        report.errors.append(RowError(debt.id, "balance", "is less than its parts"))
