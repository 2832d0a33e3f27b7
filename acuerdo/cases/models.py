"""Rows of cases: the work on what people say, and each step of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.audit.models import Audited
from acuerdo.cases.kinds import CaseKind
from acuerdo.debts.models import CaseState
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named


class CaseStep(StrEnum):
    """What somebody did about a case."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    EVIDENCE_SEEN = "evidence_seen"
    RESOLVED = "resolved"
    TOLD = "told"


class Case(Identified, Base):
    """Something to look into; `subject_id`: the dispute, claim, request or stop that it is about.

    `rule` is what sets `due_on`, the last local day. `informed_turn_id` is the turn in which the
    answer was given, so that the same turn gives it again.
    """

    __tablename__ = "debtor_case"
    __table_args__ = (
        Index("uq_debtor_case_subject", "kind", "subject_id", unique=True),
        Index(
            "uq_debtor_case_open_debtor",
            "kind",
            "debtor_id",
            unique=True,
            postgresql_where=text("state = 'open' and subject_id is null"),
        ),
        Index("ix_debtor_case_state_due_on", "state", "due_on", "id"),
    )

    kind: Mapped[CaseKind] = mapped_column(Named(CaseKind))
    state: Mapped[CaseState] = mapped_column(Named(CaseState))
    subject_id: Mapped[UUID | None]
    debtor_id: Mapped[UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_id: Mapped[UUID | None] = mapped_column(ForeignKey("debt.id"))
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(160))
    due_on: Mapped[date]
    opened_at: Mapped[datetime]
    assigned_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(Text)
    informed_at: Mapped[datetime | None]
    informed_turn_id: Mapped[UUID | None]


class CaseEvent(Audited, Base):
    """One step of the work on a case; append-only. `facts` hold no names, but words of ours."""

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("debtor_case.id"), index=True)
    step: Mapped[CaseStep] = mapped_column(Named(CaseStep))
    by: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime]
