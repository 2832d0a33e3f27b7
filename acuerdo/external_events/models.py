"""Rows of what providers told us."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named


class EventState(StrEnum):
    """What became of a webhook: waits for its job, was dealt with, said nothing, or broke on us."""

    RECEIVED = "received"
    HANDLED = "handled"
    UNREADABLE = "unreadable"
    FAILED = "failed"


class ExternalEvent(Identified, Base):
    """One webhook, once, however often it was sent; its body is personal and never logged.

    `reason` is a short code: why nothing more followed from it. `job` handles it, and can handle it
    again; an event without one was handled in the transaction that stored it.
    """

    __tablename__ = "external_event"
    __table_args__ = (
        UniqueConstraint("source", "event_id"),
        Index(
            "ix_external_event_unhandled",
            "received_at",
            postgresql_where=text("state <> 'handled'"),
        ),
    )

    source: Mapped[str] = mapped_column(String(32))
    event_id: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[EventState] = mapped_column(Named(EventState))
    reason: Mapped[str | None] = mapped_column(String(64))
    job: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
