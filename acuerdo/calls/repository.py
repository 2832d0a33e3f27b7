"""All questions asked about calls and softphones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls.models import AgentLine, Call, CallState, CallTurn
from acuerdo.contact.models import Purpose
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Direction,
    Message,
    MessageState,
    Turn,
    TurnState,
)
from acuerdo.platform.errors import NotFound


async def call_of(session: AsyncSession, provider_id: str) -> Call | None:
    """The call that the provider knows by this name."""
    return await session.scalar(select(Call).where(Call.provider_id == provider_id))


async def add_call(session: AsyncSession, call_id: UUID, **values: Any) -> UUID:
    """A new call."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("result", "provider_id", "purpose", "answered_by", "agent_id", "recording", "retry_of")
    )
    nothing |= {"answered_at": None, "ended_at": None, "memory": {}}
    call = Call(id=call_id, **(nothing | values))
    session.add(call)
    await session.flush()
    return call.id


async def lock_call(session: AsyncSession, call_id: UUID) -> Call:
    """One call, held until the transaction ends; NotFound where there is none."""
    call = await session.get(Call, call_id, with_for_update=True)
    if call is None:
        raise NotFound
    return call


async def next_number(session: AsyncSession, call_id: UUID) -> int:
    """One more than the highest number of what was heard in a call; 0 where nothing was."""
    last = await session.scalar(
        select(func.max(CallTurn.number)).where(CallTurn.call_id == call_id)
    )
    return 0 if last is None else last + 1


async def newest_turns(session: AsyncSession, call_id: UUID) -> Sequence[CallTurn]:
    """The last things heard in a call, the newest first."""
    found = await session.scalars(
        select(CallTurn)
        .where(CallTurn.call_id == call_id)
        .order_by(CallTurn.number.desc())
        .limit(3)
    )
    return found.all()


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
            call_cue=None,
            media=[],
            state=MessageState.SENT,
            error_code=None,
            purpose=Purpose.REPLY.value,
            at=at,
            sent_at=at,
        )
    )


async def is_call(session: AsyncSession, call_id: UUID) -> bool:
    """Whether there is such a call."""
    return await session.get(Call, call_id) is not None


async def call_by_id(session: AsyncSession, call_id: UUID) -> Call:
    """One call as it stands; NotFound where there is none."""
    call = await session.get(Call, call_id)
    if call is None:
        raise NotFound
    return call


async def has_turn(session: AsyncSession, call_id: UUID) -> bool:
    """Whether anything was heard in a call."""
    found = await session.scalar(
        select(CallTurn.number).where(CallTurn.call_id == call_id).limit(1)
    )
    return found is not None


async def has_heard(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether the engine has answered somebody in a conversation."""
    found = await session.scalar(
        select(Turn.id)
        .where(Turn.conversation_id == conversation_id, Turn.state == TurnState.DELIVERED)
        .offset(1)
        .limit(1)
    )
    return found is not None


async def calls_in_chain(session: AsyncSession, call_id: UUID) -> Sequence[UUID]:
    """A call with those that it repeats, the newest first; never many."""
    chain: list[UUID] = []
    following: UUID | None = call_id
    while following is not None and len(chain) < 10:
        chain.append(following)
        following = await session.scalar(select(Call.retry_of).where(Call.id == following))
    return chain


async def free_lines(session: AsyncSession, since: datetime) -> Sequence[UUID]:
    """The agents whose softphone was heard of lately and who are on no call."""
    busy = select(Call.agent_id).where(
        Call.state == CallState.WITH_AGENT, Call.agent_id.is_not(None)
    )
    found = await session.scalars(
        select(AgentLine.staff_id)
        .where(AgentLine.heard_at >= since, AgentLine.staff_id.not_in(busy))
        .order_by(AgentLine.heard_at)
        .limit(10)
    )
    return found.all()
