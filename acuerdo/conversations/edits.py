"""What people change or take back after they have sent it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import repository as contacts
from acuerdo.conversations import message_states, repository
from acuerdo.conversations.jobs import reply_to
from acuerdo.conversations.models import Conversation, Message, MessageState, Owner
from acuerdo.conversations.opt_out_keywords import OptOutKeywords
from acuerdo.conversations.ports import InboundMessage
from acuerdo.conversations.recent import LOOKED_BACK
from acuerdo.conversations.short_answers import ShortAnswers
from acuerdo.conversations.storable import canonical_address
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.jobs import Jobs


@dataclass(frozen=True, slots=True)
class Edits:
    """Lets the newest text of a message count as long as its turn is the last one.

    Until then it is read anew and answered anew, so that nothing is recorded of the older text.
    Afterwards it changes nothing by itself: the agents see both texts, the person is told so.
    """

    clock: Clock
    jobs: Jobs
    short_answers: ShortAnswers
    opt_out_keywords: OptOutKeywords

    async def original(self, session: AsyncSession, edited: InboundMessage) -> Message | None:
        """The message that an edit changes, or that came before its original; None if unknown."""
        if edited.provider_name is None:
            return None
        point = await contacts.contact_point_of(
            session,
            edited.sender.channel,
            canonical_address(edited.sender),
            edited.sender.user_id,
        )
        if point is None:
            return None
        return await repository.inbound_by_name(session, point.id, [edited.provider_name])

    async def apply(self, session: AsyncSession, message: Message, edited: InboundMessage) -> bool:
        """Give a message its newest text; whether that was news."""
        text = edited.text
        is_older = (edited.order or 0) < (message.provider_order or 0)
        if text == message.text or is_older:
            return False
        conversation = await repository.lock_conversation(session, message.conversation_id)
        now = self.clock.now()
        message.former = [*message.former, {"text": message.text, "at": now.isoformat()}]
        message.text, message.choice = text, None
        announce(session, conversation.id)
        if await self.opt_out_keywords.is_keyword(session, conversation, text):
            point = await contacts.lock_contact_point(session, conversation.contact_point_id)
            message_states.read(message)
            await self.opt_out_keywords.apply(session, conversation, point, message.id, text)
        elif conversation.owner is Owner.BOT:
            conversation.last_activity_at = now
            await self._read_anew(session, conversation, message)
        return True

    async def _read_anew(
        self, session: AsyncSession, conversation: Conversation, message: Message
    ) -> None:
        if message.turn_id is None and message.state is MessageState.RECEIVED:
            if not message.text.strip():
                message_states.read(message)
            return  # it waits to be answered, and is answered as it now stands
        last = await repository.latest_turn(session, conversation.id)
        if last is not None and last.id == message.turn_id and message.text.strip():
            message.turn_id = None
            await self.jobs.enqueue(
                session, reply_to(conversation_id=conversation.id), lock=conversation.id
            )
            return
        before = await repository.recent_messages(
            session, conversation.contact_point_id, LOOKED_BACK
        )
        await self.short_answers.say(session, conversation, before, "edited_late")
