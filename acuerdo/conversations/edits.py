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
from acuerdo.language.masking import masked
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.jobs import Jobs


@dataclass(frozen=True, slots=True)
class Edits:
    """Lets the newest text of a message count as long as its turn is the last one.

    Until then it is read and answered anew, so that nothing is recorded of the older text.
    Afterwards it changes nothing by itself: the agents see both texts, the person is told so. The
    first words stay as they were sealed: a change is a message of its own.
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
        """Put the newest text beside the message that it changes; whether that was news."""
        is_older = (edited.order or 0) < (message.provider_order or 0)
        if edited.text == message.text or is_older:
            return False
        now = self.clock.now()
        conversation = await repository.lock_conversation(session, message.conversation_id)
        silence = await self.opt_out_keywords.is_keyword(session, conversation, edited.text)
        is_open = await self._is_open(session, conversation, message)
        read_anew = is_open and not silence and bool(edited.text.strip())
        proven_until = conversation.verified_until_at
        proven = proven_until is not None and proven_until > now
        stored = await repository.add_inbound(
            session,
            conversation_id=conversation.id,
            channel=conversation.channel,
            provider_id=edited.provider_id,
            provider_name=edited.provider_name,
            provider_order=edited.order,
            edits_id=message.id,
            # what a turn reads it masks itself
            text=edited.text if read_anew else masked(edited.text, proven=proven),
            choice=None,
            media=[],
            state=MessageState.RECEIVED if read_anew else MessageState.READ,
            at=now,
        )
        if stored is None:
            return False
        conversation.last_activity_at = now
        announce(session, conversation.id)
        if silence:
            point = await contacts.lock_contact_point(session, conversation.contact_point_id)
            await self.opt_out_keywords.apply(session, conversation, point, stored, edited.text)
        elif read_anew:
            await self.jobs.enqueue(
                session, reply_to(conversation_id=conversation.id), lock=conversation.id
            )
        elif message.turn_id is not None:
            before = await repository.recent_messages(
                session, conversation.contact_point_id, LOOKED_BACK
            )
            await self.short_answers.say(session, conversation, before, "edited_late")
        return True

    @staticmethod
    async def _is_open(session: AsyncSession, conversation: Conversation, message: Message) -> bool:
        """Whether the newest text still counts; a message that nobody has taken up waits no more,
        for it is answered as it now stands."""
        if conversation.owner is not Owner.BOT:
            return False
        if message.turn_id is None and message.state is MessageState.RECEIVED:
            message_states.read(message)
            return True
        last = await repository.latest_turn(session, conversation.id)
        return last is not None and last.id == message.turn_id
