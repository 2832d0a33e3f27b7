"""All questions asked about conversations, turns and messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.media_kinds import RECEIPT_KINDS
from acuerdo.conversations.media_quota import FilesSent
from acuerdo.conversations.message_states import before
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Direction,
    Message,
    MessageState,
    Owner,
    Turn,
    TurnState,
)
from acuerdo.debts.models import Debtor
from acuerdo.values.channels import Channel


async def add_inbound(session: AsyncSession, **values: Any) -> UUID | None:
    """Store a message of a person; None where it was stored before."""
    added = await session.execute(
        insert(Message)
        .values(id=uuid4(), direction=Direction.IN, author=Author.DEBTOR, buttons=[], **values)
        .on_conflict_do_nothing(index_elements=["channel", "direction", "provider_id"])
        .returning(Message.id)
    )
    return added.scalar()


async def open_conversation(session: AsyncSession, contact_point_id: UUID) -> Conversation | None:
    """The conversation with an address that is going on, held until the transaction ends."""
    return await session.scalar(
        select(Conversation)
        .where(
            Conversation.contact_point_id == contact_point_id, Conversation.owner != Owner.NOBODY
        )
        .with_for_update()
    )


async def latest_conversation(session: AsyncSession, contact_point_id: UUID) -> Conversation | None:
    """The last conversation with an address, open or closed."""
    return await session.scalar(
        select(Conversation)
        .where(Conversation.contact_point_id == contact_point_id)
        .order_by(Conversation.started_at.desc())
        .limit(1)
    )


async def lock_conversation(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """One conversation, held until the transaction ends."""
    return await session.get_one(Conversation, conversation_id, with_for_update=True)


async def with_address(
    session: AsyncSession, conversation_id: UUID
) -> tuple[Conversation, ContactPoint]:
    """One conversation and its address, in one statement."""
    found = await session.execute(
        select(Conversation, ContactPoint)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(Conversation.id == conversation_id)
    )
    conversation, point = found.one()
    return conversation, point


async def lock_with_address(
    session: AsyncSession, conversation_id: UUID
) -> tuple[Conversation, ContactPoint]:
    """One conversation and its address, both held until the transaction ends."""
    conversation = await lock_conversation(session, conversation_id)
    point = await session.get_one(ContactPoint, conversation.contact_point_id, with_for_update=True)
    return conversation, point


async def unanswered(session: AsyncSession, conversation_id: UUID) -> Sequence[Message]:
    """What the person wrote and nobody has taken up, in the order of the provider or of arrival."""
    found = await session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.IN,
            Message.turn_id.is_(None),
            Message.state == MessageState.RECEIVED,
        )
        .order_by(Message.provider_order.asc().nulls_last(), Message.sequence)
        .limit(50)
    )
    return found.all()


async def unfinished_turn(session: AsyncSession, conversation_id: UUID) -> Turn | None:
    """The turn that a former try left unfinished."""
    return await session.scalar(
        select(Turn).where(
            Turn.conversation_id == conversation_id,
            Turn.state.in_([TurnState.OPEN, TurnState.ANSWERED]),
        )
    )


async def finish_turn(session: AsyncSession, turn_id: UUID, at: datetime) -> None:
    """Note that all that a turn says was sent, or settled otherwise."""
    await session.execute(
        update(Turn).where(Turn.id == turn_id).values(state=TurnState.DELIVERED, finished_at=at)
    )


async def last_outbound(session: AsyncSession, conversation_id: UUID) -> Message | None:
    """The last thing we said in a conversation."""
    return await session.scalar(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.direction == Direction.OUT)
        .order_by(Message.sequence.desc())
        .limit(1)
    )


async def last_question(session: AsyncSession, conversation_id: UUID) -> Message | None:
    """The newest message of ours that can be answered; notices of the product ask nothing."""
    return await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.OUT,
            or_(Message.author != Author.SYSTEM, Message.buttons != []),
        )
        .order_by(Message.sequence.desc())
        .limit(1)
    )


async def recent_messages(
    session: AsyncSession, contact_point_id: UUID, limit: int
) -> Sequence[Message]:
    """What either side said last with an address, the newest first, in all conversations."""
    found = await session.scalars(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.contact_point_id == contact_point_id)
        .order_by(Message.sequence.desc())
        .limit(limit)
    )
    return found.all()


async def inbound_by_name(
    session: AsyncSession, contact_point_id: UUID, names: Sequence[str]
) -> Message | None:
    """A message of a person at an address by the provider's id or name for it, held."""
    return await session.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.contact_point_id == contact_point_id,
            Message.direction == Direction.IN,
            or_(Message.provider_name.in_(names), Message.provider_id.in_(names)),
        )
        .order_by(Message.sequence.desc())
        .limit(1)
        .with_for_update(of=Message)
    )


async def latest_turn(session: AsyncSession, conversation_id: UUID) -> Turn | None:
    """The turn that was begun last in a conversation."""
    return await session.scalar(
        select(Turn)
        .where(Turn.conversation_id == conversation_id)
        .order_by(Turn.opened_at.desc(), Turn.id.desc())
        .limit(1)
    )


async def receipt_since(session: AsyncSession, conversation_id: UUID, since: datetime) -> bool:
    """Whether the person sent a file that can be a proof of payment since a moment."""
    kinds = [[{"kind": kind}] for kind in sorted(RECEIPT_KINDS)]
    found = await session.scalar(
        select(Message.id)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == Direction.IN,
            Message.at >= since,
            or_(*(Message.media.contains(kind) for kind in kinds)),
        )
        .limit(1)
    )
    return found is not None


async def outbound_by_provider_id(
    session: AsyncSession, channel: Channel, provider_id: str
) -> Message | None:
    """A message of ours by the provider's name for it, held until the transaction ends."""
    return await session.scalar(
        select(Message)
        .where(
            Message.channel == channel,
            Message.direction == Direction.OUT,
            Message.provider_id == provider_id,
        )
        .with_for_update()
    )


async def outbound_by_id(session: AsyncSession, message_id: UUID) -> Message | None:
    """A message of ours, held until the transaction ends."""
    return await session.scalar(
        select(Message)
        .where(Message.id == message_id, Message.direction == Direction.OUT)
        .with_for_update()
    )


async def outbound_to_send(
    session: AsyncSession, message_id: UUID
) -> tuple[Message, Conversation, ContactPoint, Debtor | None] | None:
    """A message of ours, held until the transaction ends, with its conversation, where it goes and
    whose that is."""
    found = await session.execute(
        select(Message, Conversation, ContactPoint, Debtor)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .outerjoin(Debtor, Debtor.id == _person_reached())
        .where(Message.id == message_id, Message.direction == Direction.OUT)
        .with_for_update(of=Message)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


async def is_followed(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether a conversation is over and another has begun at its address."""
    if conversation.closed_at is None:
        return False
    later = await session.scalar(
        select(Conversation.id)
        .where(
            Conversation.contact_point_id == conversation.contact_point_id,
            Conversation.id != conversation.id,
            Conversation.started_at >= conversation.closed_at,
        )
        .limit(1)
    )
    return later is not None


def _person_reached() -> ColumnElement[UUID | None]:
    """Who is reached in a conversation: the owner of its address, or who has proven to be there."""
    proven = case((Conversation.verified_until_at.is_not(None), Conversation.debtor_id), else_=None)
    return func.coalesce(ContactPoint.debtor_id, proven)


async def advance(
    session: AsyncSession, message_id: UUID, state: MessageState, **values: Any
) -> None:
    """Move a message of ours forward, where the news is news, and note `values` with it."""
    moved = case((Message.state.in_(before(state)), state), else_=Message.state)
    await session.execute(
        update(Message).where(Message.id == message_id).values(state=moved, **values)
    )


async def advance_by_provider_id(
    session: AsyncSession,
    channel: Channel,
    provider_id: str,
    state: MessageState,
    *,
    storing: Insert,
) -> UUID | None:
    """Store the news and move a message of ours forward by the provider's name for it, at once.

    Gives its conversation; None where there is no such message, or where this is no news.
    """
    moved = await session.execute(
        update(Message)
        .where(
            Message.channel == channel,
            Message.direction == Direction.OUT,
            Message.provider_id == provider_id,
            Message.state.in_(before(state)),
        )
        .values(state=state)
        .returning(Message.conversation_id)
        .add_cte(storing.cte("stored"))
    )
    return moved.scalar()


async def settle_spoken(
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


async def outbound_of_turn(session: AsyncSession, turn_id: UUID) -> Sequence[Message]:
    """What we say in a turn, in order."""
    found = await session.scalars(
        select(Message)
        .where(Message.turn_id == turn_id, Message.direction == Direction.OUT)
        .order_by(Message.sequence)
        .limit(20)
    )
    return found.all()


async def inbound_of_turn(session: AsyncSession, turn_id: UUID) -> Sequence[Message]:
    """What the person said in a turn."""
    found = await session.scalars(
        select(Message)
        .where(Message.turn_id == turn_id, Message.direction == Direction.IN)
        .limit(50)
    )
    return found.all()


async def undelivered_of_turns(session: AsyncSession, conversation_id: UUID) -> Sequence[Message]:
    """What the last turns were to say and nobody has sent, or said to have sent, in order."""
    found = await session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.turn_id.is_not(None),
            Message.state.in_([MessageState.QUEUED, MessageState.SENDING]),
        )
        .order_by(Message.sequence)
        .limit(20)
    )
    return found.all()


async def provider_ids_since(
    session: AsyncSession, contact_point_id: UUID, since: datetime
) -> frozenset[str]:
    """The provider ids of what we are known to have sent to an address since a moment."""
    found = await session.scalars(
        select(Message.provider_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.contact_point_id == contact_point_id,
            Message.direction == Direction.OUT,
            Message.provider_id.is_not(None),
            Message.at >= since,
        )
        .limit(1000)
    )
    return frozenset(known for known in found.all() if known is not None)


async def files_of_sender(
    session: AsyncSession, conversation_id: UUID, since: datetime
) -> FilesSent:
    """The files fetched since a moment of whoever a conversation is with, over all their talks."""
    sender = select(Conversation.contact_point_id).where(Conversation.id == conversation_id)
    found = await session.scalars(
        select(Message.media)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.contact_point_id == sender.scalar_subquery(),
            Message.direction == Direction.IN,
            Message.at >= since,
            func.jsonb_array_length(Message.media) > 0,
        )
        .limit(1000)
    )
    fetched = [each for media in found.all() for each in media if each.get("file")]
    return FilesSent(len(fetched), sum(int(each.get("bytes") or 0) for each in fetched))
