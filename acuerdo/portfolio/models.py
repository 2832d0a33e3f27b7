"""Rows of taking portfolios over."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named


class ImportState(StrEnum):
    """How far an import has come; the last three are its end.

    REJECTED: nothing of it was taken. FAILED: a mistake of ours stopped it where it was.
    """

    RECEIVED = "received"
    RUNNING = "running"
    DONE = "done"
    REJECTED = "rejected"
    FAILED = "failed"


class PortfolioImport(Identified, Base):
    """One file that was given to us, and how far it has been taken over.

    `content` is the file, readable only with our keys, until the import has ended. `taken` of
    `total` debtors that fit have been dealt with; `report` holds counts and errors so far;
    `problem` is the code of why nothing could be taken.
    """

    __tablename__ = "portfolio_import"

    caller: Mapped[str] = mapped_column(String(80))
    state: Mapped[ImportState] = mapped_column(Named(ImportState))
    problem: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[bytes | None]
    taken: Mapped[int]
    total: Mapped[int]
    report: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
