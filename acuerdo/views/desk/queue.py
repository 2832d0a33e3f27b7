"""The lists of the desk. Pure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from acuerdo.conversations.models import Conversation, Direction, Message, Owner
from acuerdo.views.desk.views import Queue, QueueEntry

# A line in a list; the whole text is in the thread.
_GLIMPSE = 120


def is_held_by(conversation: Conversation, staff_id: UUID) -> bool:
    """Whether this person holds it."""
    return conversation.owner is Owner.AGENT and conversation.agent_id == staff_id


def entry(
    conversation: Conversation,
    *,
    name: str | None,
    address: str,
    held_by: str | None,
    last: Message | None,
    staff_id: UUID,
) -> QueueEntry:
    """A conversation as a line in a list."""
    return QueueEntry(
        id=conversation.id,
        name=name,
        address=address,
        channel=conversation.channel,
        owner=conversation.owner,
        held_by=held_by,
        is_mine=is_held_by(conversation, staff_id),
        waiting_since_at=conversation.waiting_since_at,
        reason=conversation.waiting_reason,
        outcome=conversation.outcome,
        last_author=None if last is None else last.author,
        last_text="" if last is None else " ".join(last.text.split())[:_GLIMPSE],
        last_has_media=last is not None and bool(last.media),
        last_activity_at=conversation.last_activity_at,
        unanswered=last is not None and last.direction is Direction.IN,
    )


def sorted_into_lists(
    held: Sequence[QueueEntry], recent: Sequence[QueueEntry], now: datetime
) -> Queue:
    """Each conversation in one list; what a person holds is theirs even when it also waits."""
    mine = [each for each in held if each.is_mine]
    others = [each for each in held if each.owner is Owner.AGENT and _is_with_a_colleague(each)]
    placed = {each.id for each in (*mine, *others)}
    waiting = [each for each in held if each.id not in placed]
    return Queue(
        waiting=tuple(waiting),
        mine=tuple(sorted(mine, key=_answer_first)),
        others=tuple(others),
        recent=tuple(recent),
        now=now,
    )


def _is_with_a_colleague(each: QueueEntry) -> bool:
    return each.held_by is not None and not each.is_mine


def _answer_first(each: QueueEntry) -> tuple[bool, float]:
    return (not each.unanswered, -each.last_activity_at.timestamp())
