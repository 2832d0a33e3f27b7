"""Rows of contacts that begin with us."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.contact.models import Purpose
from acuerdo.outreach.occasions import Occasion
from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.values.channels import Channel


class PlannedState(StrEnum):
    """Where a planned contact stands; the last three are its end."""

    PENDING = "pending"
    STARTED = "started"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


class PlannedContact(Identified, Base):
    """A contact to come, planned once for its `occasion`, judged when its moment has come.

    `subject_id`: the promise, instalment or callback it is about; `tried`: the ids of the
    addresses at which it failed; `reason`: why it was refused or is not needed any more.
    """

    __tablename__ = "planned_contact"

    occasion: Mapped[str] = mapped_column(String(96), unique=True)
    kind: Mapped[Occasion] = mapped_column(Named(Occasion))
    subject_id: Mapped[UUID | None]
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_id: Mapped[UUID | None]
    channel: Mapped[Channel] = mapped_column(Named(Channel))
    purpose: Mapped[Purpose] = mapped_column(Named(Purpose))
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[PlannedState] = mapped_column(Named(PlannedState))
    reason: Mapped[str | None] = mapped_column(String(64))
    conversation_id: Mapped[UUID | None]
    turn_id: Mapped[UUID | None]
    tried: Mapped[list[Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
