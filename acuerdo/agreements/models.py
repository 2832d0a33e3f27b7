"""Rows of what was offered and what was agreed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from acuerdo.audit.models import Audited
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.values.channels import Channel
from acuerdo.values.money import Money


class ProposalKind(StrEnum):
    """What would be agreed."""

    PROMISE = "promise"
    PLAN = "plan"
    SETTLEMENT = "settlement"


class ProposalState(StrEnum):
    """A proposal is open until accepted or replaced."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPLACED = "replaced"


class PromiseState(StrEnum):
    """What became of a promise to pay."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"


class PlanState(StrEnum):
    """What became of a payment plan."""

    ACTIVE = "active"
    COMPLETED = "completed"
    BROKEN = "broken"
    CANCELLED = "cancelled"


class InstalmentState(StrEnum):
    """One part of a plan."""

    PENDING = "pending"
    PAID = "paid"


class Proposal(Identified, Base):
    """Terms that policy allows and that are read back; accepted at most once.

    `terms` is JSON: amount and date for a promise, instalments for a plan, in minor units.
    A turn that is carried out again finds by `turn_id` what it offered before.
    """

    __tablename__ = "proposal"

    conversation_id: Mapped[UUID] = mapped_column(index=True)
    turn_id: Mapped[UUID | None] = mapped_column(index=True)
    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    kind: Mapped[ProposalKind] = mapped_column(Named(ProposalKind))
    position: Mapped[int]
    terms: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[ProposalState] = mapped_column(Named(ProposalState))
    words: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]


class Promise(Audited, Identified, Base):
    """A promise to pay, read back and confirmed; exactly one per accepted proposal.

    `paid_minor` is what has come of it, also too late.
    """

    __tablename__ = "promise"
    mutable = frozenset({"state", "closed_at", "paid_minor"})
    __table_args__ = (Index("ix_promise_open", "due_on", postgresql_where=text("state = 'open'")),)

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), unique=True)
    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    conversation_id: Mapped[UUID | None]
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    due_on: Mapped[date]
    settles: Mapped[bool]
    state: Mapped[PromiseState] = mapped_column(Named(PromiseState))
    words: Mapped[str] = mapped_column(Text)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("promise.id"))
    recorded_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    paid_minor: Mapped[int] = mapped_column(BigInteger, default=0)

    @property
    def amount(self) -> Money:
        """What was promised."""
        return Money(self.amount_minor, self.currency)

    @property
    def left(self) -> Money:
        """What has not come of it yet."""
        return Money(max(0, self.amount_minor - self.paid_minor), self.currency)


class Plan(Audited, Identified, Base):
    """A payment plan, read back and confirmed; exactly one per accepted proposal."""

    __tablename__ = "plan"
    mutable = frozenset({"state"})
    __table_args__ = (
        Index(
            "uq_plan_active_debt", "debt_id", unique=True, postgresql_where=text("state = 'active'")
        ),
    )

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), unique=True)
    debt_id: Mapped[UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    conversation_id: Mapped[UUID | None]
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    total_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    frequency: Mapped[str] = mapped_column(String(16))
    state: Mapped[PlanState] = mapped_column(Named(PlanState))
    words: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]

    instalments: Mapped[list["Instalment"]] = relationship(order_by="Instalment.number")

    @property
    def total(self) -> Money:
        """The sum of all instalments."""
        return Money(self.total_minor, self.currency)


class Instalment(Audited, Identified, Base):
    """One dated part of a plan; `paid_minor` is what has come of it."""

    __tablename__ = "instalment"
    mutable = frozenset({"state", "paid_minor"})

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    due_on: Mapped[date]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[InstalmentState] = mapped_column(Named(InstalmentState))
    paid_minor: Mapped[int] = mapped_column(BigInteger, default=0)

    @property
    def amount(self) -> Money:
        """What was agreed for that date."""
        return Money(self.amount_minor, self.currency)

    @property
    def left(self) -> Money:
        """What has not come of it yet."""
        return Money(max(0, self.amount_minor - self.paid_minor), self.currency)
