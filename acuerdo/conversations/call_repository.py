"""All questions asked about calls."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import Purpose
from acuerdo.conversations.models import (
    Author,
    Call,
    Conversation,
    Direction,
    Message,
    MessageState,
)
from acuerdo.errors import NotFound


async def call_of(session: AsyncSession, provider_id: str) -> Call | None:
    """The call that the provider knows by this name."""
    return await session.scalar(select(Call).where(Call.provider_id == provider_id))


async def add_call(session: AsyncSession, *, id: UUID | None = None, **values: Any) -> UUID:  # noqa: A002
    """A new call."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("result", "provider_id", "purpose", "answered_by", "agent_id", "retry_of")
    )
    nothing |= {"answered_at": None, "ended_at": None, "memory": {}}
    call = Call(id=id or uuid4(), **(nothing | values))
    session.add(call)
    await session.flush()
    return call.id


async def lock_call(session: AsyncSession, call_id: UUID) -> Call:
    """One call, held until the transaction ends; NotFound where there is none."""
    call = await session.get(Call, call_id, with_for_update=True)
    if call is None:
        raise NotFound
    return call


def add_spoken(session: AsyncSession, conversation: Conversation, text: str, at: datetime) -> None:
    """Keep what the voice door said of its own accord, for the transcript."""
    session.add(
        Message(
            id=uuid4(),
            conversation_id=conversation.id,
            turn_id=None,
            channel=conversation.channel,
            direction=Direction.OUT,
            author=Author.SYSTEM,
            agent_id=None,
            provider_id=None,
            text=text,
            choice=None,
            provider_order=None,
            reply_to_provider_id=None,
            buttons=[],
            media=[],
            state=MessageState.SENT,
            error_code=None,
            purpose=Purpose.REPLY.value,
            at=at,
            sent_at=at,
        )
    )


async def mark_messages(
    session: AsyncSession,
    turn_id: UUID,
    state: MessageState,
    at: datetime,
    *,
    error_code: str | None = None,
) -> None:
    """Settle what we say in a turn of a call: spoken, or not heard any more."""
    await session.execute(
        update(Message)
        .where(
            Message.turn_id == turn_id,
            Message.direction == Direction.OUT,
            Message.state == MessageState.QUEUED,
        )
        .values(state=state, sent_at=at, error_code=error_code)
    )
