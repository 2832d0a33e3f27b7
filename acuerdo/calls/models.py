"""Rows of calls: one for each call, one for each thing heard in it, the agents' softphones."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named


class CallDirection(StrEnum):
    """Who dialled."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class CallState(StrEnum):
    """How far a call has come; it only moves forward."""

    DIALLING = "dialling"
    IN_PROGRESS = "in_progress"
    WITH_AGENT = "with_agent"
    ENDED = "ended"


class CallResult(StrEnum):
    """How a call ended."""

    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    CANCELED = "canceled"
    VOICEMAIL = "voicemail"


class Call(Identified, Base):
    """One telephone call; what was said in it are the messages of its conversation.

    `id` is also the `message_id` of the attempt that allowed or refused it. `memory` is what it
    remembers between two turns, as `call_memory` reads and writes it.
    `answered_by` is the provider's word for who picked up. `retry_of` is the call that it repeats.
    """

    __tablename__ = "call"
    __table_args__ = (Index("uq_call_provider", "provider_id", unique=True),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    direction: Mapped[CallDirection] = mapped_column(Named(CallDirection))
    state: Mapped[CallState] = mapped_column(Named(CallState))
    result: Mapped[CallResult | None] = mapped_column(Named(CallResult))
    provider_id: Mapped[str | None] = mapped_column(String(160))
    purpose: Mapped[str | None] = mapped_column(String(32))
    answered_by: Mapped[str | None] = mapped_column(String(32))
    memory: Mapped[dict[str, Any]] = mapped_column(JSONB)
    agent_id: Mapped[UUID | None]
    recording: Mapped[str | None] = mapped_column(String(16))
    retry_of: Mapped[UUID | None]
    started_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class CallTurn(Base):
    """One thing heard in a call and what was said to it; the same request again gets the same.

    `turn_id` is the engine's turn, where it was asked; `answer` as `call_memory` has it.
    """

    __tablename__ = "call_turn"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn_id: Mapped[UUID | None] = mapped_column(ForeignKey("turn.id"))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    heard_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class AgentLine(Base):
    """The softphone of an agent, open when it was heard of last."""

    __tablename__ = "agent_line"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    heard_at: Mapped[datetime]
