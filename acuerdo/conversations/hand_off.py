"""Who answers in a conversation: the assistant, a person, or nobody any more."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.law import Event
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.contact.service import Contact
from acuerdo.conversations import lifecycle, outcomes, repository
from acuerdo.conversations.jobs import deliver, follow_callback, reply_to
from acuerdo.conversations.message_limits import clean
from acuerdo.conversations.models import (
    Author,
    Conversation,
    MessageState,
    Note,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.turns import Turns
from acuerdo.debts.models import Debtor
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ConversationNotYours, SpokenOnly
from acuerdo.platform.jobs import Jobs
from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class AgreedCallback:
    """When somebody is contacted again; `moved` where another time was wanted."""

    at: datetime
    timezone: str
    moved: bool


@dataclass(frozen=True, slots=True)
class HandOff:
    """Use cases of passing a conversation on and of what a person does with it."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
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
            if reason is WaitingReason.LEGAL and conversation.debtor_id is not None:
                # a lawyer, an insolvency, a limitation: nobody begins a contact until one looked
                await self.contact.stop(
                    session, conversation.debtor_id, Event.REPRESENTED, source="conversation"
                )
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

    async def wrong_person(self, conversation_id: UUID) -> None:
        """This address does not belong to the debtor: never use it for them again."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            await self.contact.retire(
                session, conversation.contact_point_id, ContactState.WRONG_PERSON
            )
            outcomes.note(conversation, Outcome.WRONG_PERSON)
            lifecycle.expire_verification(conversation, self.clock.now())

    async def report_deceased(self, conversation_id: UUID) -> None:
        """Stop all contact about a person who is said to have died and pass the case on."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            if conversation.debtor_id is not None:
                debtor = await session.get_one(Debtor, conversation.debtor_id)
                debtor.deceased_reported_at = debtor.deceased_reported_at or self.clock.now()
            lifecycle.expire_verification(conversation, self.clock.now())
        await self.hand_over(conversation_id, WaitingReason.DECEASED, outcome=Outcome.DECEASED)

    async def schedule_callback(self, conversation_id: UUID, wanted: str) -> AgreedCallback:
        """Agree on a later contact at a local time (`YYYY-MM-DDTHH:MM`).

        Gives the agreed moment, moved into the permitted hours.
        """
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            point = await session.get_one(ContactPoint, conversation.contact_point_id)
            if point.state is ContactState.THIRD_PARTY:
                # who has the telephone told us when to find the person there
                point.state, point.state_since_at = ContactState.ACTIVE, self.clock.now()
            home = await locale_of(session, point.debtor_id, point.address)
            callback = await self.contact.schedule_callback(
                session,
                point,
                conversation.id,
                _local(wanted, home.timezone),
                home,
            )
            await self.jobs.enqueue(session, follow_callback(callback_id=callback.id))
            outcomes.note(conversation, Outcome.CALLBACK)
        agreed = callback.at.astimezone(ZoneInfo(home.timezone))
        moved = agreed.isoformat()[: len(wanted)] != wanted
        return AgreedCallback(callback.at, home.timezone, moved=moved)

    async def take(self, conversation_id: UUID, agent_id: UUID) -> None:
        """A person takes a conversation; ConversationNotYours where another one has it."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            taken = conversation.agent_id not in (None, agent_id)
            if conversation.owner is Owner.NOBODY or (conversation.owner is Owner.AGENT and taken):
                raise ConversationNotYours
            conversation.owner = Owner.AGENT
            conversation.agent_id = agent_id
            conversation.waiting_since_at = None
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
        """Leave a note for colleagues."""
        async with self.db.transaction() as session:
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
            conversation.owner = Owner.BOT
            conversation.agent_id = None
            lifecycle.clear_waiting(conversation)
            for message in await repository.unanswered(session, conversation_id):
                message.state = MessageState.READ
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
            conversation.outcome = outcome
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


def _local(wanted: str, zone: str) -> datetime:
    return datetime.fromisoformat(wanted).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
