"""How a conversation begins, passes from hand to hand and ends."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.conversations import repository
from acuerdo.conversations.models import (
    Conversation,
    Outcome,
    Owner,
    Turn,
    TurnState,
    WaitingReason,
)
from acuerdo.conversations.ports import EngineAnswer


async def continue_or_begin(
    session: AsyncSession,
    point: ContactPoint,
    *,
    now: datetime,
    idle: timedelta = timedelta.max,
    always_new: bool = False,
) -> Conversation:
    """The conversation that goes on with an address, or a new one; held by this transaction.

    One in which nothing was said for longer than `idle` is over, unless a person holds it;
    `always_new`: so is any other, as every call is a talk of its own.
    """
    going_on = await repository.open_conversation(session, point.id)
    if going_on is not None:
        stale = always_new or now - going_on.last_activity_at > idle
        if going_on.owner is Owner.AGENT or not stale:
            if point.state is not ContactState.WRONG_PERSON:
                # a portfolio may have told meanwhile whose address this is
                going_on.debtor_id = going_on.debtor_id or point.debtor_id
            return going_on
        end(going_on, now)
        await session.flush()
    conversation = Conversation(
        id=uuid4(),
        contact_point_id=point.id,
        debtor_id=None if point.state is ContactState.WRONG_PERSON else point.debtor_id,
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
