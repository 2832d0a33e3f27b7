"""Rows of requests that named themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.platform.db.base import Base


class AnsweredRequest(Base):
    """A request with an Idempotency-Key, and how it was answered; no answer yet while it is done.

    `fingerprint` is a hash of what was asked, `operation` the name of the call.
    """

    __tablename__ = "answered_request"

    caller: Mapped[str] = mapped_column(String(80), primary_key=True)
    operation: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[bytes]
    status: Mapped[int | None]
    answer: Mapped[dict[str, Any] | None]
    started_at: Mapped[datetime]
