"""The chain's rows, what makes a row a part of the ledger, and why something was decided.

No foreign keys: the head is locked last of all, and nothing may be locked after it.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    text,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.platform.db.base import Base


class Audited:
    """A row that is sealed when it is recorded; `mutable` names the columns that may change."""

    mutable: ClassVar[frozenset[str]] = frozenset()


class BatchSealed:
    """A row that is sealed together with others some minutes after it was recorded.

    `sealed` names the columns that may not change; the table numbers its rows in `sequence`. Words
    in `text` are sealed by their digest, which stays in `text_digest` when they are deleted.
    """

    sealed: ClassVar[tuple[str, ...]] = ()

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True), index=True)


class SealedBatch(Audited, Base):
    """One link's worth of rows of a table: those numbered from `first` to `last`.

    `digests`: for each row its number and half the SHA-256 of what it says, 24 bytes.
    """

    __tablename__ = "sealed_batch"
    __table_args__ = (Unique("subject", "first"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    subject: Mapped[str] = mapped_column(String(32))
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int]
    digests: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


class SealMark(Base):
    """The highest number of a table at a moment.

    What was numbered up to it is committed, or gone, once every transaction of then has ended.
    """

    __tablename__ = "seal_mark"

    subject: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime]


class Decision(Audited, Base):
    """Why an offer, a disclosure or a contact was allowed or refused; append-only."""

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_turn",
            "turn_id",
            "kind",
            "rule",
            "allowed",
            "debt_id",
            unique=True,
            postgresql_where=text("turn_id is not null"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    allowed: Mapped[bool]
    rule: Mapped[str] = mapped_column(String(120))
    debtor_id: Mapped[UUID | None] = mapped_column(index=True)
    debt_id: Mapped[UUID | None]
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    turn_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)


class FileView(BatchSealed, Base):
    """That somebody looked at a person's file, at most once in each `window` of ten minutes.

    `by`: `api:NAME` or `desk:LOGIN`. One plain row, sealed with others: a page must not wait for
    the chain.
    """

    __tablename__ = "file_view"
    __table_args__ = (
        Unique("by", "debtor_id", "conversation_id", "window", postgresql_nulls_not_distinct=True),
    )
    sealed = ("id", "at", "by", "debtor_id", "conversation_id")

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    debtor_id: Mapped[UUID] = mapped_column(index=True)
    conversation_id: Mapped[UUID | None]
    window: Mapped[int]


class AuditEntry(Base):
    """One link of the chain."""

    __tablename__ = "audit_entry"
    __table_args__ = (Unique("subject", "key"),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(36))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    adopted: Mapped[bool]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Base):
    """Where the chain ends; the one row of its table."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
