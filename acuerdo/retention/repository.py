"""What is old enough to be deleted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.cases.models import Case
from acuerdo.conversations.models import Conversation, Message, Turn
from acuerdo.debts.models import CaseState
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.idempotency.models import AnsweredRequest
from acuerdo.portfolio.models import PortfolioImport

_HELD = Message.media.path_exists("$[*].file")


async def messages_with_files(
    session: AsyncSession, before: datetime, limit: int
) -> Sequence[Message]:
    """Messages of before a moment whose files are here, but for people with an open case."""
    open_cases = select(Case.debtor_id).where(
        Case.state == CaseState.OPEN, Case.debtor_id.is_not(None)
    )
    asked = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.at < before, _HELD)
        .where(Conversation.debtor_id.is_(None) | Conversation.debtor_id.not_in(open_cases))
        .order_by(Message.sequence)
        .limit(limit)
        .with_for_update(of=Message, skip_locked=True)
    )
    return (await session.scalars(asked)).all()


async def is_file_held(session: AsyncSession, name: str) -> bool:
    """Whether a message still shows a file: equal files are stored once."""
    asked = select(Message.id).where(Message.media.contains([{"file": name}])).limit(1)
    return await session.scalar(asked) is not None


async def messages_with_words(
    session: AsyncSession, before: datetime, limit: int
) -> Sequence[Message]:
    """Messages of before a moment whose words are here, in conversations that are over."""
    asked = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.at < before, Message.text != "", Conversation.closed_at.is_not(None))
        .order_by(Message.sequence)
        .limit(limit)
        .with_for_update(of=Message, skip_locked=True)
    )
    return (await session.scalars(asked)).all()


async def forget_words_of_turns(session: AsyncSession, before: datetime) -> None:
    """Delete what was said in turns of before a moment: the messages' words a second time."""
    await session.execute(
        update(Turn)
        .where(Turn.finished_at < before, Turn.text.is_not(None), Turn.text != "")
        .values(text="")
    )


async def forget_bodies(session: AsyncSession, before: datetime, limit: int) -> int:
    """Delete the bodies of webhooks of before a moment that were dealt with, or that nobody could
    read and no job waits for; gives how many.

    But for those that an open case asks a person about.
    """
    over = or_(
        ExternalEvent.state == EventState.HANDLED,
        and_(ExternalEvent.state == EventState.UNREADABLE, ExternalEvent.job.is_(None)),
    )
    asked = select(Case.id).where(Case.subject_id == ExternalEvent.id, Case.state == CaseState.OPEN)
    return await _forget_bodies(session, and_(over, ~asked.exists()), before, limit)


async def forget_message_bodies(session: AsyncSession, before: datetime, limit: int) -> int:
    """Delete the bodies of webhooks of before a moment that were dealt with in the transaction that
    stored them, as those of messages and calls are; gives how many."""
    at_once = and_(ExternalEvent.state == EventState.HANDLED, ExternalEvent.job.is_(None))
    return await _forget_bodies(session, at_once, before, limit)


async def _forget_bodies(
    session: AsyncSession, which: ColumnElement[bool], before: datetime, limit: int
) -> int:
    old = (
        select(ExternalEvent.id)
        .where(which, ExternalEvent.received_at < before, ExternalEvent.body != "")
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    emptied = await session.execute(
        update(ExternalEvent)
        .where(ExternalEvent.id.in_(old))
        .values(body="")
        .returning(ExternalEvent.id)
    )
    return len(emptied.all())


async def forget_answered_requests(session: AsyncSession, before: datetime, limit: int) -> int:
    """Delete requests with a key that began before a moment, with their answers; gives how many."""
    key = (AnsweredRequest.caller, AnsweredRequest.operation, AnsweredRequest.key)
    old = select(*key).where(AnsweredRequest.started_at < before).limit(limit)
    gone = await session.execute(
        delete(AnsweredRequest).where(tuple_(*key).in_(old)).returning(AnsweredRequest.key)
    )
    return len(gone.all())


async def forget_imports(session: AsyncSession, before: datetime, limit: int) -> int:
    """Delete imports that came to their end before a moment, with a file that was left; gives how
    many."""
    old = select(PortfolioImport.id).where(PortfolioImport.finished_at < before).limit(limit)
    gone = await session.execute(
        delete(PortfolioImport).where(PortfolioImport.id.in_(old)).returning(PortfolioImport.id)
    )
    return len(gone.all())
