"""Taking payments: a link on request, and what an arrived payment closes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements.current import due_of
from acuerdo.agreements.drafting import StatedTerms, amount_named
from acuerdo.agreements.policy_limits import owed_of
from acuerdo.bookkeeping import repository as bookkeeping
from acuerdo.bookkeeping.service import Bookkeeping
from acuerdo.contact.models import Purpose
from acuerdo.conversations.models import Author, Conversation
from acuerdo.conversations.notices import notice
from acuerdo.conversations.outbox import Outbox
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debt, Debtor, DebtStatus
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.payments import repository, transitions
from acuerdo.payments.gateways import Gateways
from acuerdo.payments.jobs import thank
from acuerdo.payments.models import LinkState, Payment, PaymentLink
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.logging import get_logger
from acuerdo.values.channels import Channel
from acuerdo.values.countries import country
from acuerdo.values.money import Money
from acuerdo.values.names import given_name

_log = get_logger()
# Stands for the gateway of payments that came elsewhere and were claimed.
CLAIMED: Final = "claim"


@dataclass(frozen=True, slots=True)
class LinkToPay:
    """A link as the debtor gets it."""

    url: str
    amount: Money


class Unmoved(StrEnum):
    """Why news of a payment moved nothing."""

    NOT_PAID = "not_paid"
    KNOWN = "payment_known"
    WITHOUT_LINK = "payment_without_link"
    ANOTHER_CURRENCY = "another_currency"
    UNKNOWN_PAYMENT = "payment_unknown"


# What a person must find the place of.
UNPLACED: Final = frozenset(
    {Unmoved.WITHOUT_LINK, Unmoved.ANOTHER_CURRENCY, Unmoved.UNKNOWN_PAYMENT}
)
# What goes back, and whether it is more that went back or less.
_REVERSALS: Final = {
    PaymentState.REFUNDED: 1,
    PaymentState.CHARGED_BACK: 1,
    PaymentState.CHARGEBACK_WON: -1,
}


@dataclass(frozen=True, slots=True)
class Payments:
    """Use cases of payment links and arriving payments."""

    db: Database
    clock: Clock
    jobs: Jobs
    outbox: Outbox
    gateways: Gateways
    bookkeeping: Bookkeeping

    async def link_for(self, party: VerifiedParty, debt: DebtView, said: StatedTerms) -> LinkToPay:
        """Make a link for what the debtor says, else for what is due of the debt; see `link`."""
        amount = amount_named(said, owed_of(debt), shares=("total", "half"))
        if amount is None:
            async with self.db.statement() as session:
                amount = (await due_of(session, debt, debt.today)).amount
        return await self.link(party, debt, amount)

    async def link(self, party: VerifiedParty, debt: DebtView, amount: Money) -> LinkToPay:
        """A link to pay an amount of a debt; asked again in one conversation, the same link.

        Never for more than is owed. Raises ProviderUnavailable, or ProviderMisused where no
        gateway is configured for the creditor.
        """
        amount = min(amount, debt.balance, key=lambda money: money.minor)
        gateway = self.gateways.of(debt.policy)
        now = self.clock.now()
        async with self.db.transaction() as session:
            await debts.lock_debt(session, debt.id)
            for lapsed in await repository.lapsed_links(session, debt.id, now):
                transitions.expired(lapsed)
            found = await repository.open_link(
                session, party.conversation_id, debt.id, amount.minor, now
            )
            if found is None:
                found = PaymentLink(
                    id=uuid4(),
                    debt_id=debt.id,
                    conversation_id=party.conversation_id,
                    gateway=gateway.name,
                    gateway_id=None,
                    amount_minor=amount.minor,
                    currency=amount.currency,
                    url=None,
                    state=LinkState.OPEN,
                    created_at=now,
                    expires_at=None,
                )
                session.add(found)
        if found.url is not None:
            return LinkToPay(found.url, amount)
        made = await gateway.create_link(found.id, amount, debt.product)
        async with self.db.transaction() as session:
            stored = await session.get_one(PaymentLink, found.id)
            stored.gateway_id, stored.url = made.gateway_id, made.url
            stored.expires_at = made.expires_at
        return LinkToPay(made.url, amount)

    async def receive(self, session: AsyncSession, news: GatewayEvent) -> Unmoved | None:
        """Write down what a gateway says has become of a payment, and move what follows from it.

        Gives the reason where nothing was moved. Money that came is thanked for. A payment for an
        unknown reference is recorded without a debt, for a person to place.
        """
        if news.state in _REVERSALS:
            return await self._reverse(session, news)
        link = await self._link(session, news.reference)
        if news.state is PaymentState.EXPIRED and link is not None:
            await self._expire(session, link)
        if news.state is not PaymentState.PAID:
            return Unmoved.NOT_PAID
        payment_id = await repository.add_payment(session, news, link, self.clock.now())
        if payment_id is None:
            return Unmoved.KNOWN
        if link is None:
            _log.warning("payment_without_link", provider=news.gateway)
            return Unmoved.WITHOUT_LINK
        debt = await debts.lock_debt(session, link.debt_id)
        if debt.currency != news.amount.currency:
            _log.error("payment_in_another_currency", provider=news.gateway)
            return Unmoved.ANOTHER_CURRENCY
        transitions.paid(link)
        # a gateway's clock is not ours: nobody pays by a link before it is made
        at = min(max(news.moved_at, link.created_at), self.clock.now())
        await self.bookkeeping.came(
            session,
            debt,
            news.amount.minor,
            source=source_of(news.gateway),
            source_id=news.payment_id,
            at=at,
            paid_at=at,
        )
        if link.conversation_id is not None:
            await self.jobs.enqueue(
                session,
                thank(payment_id=payment_id, conversation_id=link.conversation_id),
                lock=link.conversation_id,
            )
        return None

    @staticmethod
    async def _expire(session: AsyncSession, link: PaymentLink) -> None:
        await debts.lock_debt(session, link.debt_id)
        await session.refresh(link)
        if link.state is LinkState.OPEN:
            transitions.expired(link)

    async def _reverse(self, session: AsyncSession, news: GatewayEvent) -> Unmoved | None:
        """Write down that money of a payment went back, or came again; nobody is told."""
        came = await bookkeeping.event_of(session, source_of(news.gateway), news.payment_id)
        # told before its payment, it is of the debt for which the link was made
        known = came or await self._link(session, news.reference)
        if known is None:
            _log.warning("reversal_of_unknown_payment", provider=news.gateway)
            return Unmoved.UNKNOWN_PAYMENT
        debt = await debts.lock_debt(session, known.debt_id)
        if debt.currency != news.amount.currency:
            return Unmoved.ANOTHER_CURRENCY
        written = await self._write_reversal(session, debt, news)
        return Unmoved.KNOWN if written is None else None

    async def _write_reversal(
        self, session: AsyncSession, debt: Debt, news: GatewayEvent
    ) -> UUID | None:
        return await self.bookkeeping.went_back(
            session,
            debt,
            _REVERSALS[news.state] * news.amount.minor,
            source=source_of(news.gateway),
            source_id=f"{news.state.value}:{news.movement_id}",
            reverses=news.payment_id,
            at=min(news.moved_at, self.clock.now()),
        )

    async def place(self, session: AsyncSession, debt: Debt, news: GatewayEvent) -> None:
        """Write down money that moved, for the debt that a person has found for it.

        In the caller's transaction, which holds the debt; the amount is in its currency, nobody is
        thanked. A payment counts for the balance from now on, for what was agreed from when it was
        made.
        """
        if news.state in _REVERSALS:
            await self._write_reversal(session, debt, news)
            return
        now = self.clock.now()
        await self.bookkeeping.came(
            session,
            debt,
            news.amount.minor,
            source=source_of(news.gateway),
            source_id=news.payment_id,
            at=now,
            paid_at=min(news.moved_at, now),
        )

    @staticmethod
    async def _link(session: AsyncSession, reference: str) -> PaymentLink | None:
        try:
            return await repository.link(session, UUID(reference))
        except ValueError:
            return None

    async def book_claimed(
        self,
        session: AsyncSession,
        debt: Debt,
        amount: Money,
        *,
        claim_id: UUID,
        paid_at: datetime,
    ) -> None:
        """Write down a payment that was claimed and found.

        In the caller's transaction, which holds the debt; nobody is thanked. It counts for the
        balance from now on, for what was agreed from `paid_at` on.
        """
        now = self.clock.now()
        await repository.add_claimed(
            session, debt.id, amount, gateway=CLAIMED, claim_id=claim_id, paid_at=paid_at, now=now
        )
        await self.bookkeeping.came(
            session,
            debt,
            amount.minor,
            source=CLAIMED,
            source_id=str(claim_id),
            at=now,
            paid_at=paid_at,
        )

    async def thank(self, payment_id: UUID, conversation_id: UUID) -> None:
        """Say thanks for a payment where its link was asked for; once, whoever is called again."""
        async with self.db.transaction() as session:
            payment = await session.get_one(Payment, payment_id, with_for_update=True)
            if payment.debt_id is None:
                return
            if payment.thanks_message_id is None:
                conversation = await session.get_one(Conversation, conversation_id)
                if conversation.channel is Channel.VOICE:
                    # nobody can write to a telephone, and nobody is rung up for this
                    return
                text = await self._thanks(session, payment)
                (payment.thanks_message_id, *_) = self.outbox.add(
                    session,
                    conversation,
                    text,
                    author=Author.SYSTEM,
                    purpose=Purpose.PAYMENT_CONFIRMATION,
                )
            message_id = payment.thanks_message_id
        await self.outbox.deliver(message_id)

    @staticmethod
    async def _thanks(session: AsyncSession, payment: Payment) -> str:
        debt = await session.get_one(Debt, payment.debt_id)
        debtor = await session.get_one(Debtor, debt.debtor_id)
        home = country(debtor.country)
        if debt.surplus_minor:
            rest = notice(
                "payment_rest_surplus",
                creditor=debt.creditor.name,
                surplus=debt.surplus.text(home),
            )
        elif debt.status is DebtStatus.PAID:
            rest = notice("payment_rest_none", creditor=debt.creditor.name)
        else:
            rest = notice("payment_rest_open", balance=debt.balance.text(home))
        amount, name = payment.amount.text(home), given_name(debtor.name)
        if not name:
            return notice("payment_received_unnamed", amount=amount, rest=rest)
        return notice("payment_received", name=name, amount=amount, rest=rest)


def source_of(gateway: str) -> str:
    """The name under which the facts of a gateway are written down."""
    return f"gateway:{gateway}"
