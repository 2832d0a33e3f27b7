"""Rows of the debtor's side: who owes what to whom, and what they say about it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from acuerdo.audit.models import BatchSealed
from acuerdo.debts.amounts import Balances
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason


class DebtStatus(StrEnum):
    """Where a debt stands with the creditor; disputes and claims are rows of their own."""

    OPEN = "open"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class CaseState(StrEnum):
    """A case waits for a check, or the person was right, was not, or was in part."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


class Creditor(Identified, Base):
    """Who is owed, with its policies, its brand and how to pay it."""

    __tablename__ = "creditor"

    external_id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    agency: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3))
    timezone: Mapped[str] = mapped_column(String(64))
    payment_methods: Mapped[str] = mapped_column(Text)
    complaints: Mapped[str] = mapped_column(Text)
    policy: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Debtor(Identified, Base):
    """A person, once, however many debts, creditors and numbers."""

    __tablename__ = "debtor"

    external_id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    document_encrypted: Mapped[bytes | None]
    document_lookup: Mapped[bytes | None] = mapped_column(index=True)
    birth_date_encrypted: Mapped[bytes | None]
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    deceased_reported_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    debts: Mapped[list["Debt"]] = relationship(back_populates="debtor", order_by="Debt.due_on")


class Debt(Identified, Base):
    """What one person owes one creditor for one product; amounts in minor units.

    `surplus_minor` was paid above what was owed and is the debtor's. `withheld_minor` is what the
    creditor's file asks for above what we know to be owed: nobody is asked for it.
    """

    __tablename__ = "debt"

    external_id: Mapped[str] = mapped_column(String(64), unique=True)
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    creditor_id: Mapped[UUID] = mapped_column(ForeignKey("creditor.id"), index=True)
    product: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    balance_minor: Mapped[int] = mapped_column(BigInteger)
    overdue_minor: Mapped[int] = mapped_column(BigInteger)
    interest_minor: Mapped[int] = mapped_column(BigInteger)
    fees_minor: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date]
    status: Mapped[DebtStatus] = mapped_column(Named(DebtStatus))
    updated_at: Mapped[datetime]
    surplus_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    withheld_minor: Mapped[int] = mapped_column(BigInteger, default=0)

    debtor: Mapped[Debtor] = relationship(back_populates="debts")
    creditor: Mapped[Creditor] = relationship(lazy="joined", innerjoin=True)

    @property
    def balance(self) -> Money:
        """All that is owed."""
        return Money(self.balance_minor, self.currency)

    @property
    def overdue(self) -> Money:
        """The part whose date has passed."""
        return Money(self.overdue_minor, self.currency)

    @property
    def amounts(self) -> Balances:
        """All four amounts, in minor units."""
        return Balances(
            self.balance_minor, self.overdue_minor, self.interest_minor, self.fees_minor
        )

    @property
    def surplus(self) -> Money:
        """What was paid above what was owed: it is the debtor's."""
        return Money(self.surplus_minor, self.currency)

    @property
    def withheld(self) -> Money:
        """What the creditor's file asks for above what we know to be owed."""
        return Money(self.withheld_minor, self.currency)

    @property
    def interest(self) -> Money:
        """The part of the balance that is interest."""
        return Money(self.interest_minor, self.currency)

    @property
    def fees(self) -> Money:
        """The part of the balance that is fees."""
        return Money(self.fees_minor, self.currency)


class Dispute(Identified, Base):
    """A debt that its debtor does not accept; while open nobody asks for it."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index(
            "uq_dispute_open_debt", "debt_id", unique=True, postgresql_where=text("state = 'open'")
        ),
    )

    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    conversation_id: Mapped[UUID | None]
    reason: Mapped[DisputeReason] = mapped_column(Named(DisputeReason))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[CaseState] = mapped_column(Named(CaseState))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class PaymentClaim(Identified, Base):
    """A payment the debtor says was made; while open nobody asks for the debt."""

    __tablename__ = "payment_claim"
    __table_args__ = (
        Index(
            "uq_payment_claim_open_debt",
            "debt_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    conversation_id: Mapped[UUID | None]
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    paid_on: Mapped[date | None]
    has_proof: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[CaseState] = mapped_column(Named(CaseState))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class IdentityClaim(Base):
    """Who somebody says to be in a conversation, by a document; nothing follows from it but the
    next question. Read and written by `conversations.identity` alone.

    `subject` stands for whom is meant whether we know them or not: the debtor's id, or the keyed
    hash of the document.
    """

    __tablename__ = "identity_claim"

    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    debtor_id: Mapped[UUID | None]
    subject: Mapped[bytes]
    factor: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class IdentityCheck(BatchSealed, Identified, Base):
    """One attempt to prove an identity; a turn makes at most one per factor.

    `debtor_id` is the owner of the address or who was proven; `subject` whom the attempt means, see
    `IdentityClaim`: failures are counted for them over all addresses.
    """

    __tablename__ = "identity_check"
    sealed = (
        "id",
        "conversation_id",
        "contact_point_id",
        "debtor_id",
        "subject",
        "turn_id",
        "factor",
        "passed",
        "at",
    )
    __table_args__ = (
        UniqueConstraint("turn_id", "factor"),
        Index("ix_identity_check_subject_at", "subject", "at"),
    )

    conversation_id: Mapped[UUID] = mapped_column(index=True)
    contact_point_id: Mapped[UUID] = mapped_column(index=True)
    debtor_id: Mapped[UUID | None]
    subject: Mapped[bytes | None]
    turn_id: Mapped[UUID]
    factor: Mapped[str] = mapped_column(String(32))
    passed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(index=True)
