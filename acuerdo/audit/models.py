"""The chain's rows, and what makes a row a part of the ledger.

No foreign keys: the head is locked last of all, and nothing may be locked after it.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, SmallInteger, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.platform.db.base import Base


class Audited:
    """A row that is sealed when it is recorded; `mutable` names the columns that may change."""

    mutable: ClassVar[frozenset[str]] = frozenset()


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
