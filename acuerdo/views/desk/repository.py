"""What the desk reads besides a debtor's file."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from acuerdo.calls.models import Call, CallState
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Conversation, Direction, Message, Note, Owner
from acuerdo.debts.models import Debtor
from acuerdo.staff.models import Staff
from acuerdo.views.desk.live_calls import LiveCall
from acuerdo.views.desk.queue import QueueEntry, glimpse, is_held_by
from acuerdo.views.desk.transcript import MediaView, MessageView, NoteView, media_of

_WAITING: Final = 200
_CALLS: Final = 200
_NOTES: Final = 200

_Listed = tuple[Conversation, str, str | None, str | None]


async def waiting_count(session: AsyncSession) -> int:
    """How many conversations wait for a person."""
    count = await session.scalar(
        select(func.count())
        .select_from(Conversation)
        .where(Conversation.waiting_since_at.is_not(None))
    )
    return count or 0


async def queue_entries(
    session: AsyncSession, staff_id: UUID, recent: int
) -> tuple[list[QueueEntry], list[QueueEntry]]:
    """The conversations that wait or are held, and those in which something happened last.

    The longest wait comes first, and what happened last. Three statements.
    """
    held = await session.execute(
        _listed()
        .where((Conversation.owner == Owner.AGENT) | Conversation.waiting_since_at.is_not(None))
        .order_by(
            Conversation.waiting_since_at.asc().nulls_last(),
            Conversation.last_activity_at.desc(),
        )
        .limit(_WAITING)
    )
    latest = await session.execute(
        _listed().order_by(Conversation.last_activity_at.desc()).limit(recent)
    )
    held_rows, latest_rows = held.all(), latest.all()
    last = await _last_messages(session, {row[0].id for row in (*held_rows, *latest_rows)})
    return (
        [_entry(row, last.get(row[0].id), staff_id) for row in held_rows],
        [_entry(row, last.get(row[0].id), staff_id) for row in latest_rows],
    )


def _listed() -> Select[Conversation, str, str | None, str | None]:
    """Conversations with their address, the person's name and the name of who holds them."""
    return (
        select(Conversation, ContactPoint.address, Debtor.name, Staff.name)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .outerjoin(Debtor, Debtor.id == Conversation.debtor_id)
        .outerjoin(Staff, Staff.id == Conversation.agent_id)
    )


def _entry(row: _Listed, last: Message | None, staff_id: UUID) -> QueueEntry:
    conversation, address, name, holder = row
    return QueueEntry(
        id=conversation.id,
        name=name,
        address=address,
        channel=conversation.channel,
        owner=conversation.owner,
        held_by=holder,
        is_mine=is_held_by(conversation.owner, conversation.agent_id, staff_id),
        waiting_since_at=conversation.waiting_since_at,
        reason=conversation.waiting_reason,
        outcome=conversation.outcome,
        last_author=None if last is None else last.author,
        last_text="" if last is None else glimpse(last.text),
        last_has_media=last is not None and bool(last.media),
        last_activity_at=conversation.last_activity_at,
        unanswered=last is not None and last.direction is Direction.IN,
    )


async def _last_messages(
    session: AsyncSession, conversation_ids: Collection[UUID]
) -> dict[UUID, Message]:
    """The last message of each of some conversations, whoever wrote it."""
    found = await session.scalars(
        select(Message)
        .where(Message.conversation_id.in_(conversation_ids))
        .ext(distinct_on(Message.conversation_id))
        .order_by(Message.conversation_id, Message.sequence.desc())
    )
    return {message.conversation_id: message for message in found}


async def conversation(
    session: AsyncSession, conversation_id: UUID
) -> tuple[Conversation, ContactPoint, Debtor | None, str | None] | None:
    """A conversation with its address, the debtor, and the name of who holds it."""
    found = await session.execute(
        select(Conversation, ContactPoint, Debtor, Staff.name)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .outerjoin(Debtor, Debtor.id == Conversation.debtor_id)
        .outerjoin(Staff, Staff.id == Conversation.agent_id)
        .where(Conversation.id == conversation_id)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


async def contact_points(
    session: AsyncSession, point_ids: Collection[UUID]
) -> Sequence[ContactPoint]:
    """Some contact points, as policy judges them."""
    found = await session.scalars(select(ContactPoint).where(ContactPoint.id.in_(point_ids)))
    return found.all()


async def messages(
    session: AsyncSession, conversation_id: UUID, limit: int
) -> Sequence[MessageView]:
    """The newest messages of a conversation, the oldest first."""
    original = aliased(Message)
    found = await session.execute(
        select(Message, Staff.name, original.text)
        .outerjoin(Staff, Staff.id == Message.agent_id)
        .outerjoin(original, original.id == Message.edits_id)
        .where(Message.conversation_id == conversation_id)
        .order_by(Message.sequence.desc())
        .limit(limit)
    )
    return [
        MessageView(
            id=message.id,
            at=message.at,
            author=message.author,
            author_name=author_name,
            text=message.text,
            chosen=message.choice is not None,
            buttons=tuple(button["title"] for button in message.buttons),
            media=media_of(message.media),
            state=message.state,
            problem=message.error_code,
            edited_from=edited_from,
            automatic=message.is_automatic,
        )
        for message, author_name, edited_from in reversed(found.all())
    ]


async def notes(session: AsyncSession, conversation_id: UUID) -> Sequence[NoteView]:
    """What agents noted about a conversation, the oldest first."""
    found = await session.execute(
        select(Note.id, Note.at, Staff.name, Note.text)
        .outerjoin(Staff, Staff.id == Note.author_id)
        .where(Note.conversation_id == conversation_id)
        .order_by(Note.at)
        .limit(_NOTES)
    )
    return [NoteView(*row) for row in found.all()]


async def media(session: AsyncSession, message_id: UUID) -> tuple[MediaView, ...]:
    """The files of a message; none where there is no such message."""
    stored = await session.scalar(select(Message.media).where(Message.id == message_id))
    return media_of(stored or [])


async def live_calls(session: AsyncSession) -> Sequence[LiveCall]:
    """The calls that go on, the longest first."""
    found = await session.execute(
        select(Call, ContactPoint.address, Debtor.name, Staff.name)
        .join(Conversation, Conversation.id == Call.conversation_id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .outerjoin(Debtor, Debtor.id == Conversation.debtor_id)
        .outerjoin(Staff, Staff.id == Call.agent_id)
        .where(Call.state != CallState.ENDED)
        .order_by(Call.started_at)
        .limit(_CALLS)
    )
    rows = found.all()
    last = await _last_messages(session, {call.conversation_id for call, *_ in rows})
    return [
        LiveCall(
            conversation_id=call.conversation_id,
            name=name,
            address=address,
            direction=call.direction,
            state=call.state,
            agent=agent,
            last_words=last[call.conversation_id].text if call.conversation_id in last else "",
            started_at=call.started_at,
        )
        for call, address, name, agent in rows
    ]
