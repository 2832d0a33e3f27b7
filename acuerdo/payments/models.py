"""Rows of money that arrives: links we made, payments that came."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.audit.models import Audited
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.values.money import Money


class LinkState(StrEnum):
    """A payment link waits, was paid or has passed its time."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


class PaymentLink(Identified, Base):
    """A link with which one debt, or part of it, can be paid; `id` is the gateway's reference."""

    __tablename__ = "payment_link"

    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    conversation_id: Mapped[UUID | None]
    gateway: Mapped[str] = mapped_column(String(32))
    gateway_id: Mapped[str | None] = mapped_column(String(160))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    url: Mapped[str | None] = mapped_column(Text)
    state: Mapped[LinkState] = mapped_column(Named(LinkState))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]

    @property
    def amount(self) -> Money:
        """What the link asks for."""
        return Money(self.amount_minor, self.currency)


class Payment(Audited, Identified, Base):
    """Money that arrived, once per payment of a gateway."""

    __tablename__ = "payment"
    mutable = frozenset({"thanks_message_id"})
    __table_args__ = (UniqueConstraint("gateway", "gateway_payment_id"),)

    debt_id: Mapped[UUID | None] = mapped_column(ForeignKey("debt.id"), index=True)
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment_link.id"))
    gateway: Mapped[str] = mapped_column(String(32))
    gateway_payment_id: Mapped[str] = mapped_column(String(160))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    paid_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    thanks_message_id: Mapped[UUID | None]

    @property
    def amount(self) -> Money:
        """What was paid."""
        return Money(self.amount_minor, self.currency)
