"""What is owed: the statement, and which debt is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.repository import record_decision
from acuerdo.debts import repository
from acuerdo.debts.models import Debt, Debtor
from acuerdo.debts.policies import CreditorPolicy, days_late
from acuerdo.debts.verification import VerifiedParty
from acuerdo.language.debt_names import named_in
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import DebtNotChosen, NothingOwed
from acuerdo.values.countries import Country, country
from acuerdo.values.dates import local_date
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class DebtView:
    """One debt as its debtor may hear it."""

    id: UUID
    external_id: str
    creditor: str
    agency: str
    product: str
    balance: Money
    overdue: Money
    interest: Money
    fees: Money
    principal: Money
    due_on: date
    days_late: int
    disputed: bool
    claimed_paid: bool
    payment_methods: str
    complaints: str
    policy: CreditorPolicy
    country: Country
    timezone: str
    today: date


@dataclass(frozen=True, slots=True)
class Debts:
    """Use cases about what is owed; each runs in one transaction."""

    db: Database
    clock: Clock

    async def statement(self, party: VerifiedParty) -> tuple[DebtView, ...]:
        """All open debts of the person, the oldest first; the disclosure is written down."""
        async with self.db.transaction() as session:
            views = await self.views(session, party)
            await record_decision(
                session,
                at=self.clock.now(),
                kind="disclosure",
                allowed=True,
                rule="verified_party",
                facts={"debts": len(views)},
                debtor_id=party.debtor_id,
                conversation_id=party.conversation_id,
                turn_id=party.turn_id,
            )
        return views

    async def views(self, session: AsyncSession, party: VerifiedParty) -> tuple[DebtView, ...]:
        """The same inside a transaction of the caller's."""
        debtor = await session.get_one(Debtor, party.debtor_id)
        debts = await repository.open_debts_of(session, party.debtor_id)
        return tuple([await self.view(session, debt, debtor) for debt in debts])

    async def view(self, session: AsyncSession, debt: Debt, debtor: Debtor) -> DebtView:
        """One debt as its debtor may hear it."""
        today = local_date(self.clock.now(), debtor.timezone)
        creditor = debt.creditor
        return DebtView(
            id=debt.id,
            external_id=debt.external_id,
            creditor=creditor.name,
            agency=creditor.agency,
            product=debt.product,
            balance=debt.balance,
            overdue=debt.overdue,
            interest=debt.interest,
            fees=debt.fees,
            principal=debt.balance - debt.interest - debt.fees,
            due_on=debt.due_on,
            days_late=days_late(debt.due_on, today),
            disputed=await repository.open_dispute(session, debt.id) is not None,
            claimed_paid=await repository.open_claim(session, debt.id) is not None,
            payment_methods=creditor.payment_methods,
            complaints=creditor.complaints,
            policy=CreditorPolicy.model_validate(creditor.policy),
            country=country(debtor.country),
            timezone=debtor.timezone,
            today=today,
        )

    async def choose(
        self, party: VerifiedParty, *, chosen: str | None = None, words: str = ""
    ) -> DebtView:
        """The debt that is meant: the only one, the one chosen before, or the one named in words.

        Raises NothingOwed or DebtNotChosen.
        """
        async with self.db.transaction() as session:
            return choose(await self.views(session, party), chosen=chosen, words=words)


def choose(debts: Sequence[DebtView], *, chosen: str | None = None, words: str = "") -> DebtView:
    """The debt that is meant among several; NothingOwed or DebtNotChosen where it is not clear."""
    if not debts:
        raise NothingOwed
    if len(debts) == 1:
        return debts[0]
    named = [debt for debt in debts if named_in(words, (debt.product, debt.creditor))]
    if len(named) == 1:
        return named[0]
    before = [debt for debt in debts if debt.external_id == chosen]
    if before:
        return before[0]
    raise DebtNotChosen
