"""The lists of the desk. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from acuerdo.conversations.models import Author, Outcome, Owner, WaitingReason
from acuerdo.values.channels import Channel

# A line in a list; the whole text is in the transcript.
_GLIMPSE: Final = 120


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One conversation in a list.

    `name` is None for people we do not know. `unanswered`: the person spoke last.
    """

    id: UUID
    name: str | None
    address: str
    channel: Channel
    owner: Owner
    held_by: str | None
    is_mine: bool
    waiting_since_at: datetime | None
    reason: WaitingReason | None
    outcome: Outcome
    last_author: Author | None
    last_text: str
    last_has_media: bool
    last_activity_at: datetime
    unanswered: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The lists of the desk: the longest wait first, then by what happened last."""

    waiting: tuple[QueueEntry, ...]
    mine: tuple[QueueEntry, ...]
    others: tuple[QueueEntry, ...]
    recent: tuple[QueueEntry, ...]
    now: datetime


def is_held_by(owner: Owner, agent_id: UUID | None, staff_id: UUID) -> bool:
    """Whether a conversation is held by this person of the desk."""
    return owner is Owner.AGENT and agent_id == staff_id


def glimpse(text: str) -> str:
    """The beginning of a text in one line."""
    return " ".join(text.split())[:_GLIMPSE]


def sorted_into_lists(
    held: Sequence[QueueEntry], recent: Sequence[QueueEntry], now: datetime
) -> Queue:
    """Each conversation in one list; what a person holds is theirs even when it also waits."""
    mine = [each for each in held if each.is_mine]
    others = [each for each in held if each.owner is Owner.AGENT and _is_with_a_colleague(each)]
    known = {each.id for each in held}
    placed = {each.id for each in (*mine, *others)}
    return Queue(
        waiting=tuple(each for each in held if each.id not in placed),
        mine=tuple(sorted(mine, key=_answer_first)),
        others=tuple(others),
        recent=tuple(each for each in recent if each.id not in known),
        now=now,
    )


def _is_with_a_colleague(each: QueueEntry) -> bool:
    return each.held_by is not None and not each.is_mine


def _answer_first(each: QueueEntry) -> tuple[bool, float]:
    return (not each.unanswered, -each.last_activity_at.timestamp())
