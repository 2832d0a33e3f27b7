"""What comes in: stored once, in the transaction that queues the work, before anybody answers."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import consent, points
from acuerdo.contact import repository as contacts
from acuerdo.contact.consent import ConsentEvidence
from acuerdo.contact.models import ContactPoint
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.contact.service import Contact
from acuerdo.conversations import choices, lifecycle, message_states, repository
from acuerdo.conversations.edits import Edits
from acuerdo.conversations.jobs import acknowledge, fetch_media, reply_to
from acuerdo.conversations.machines import is_machine
from acuerdo.conversations.models import (
    Conversation,
    Message,
    MessageState,
    Owner,
    WaitingReason,
)
from acuerdo.conversations.opt_out_keywords import OptOutKeywords
from acuerdo.conversations.ports import (
    ChannelAddress,
    ChannelEvent,
    DeliveryUpdate,
    EditedMessage,
    InboundMessage,
    Reachability,
)
from acuerdo.conversations.recent import LOOKED_BACK, is_spoken, is_unreadable, lines, shown
from acuerdo.conversations.short_answers import ShortAnswers
from acuerdo.conversations.storable import canonical_address, storable_message
from acuerdo.external_events import repository as external_events
from acuerdo.external_events.models import EventState
from acuerdo.external_events.ports import Stray, Webhook
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import ConversationSettings
from acuerdo.values import phone


class _KnownAlready(Exception):
    """The same message was stored before."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Takes in whatever the channels tell us; the same news twice changes nothing."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
    opt_out_keywords: OptOutKeywords
    edits: Edits
    short_answers: ShortAnswers
    settings: ConversationSettings

    @property
    def _idle(self) -> timedelta:
        return timedelta(minutes=self.settings.idle_minutes)

    async def receive(self, webhook: Webhook, event: ChannelEvent) -> UUID | None:
        """Store a webhook of a channel and what it says, and queue what follows from it.

        Gives the conversation that it changed; None where it changed none, or was known already.
        """
        match event:
            case InboundMessage():
                return await self._accept(webhook, storable_message(event))
            case EditedMessage():
                return await self._edit(webhook, storable_message(event.message))
            case DeliveryUpdate():
                return await self._record_delivery(webhook, event)
            case Reachability():
                return await self._record_reachability(webhook, event)
            case Stray():
                await self._keep(webhook, event)
                return None

    async def _accept(self, webhook: Webhook, inbound: InboundMessage) -> UUID | None:
        """Store a message of a person and queue the turn; None where it was known already."""
        if inbound.is_empty:
            await self._keep(webhook, Stray("says_nothing"))
            return None
        with suppress(_KnownAlready):
            return await self._take_up(webhook, inbound)
        return None

    async def _take_up(self, webhook: Webhook, inbound: InboundMessage) -> UUID | None:
        now = self.clock.now()
        async with self.db.transaction() as session:
            if await external_events.add(session, webhook, now) is None:
                return None
            point, another = await self._contact_point(session, inbound.sender)
            if await self._was_edited_before(session, point, inbound):
                return None
            bound = await self._bind(session, point, inbound)
            conversation = await lifecycle.continue_or_begin(
                session, point, now=now, idle=self._idle, another_person=another
            )
            before = await repository.recent_messages(session, point.id, LOOKED_BACK)
            opens = bound or inbound.opens
            choice = (
                "/greet" if opens else await self._choice(session, conversation, inbound, before)
            )
            silence = choice is None and await self.opt_out_keywords.is_keyword(
                session, conversation, inbound.text
            )
            machine = (
                choice is None and not silence and is_machine(inbound.text, now, lines(before))
            )
            unreadable = is_unreadable(inbound)
            stored = await self._store(
                session,
                conversation,
                inbound,
                choice,
                taken=silence or machine or unreadable,
                is_automatic=machine,
            )
            if stored is None:
                # it came before webhooks were kept: nothing of what was done here is to stay
                raise _KnownAlready
            if silence:
                await self.opt_out_keywords.apply(
                    session, conversation, point, stored, inbound.text
                )
            elif machine:
                await self.short_answers.to_machine(session, conversation, before)
            elif unreadable:
                await self.short_answers.to_unreadable(
                    session, conversation, before, is_spoken=is_spoken(inbound)
                )
            point.last_inbound_at = now
            conversation.last_activity_at = now
            announce(session, conversation.id)
            answer = not (silence or machine or unreadable)
            await self._queue_work(session, conversation, inbound, stored, answer=answer)
            return conversation.id

    @staticmethod
    async def _was_edited_before(
        session: AsyncSession, point: ContactPoint, inbound: InboundMessage
    ) -> bool:
        """Whether a newer text of the same message overtook this one, and was taken in for it."""
        if inbound.provider_name is None:
            return False
        known = await repository.inbound_by_name(session, point.id, [inbound.provider_name])
        return known is not None

    async def _queue_work(
        self,
        session: AsyncSession,
        conversation: Conversation,
        inbound: InboundMessage,
        stored: UUID,
        *,
        answer: bool,
    ) -> None:
        if answer and conversation.owner is Owner.BOT:
            await self.jobs.enqueue(
                session, reply_to(conversation_id=conversation.id), lock=conversation.id
            )
        if inbound.media:
            await self.jobs.enqueue(session, fetch_media(message_id=stored))
        if inbound.acknowledge:
            await self.jobs.enqueue(
                session, acknowledge(channel=inbound.sender.channel, token=inbound.acknowledge)
            )

    async def _contact_point(
        self, session: AsyncSession, sender: ChannelAddress
    ) -> tuple[ContactPoint, bool]:
        """The address that wrote, and whether another person than before writes from it."""
        now = self.clock.now()
        address = canonical_address(sender)
        point = await contacts.contact_point_of(session, sender.channel, address, sender.user_id)
        if point is None:
            point = await contacts.add_contact_point(session, sender.channel, address, now=now)
        another = points.written_by(
            point,
            sender.user_id,
            elsewhere=await contacts.is_user_elsewhere(session, point, sender.user_id),
        )
        if point.other_user_id is None:
            # the owner's way back is not overwritten by somebody else's
            point.reply_address = sender.address
            points.reached_again(point, now)
        return point, another

    async def _bind(
        self, session: AsyncSession, point: ContactPoint, inbound: InboundMessage
    ) -> bool:
        """Learn whose address it is from a deep link or a vouched number; proves nothing yet."""
        debtor_id: UUID | None = None
        if inbound.link_token is not None:
            debtor_id = await self.contact.use_link_token(session, inbound.link_token)
        elif inbound.shared_phone is not None:
            debtor_id = await self._owner_of(session, inbound.shared_phone)
        if debtor_id is None:
            return inbound.link_token is not None or inbound.shared_phone is not None
        if point.debtor_id != debtor_id:
            # the talk ends with it: a proof given for one person must not serve another
            point.debtor_id = debtor_id
        link = inbound.link_token is not None
        proof = ConsentEvidence(ConsentSource.DEEP_LINK if link else ConsentSource.WORDS)
        await consent.enforce(session, point, debtor_id, now=self.clock.now())
        await consent.give(session, point, proof, now=self.clock.now())
        return True

    async def _owner_of(self, session: AsyncSession, shared_phone: str) -> UUID | None:
        try:
            number = phone.canonical(f"+{shared_phone.lstrip('+')}")
        except phone.NotAPhone:
            return None
        owners = await contacts.debtors_with_phone(session, number)
        return owners[0] if len(owners) == 1 else None

    async def _choice(
        self,
        session: AsyncSession,
        conversation: Conversation,
        inbound: InboundMessage,
        before: Sequence[Message],
    ) -> str | None:
        """What a pressed, typed or quoting answer stands for, looked up in what we sent."""
        if inbound.choice is None and not inbound.text:
            return None
        quotes_own = False
        if inbound.reply_to is not None and inbound.choice is None:
            own = await repository.inbound_by_name(
                session, conversation.contact_point_id, [inbound.reply_to]
            )
            quotes_own = own is not None
        reply = choices.Reply(inbound.text, inbound.choice, inbound.reply_to, quotes_own)
        return choices.choice_in(reply, shown(before, conversation.id))

    async def _edit(self, webhook: Webhook, edited: InboundMessage) -> UUID | None:
        """Change a message; one that is not known yet came before its original, and is taken in."""
        async with self.db.transaction() as session:
            original = await self.edits.original(session, edited)
            if original is not None:
                if await external_events.add(session, webhook, self.clock.now()) is None:
                    return None
                news = await self.edits.apply(session, original, edited)
                return original.conversation_id if news else None
        return await self._accept(webhook, edited)

    async def _store(
        self,
        session: AsyncSession,
        conversation: Conversation,
        inbound: InboundMessage,
        choice: str | None,
        *,
        taken: bool,
        is_automatic: bool,
    ) -> UUID | None:
        taken = taken or conversation.owner is Owner.AGENT
        return await repository.add_inbound(
            session,
            conversation_id=conversation.id,
            channel=conversation.channel,
            provider_id=inbound.provider_id,
            text=inbound.text,
            choice=choice,
            provider_order=inbound.order,
            reply_to_provider_id=inbound.reply_to,
            provider_name=inbound.provider_name,
            is_automatic=is_automatic,
            media=[
                {
                    "kind": media.kind,
                    "content_type": media.content_type,
                    "reference": media.reference,
                }
                for media in inbound.media
            ],
            state=MessageState.READ if taken else MessageState.RECEIVED,
            at=self.clock.now(),
        )

    async def _record_delivery(self, webhook: Webhook, update: DeliveryUpdate) -> UUID | None:
        """Move a message of ours forward; news of unknown messages is kept for inspection."""
        now = self.clock.now()
        if update.state is not MessageState.FAILED:
            # most news needs one statement; what it does not fit is looked at below
            async with self.db.statement() as session:
                moved = await repository.advance_by_provider_id(
                    session,
                    update.channel,
                    update.provider_id,
                    update.state,
                    storing=external_events.storing(webhook, now),
                )
                if moved is not None:
                    announce(session, moved)
                    return moved
        async with self.db.transaction() as session:
            await external_events.add(session, webhook, now)
            message = await repository.outbound_by_provider_id(
                session, update.channel, update.provider_id
            )
            if message is None and update.message_id is not None:
                message = await repository.outbound_by_id(session, update.message_id)
            if message is None:
                await external_events.explain(session, webhook, "status_of_unknown_message")
                return None
            if message.provider_id is None:
                # the status overtook our own note of the sending, or the sending was interrupted
                message.provider_id = update.provider_id
            if not message_states.advance(message, update.state):
                return None
            if message.state is MessageState.FAILED:
                await self._delivery_failed(session, message, update)
            announce(session, message.conversation_id)
            return message.conversation_id

    async def _delivery_failed(
        self, session: AsyncSession, message: Message, update: DeliveryUpdate
    ) -> None:
        message.error_code = update.error_code
        conversation = await repository.lock_conversation(session, message.conversation_id)
        if update.unreachable:
            point = await contacts.lock_contact_point(session, conversation.contact_point_id)
            points.unreachable(point, self.clock.now())
        lifecycle.flag(conversation, WaitingReason.DELIVERY_FAILED, self.clock.now())

    async def _record_reachability(self, webhook: Webhook, news: Reachability) -> UUID | None:
        async with self.db.transaction() as session:
            if await external_events.add(session, webhook, self.clock.now()) is None:
                return None
            point = await contacts.contact_point_of(
                session, news.sender.channel, canonical_address(news.sender), news.sender.user_id
            )
            if point is None:
                await external_events.explain(session, webhook, "unknown_person")
                return None
            now = self.clock.now()
            points.unblocked(point, now) if news.reachable else points.blocked(point, now)
            conversation = await repository.latest_conversation(session, point.id)
            if conversation is None:
                return None
            announce(session, conversation.id)
            return conversation.id

    async def _keep(self, webhook: Webhook, stray: Stray) -> None:
        async with self.db.statement() as session:
            await external_events.add(
                session,
                webhook,
                self.clock.now(),
                state=EventState.UNREADABLE,
                reason=stray.reason,
            )
