"""Who answers in a conversation: the assistant, a person, or nobody any more."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import Purpose
from acuerdo.conversations import lifecycle, message_states, outcomes, repository
from acuerdo.conversations.jobs import deliver, reply_to
from acuerdo.conversations.message_limits import clean
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Note,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.turns import Turns
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ConversationNotYours, SpokenOnly
from acuerdo.platform.jobs import Jobs
from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class HandOff:
    """Use cases of passing a conversation on and of what a person does with it."""

    db: Database
    clock: Clock
    jobs: Jobs
    outbox: Outbox
    turns: Turns

    async def hand_over(
        self,
        conversation_id: UUID,
        reason: WaitingReason,
        *,
        outcome: Outcome = Outcome.HANDOFF,
    ) -> None:
        """Put a conversation in the agents' queue; from now on the assistant is silent."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            outcomes.note(conversation, outcome)
            if conversation.owner is Owner.BOT:
                lifecycle.queue_for_people(conversation, reason, self.clock.now())
            announce(session, conversation_id)

    async def flag(self, conversation_id: UUID, reason: WaitingReason) -> None:
        """Show a conversation to the agents while the assistant goes on answering."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            lifecycle.flag(conversation, reason, self.clock.now())

    async def record_outcome(self, conversation_id: UUID, outcome: Outcome) -> None:
        """Note what came of a conversation; the strongest result stays."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            outcomes.note(conversation, outcome)

    async def take(self, conversation_id: UUID, agent_id: UUID) -> None:
        """A person takes a conversation; ConversationNotYours where another one has it."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            taken = conversation.agent_id not in (None, agent_id)
            if conversation.owner is Owner.NOBODY or (conversation.owner is Owner.AGENT and taken):
                raise ConversationNotYours
            lifecycle.take(conversation, agent_id)
            announce(session, conversation_id)

    async def say(self, conversation_id: UUID, agent_id: UUID, text: str) -> None:
        """Write to the debtor as the person who holds the conversation; SpokenOnly in a call."""
        async with self.db.transaction() as session:
            conversation = await self._held(session, conversation_id, agent_id)
            _is_written(conversation)
            for message_id in self.outbox.add(
                session,
                conversation,
                clean(text),
                author=Author.AGENT,
                purpose=Purpose.AGENT_REPLY,
                agent_id=agent_id,
            ):
                await self.jobs.enqueue(
                    session, deliver(message_id=message_id), lock=conversation.id
                )
            announce(session, conversation_id)

    async def note(self, conversation_id: UUID, agent_id: UUID, text: str) -> None:
        """Leave a note for colleagues; NoResultFound where there is no such conversation."""
        async with self.db.transaction() as session:
            await session.get_one(Conversation, conversation_id)
            session.add(
                Note(
                    conversation_id=conversation_id,
                    author_id=agent_id,
                    text=clean(text),
                    at=self.clock.now(),
                )
            )
            announce(session, conversation_id)

    async def hand_back(self, conversation_id: UUID, agent_id: UUID) -> None:
        """Give a conversation back to the assistant, which says so; SpokenOnly in a call."""
        async with self.db.transaction() as session:
            conversation = await self._held(session, conversation_id, agent_id)
            _is_written(conversation)
            lifecycle.hand_back(conversation)
            for message in await repository.unanswered(session, conversation_id):
                message_states.read(message)
            turn = await repository.unfinished_turn(session, conversation_id)
            if turn is None:
                self.turns.open_with_intent(session, conversation, "resume")
            await self.jobs.enqueue(
                session, reply_to(conversation_id=conversation.id), lock=conversation.id
            )
            announce(session, conversation_id)

    async def close(self, conversation_id: UUID, agent_id: UUID, outcome: Outcome) -> None:
        """End a conversation with the one outcome the person chose."""
        async with self.db.transaction() as session:
            conversation = await self._held(session, conversation_id, agent_id)
            outcomes.choose(conversation, outcome)
            lifecycle.end(conversation, self.clock.now())
            announce(session, conversation_id)

    @staticmethod
    async def _held(session: AsyncSession, conversation_id: UUID, agent_id: UUID) -> Conversation:
        conversation = await repository.lock_conversation(session, conversation_id)
        if conversation.owner is not Owner.AGENT or conversation.agent_id != agent_id:
            raise ConversationNotYours
        return conversation


def _is_written(conversation: Conversation) -> None:
    if conversation.channel is Channel.VOICE:
        raise SpokenOnly
