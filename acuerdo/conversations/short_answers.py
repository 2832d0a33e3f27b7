"""What the product answers itself, without the engine: to machines, and to what nobody can read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import Purpose
from acuerdo.conversations import lifecycle, machines
from acuerdo.conversations.jobs import deliver
from acuerdo.conversations.models import Author, Conversation, Message, Owner, WaitingReason
from acuerdo.conversations.notices import notice
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.recent import is_same_notice_again, lines
from acuerdo.platform.clock import Clock
from acuerdo.platform.jobs import Jobs


@dataclass(frozen=True, slots=True)
class ShortAnswers:
    """Answers at once, in the transaction that takes a message in; never twice in a row."""

    clock: Clock
    jobs: Jobs
    outbox: Outbox

    async def to_machine(
        self, session: AsyncSession, conversation: Conversation, before: Sequence[Message]
    ) -> None:
        """Show it to the agents, and answer a machine that has had no answer yet."""
        lifecycle.flag(conversation, WaitingReason.AUTOMATIC_ANSWERS, self.clock.now())
        if not machines.is_answered_already(lines(before)):
            await self.say(session, conversation, before, "automatic_answer")

    async def to_unreadable(
        self,
        session: AsyncSession,
        conversation: Conversation,
        before: Sequence[Message],
        *,
        is_spoken: bool,
    ) -> None:
        """Ask for words or a photo; what was spoken is for a person of ours to listen to."""
        if is_spoken:
            lifecycle.flag(conversation, WaitingReason.NOT_UNDERSTOOD, self.clock.now())
        await self.say(session, conversation, before, "unreadable")

    async def say(
        self,
        session: AsyncSession,
        conversation: Conversation,
        before: Sequence[Message],
        key: str,
    ) -> None:
        """Queue a notice where the assistant answers and has not just said the same."""
        if conversation.owner is not Owner.BOT or is_same_notice_again(before, notice(key)):
            return
        for message_id in self.outbox.add(
            session, conversation, notice(key), author=Author.SYSTEM, purpose=Purpose.REPLY
        ):
            await self.jobs.enqueue(session, deliver(message_id=message_id), lock=conversation.id)
