"""All questions asked about links and payments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger
from acuerdo.payments.models import LinkState, Payment, PaymentLink
from acuerdo.payments.ports import GatewayEvent
from acuerdo.values.money import Money


async def open_link(
    session: AsyncSession, conversation_id: UUID, debt_id: UUID, amount_minor: int, now: datetime
) -> PaymentLink | None:
    """A link made before in a conversation for the same debt and amount that can still be paid."""
    return await session.scalar(
        select(PaymentLink)
        .where(
            PaymentLink.conversation_id == conversation_id,
            PaymentLink.debt_id == debt_id,
            PaymentLink.amount_minor == amount_minor,
            PaymentLink.state == LinkState.OPEN,
            (PaymentLink.expires_at.is_(None)) | (PaymentLink.expires_at > now),
        )
        .order_by(PaymentLink.created_at.desc())
        .limit(1)
    )


async def lapsed_links(
    session: AsyncSession, debt_id: UUID, now: datetime
) -> Sequence[PaymentLink]:
    """The open links of a debt whose time is over; the debt is held."""
    found = await session.scalars(
        select(PaymentLink)
        .where(
            PaymentLink.debt_id == debt_id,
            PaymentLink.state == LinkState.OPEN,
            PaymentLink.expires_at <= now,
        )
        .limit(100)
    )
    return found.all()


async def open_links(
    session: AsyncSession, conversation_id: UUID, now: datetime
) -> Sequence[PaymentLink]:
    """The links made in a conversation that can still be paid, the newest first."""
    found = await session.scalars(
        select(PaymentLink)
        .where(
            PaymentLink.conversation_id == conversation_id,
            PaymentLink.state == LinkState.OPEN,
            PaymentLink.url.is_not(None),
            (PaymentLink.expires_at.is_(None)) | (PaymentLink.expires_at > now),
        )
        .order_by(PaymentLink.created_at.desc())
        .limit(3)
    )
    return found.all()


async def link(session: AsyncSession, link_id: UUID) -> PaymentLink | None:
    """A link; who moves it holds its debt."""
    return await session.get(PaymentLink, link_id)


async def add_payment(
    session: AsyncSession, news: GatewayEvent, found: PaymentLink | None, now: datetime
) -> UUID | None:
    """Record a payment; None where it was recorded before."""
    recorded: Payment | None = await session.scalar(
        insert(Payment)
        .values(
            id=uuid4(),
            debt_id=None if found is None else found.debt_id,
            link_id=None if found is None else found.id,
            gateway=news.gateway,
            gateway_payment_id=news.payment_id,
            amount_minor=news.amount.minor,
            currency=news.amount.currency,
            paid_at=news.moved_at,
            recorded_at=now,
        )
        .on_conflict_do_nothing(index_elements=["gateway", "gateway_payment_id"])
        .returning(Payment)
    )
    if recorded is None:
        return None
    ledger.append(session, recorded)
    return recorded.id


async def add_claimed(
    session: AsyncSession,
    debt_id: UUID,
    amount: Money,
    *,
    gateway: str,
    claim_id: UUID,
    paid_at: datetime,
    now: datetime,
) -> None:
    """Record a payment that came by no gateway of ours, under the claim that told of it."""
    await ledger.record(
        session,
        Payment(
            id=uuid4(),
            debt_id=debt_id,
            link_id=None,
            gateway=gateway,
            gateway_payment_id=str(claim_id),
            amount_minor=amount.minor,
            currency=amount.currency,
            paid_at=paid_at,
            recorded_at=now,
            thanks_message_id=None,
        ),
    )
