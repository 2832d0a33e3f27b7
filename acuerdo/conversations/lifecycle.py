"""How a conversation begins, passes from hand to hand and ends."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import points
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations import repository
from acuerdo.conversations.models import (
    Conversation,
    Outcome,
    Owner,
    Turn,
    TurnState,
    WaitingReason,
)
from acuerdo.conversations.person import is_for_another
from acuerdo.conversations.ports import EngineAnswer


async def continue_or_begin(
    session: AsyncSession,
    point: ContactPoint,
    *,
    now: datetime,
    idle: timedelta = timedelta.max,
    always_new: bool = False,
    caller_unknown: bool = False,
    another_person: bool = False,
) -> Conversation:
    """The conversation that goes on with an address, or a new one; held by this transaction.

    One in which nothing was said for longer than `idle` is over, unless a person of ours holds it;
    `always_new`: so is any other, as every call is a talk of its own. Once the address belongs to
    somebody else, or `another_person` writes from it, the talk and its proof are over in any case;
    who held it goes on with the new one. `caller_unknown`: who speaks has shown a number and
    nothing else, which anybody can.
    """
    going_on = await repository.open_conversation(session, point.id)
    if going_on is None:
        conversation = await _begin(session, point, now, caller_unknown=caller_unknown)
        if another_person:
            flag(conversation, WaitingReason.ANOTHER_PERSON, now)
        return conversation
    for_another = another_person or is_for_another(going_on, point)
    # who was proven, or expected, in a call before is not who shows their number now
    for_another = for_another or (caller_unknown and going_on.debtor_id is not None)
    stale = always_new or now - going_on.last_activity_at > idle
    if not for_another and (going_on.owner is Owner.AGENT or not stale):
        return going_on
    held_by, was_held = going_on.agent_id, going_on.owner is Owner.AGENT
    was_known = another_person or (
        is_for_another(going_on, point) and going_on.address_owner_id is not None
    )
    waiting = going_on.waiting_since_at, going_on.waiting_reason
    end(going_on, now)
    await session.flush()
    conversation = await _begin(session, point, now, caller_unknown=caller_unknown)
    if for_another and was_held:
        conversation.owner, conversation.agent_id = Owner.AGENT, held_by
        conversation.waiting_since_at, conversation.waiting_reason = waiting
    if for_another and was_known:
        flag(conversation, WaitingReason.ANOTHER_PERSON, now)
    return conversation


async def _begin(
    session: AsyncSession, point: ContactPoint, now: datetime, *, caller_unknown: bool
) -> Conversation:
    conversation = Conversation(
        id=uuid4(),
        contact_point_id=point.id,
        debtor_id=None if caller_unknown else points.owner_of(point),
        address_owner_id=point.debtor_id,
        channel=point.channel,
        owner=Owner.BOT,
        agent_id=None,
        verified_until_at=None,
        verified_at=None,
        outcome=Outcome.NO_OUTCOME,
        waiting_since_at=None,
        waiting_reason=None,
        started_at=now,
        last_activity_at=now,
        closed_at=None,
    )
    session.add(conversation)
    await session.flush()
    return conversation


def proven(
    conversation: Conversation, point: ContactPoint, debtor_id: UUID, now: datetime, until: datetime
) -> None:
    """The person of a conversation has proven who they are, at an address as it is now."""
    conversation.debtor_id, conversation.address_owner_id = debtor_id, point.debtor_id
    conversation.verified_at, conversation.verified_until_at = now, until


def flag(conversation: Conversation, reason: WaitingReason, now: datetime) -> None:
    """Show it to the agents while whoever answers goes on answering; the first reason stays."""
    if conversation.owner is not Owner.NOBODY and conversation.waiting_since_at is None:
        conversation.waiting_since_at = now
        conversation.waiting_reason = reason


def queue_for_people(conversation: Conversation, reason: WaitingReason, now: datetime) -> None:
    """From now on the assistant is silent; who was waiting before keeps their place."""
    conversation.owner = Owner.AGENT
    conversation.waiting_since_at = conversation.waiting_since_at or now
    conversation.waiting_reason = reason


def leave_with_people(conversation: Conversation) -> None:
    """Leave what waits for a person to the agents alone: nobody else answers there any more."""
    conversation.owner = Owner.AGENT


def take(conversation: Conversation, agent_id: UUID) -> None:
    """Put a conversation into a person's hands; nobody waits in it any more."""
    conversation.owner, conversation.agent_id = Owner.AGENT, agent_id
    conversation.waiting_since_at = None


def hand_back(conversation: Conversation) -> None:
    """Give a conversation back to the assistant."""
    conversation.owner, conversation.agent_id = Owner.BOT, None
    clear_waiting(conversation)


def turn_answered(turn: Turn, answer: EngineAnswer) -> None:
    """Keep how a turn was understood; what it says is still to be delivered."""
    turn.state = TurnState.ANSWERED
    turn.understood_as, turn.confidence = answer.intent, answer.confidence


def turn_delivered(turn: Turn, now: datetime) -> None:
    """Finish a turn: all that it says was said, or settled otherwise."""
    turn.state, turn.finished_at = TurnState.DELIVERED, now


def turn_given_up(turn: Turn, now: datetime) -> None:
    """Finish a turn that the engine will not answer."""
    turn.state, turn.finished_at = TurnState.GIVEN_UP, now


def clear_waiting(conversation: Conversation) -> None:
    """Nobody has to look at it any more."""
    conversation.waiting_since_at = None
    conversation.waiting_reason = None


def expire_verification(conversation: Conversation, now: datetime) -> None:
    """What was proven counts no more; it is kept when, so that all of it is asked again."""
    until = conversation.verified_until_at
    if until is not None:
        conversation.verified_until_at = min(until, now)


def end(conversation: Conversation, now: datetime) -> None:
    """Nobody answers any more; what was proven counts no more."""
    conversation.owner = Owner.NOBODY
    conversation.closed_at = now
    clear_waiting(conversation)
    conversation.verified_until_at = None
