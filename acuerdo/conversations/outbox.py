"""What goes out: each message once, in order, with what became of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import points
from acuerdo.contact import repository as contacts
from acuerdo.contact.law import Reason, Verdict
from acuerdo.contact.models import ANSWERS, ContactPoint, Purpose
from acuerdo.contact.permit import Permit
from acuerdo.contact.ports import Button, OutboundMessage, Sent, Template
from acuerdo.contact.service import LOOK_BACK, Contact
from acuerdo.conversations import lifecycle, message_states, repository
from acuerdo.conversations.call_cue import NO_CUE, CallCue
from acuerdo.conversations.choices import SHARE_CONTACT
from acuerdo.conversations.message_limits import parts
from acuerdo.conversations.message_states import SETTLED
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Direction,
    Message,
    MessageState,
    WaitingReason,
)
from acuerdo.conversations.person import is_no_more_theirs
from acuerdo.debts.models import Debtor
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.platform.logging import get_logger
from acuerdo.values.channel_traits import TRAITS

# After this long an undeliverable message is given up and shown to the agents.
GIVE_UP = timedelta(minutes=15)
# A request that timed out may still be on its way: asked sooner, the provider would deny it.
_LOOK_UP_AFTER_SECONDS = 12
_log = get_logger()


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A message taken for sending with its permit.

    `interrupted`: a former try may have sent it; `known_ids` are then the provider's ids of others.
    """

    message: Message
    outbound: OutboundMessage
    permit: Permit
    interrupted: bool
    known_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outbox:
    """Queues and delivers messages of ours."""

    db: Database
    clock: Clock
    contact: Contact

    def add(
        self,
        session: AsyncSession,
        conversation: Conversation,
        text: str,
        *,
        author: Author,
        purpose: Purpose,
        buttons: tuple[Button, ...] = (),
        call_cue: CallCue = NO_CUE,
        turn_id: UUID | None = None,
        agent_id: UUID | None = None,
        template: Template | None = None,
    ) -> list[UUID]:
        """Write what is to be said, in as many messages as needed; buttons and cue go on the last.

        `template`: the approved wording that `text` is an instance of.
        """
        pieces = parts(text, TRAITS[conversation.channel].text)
        messages = [
            Message(
                id=uuid4(),
                conversation_id=conversation.id,
                turn_id=turn_id,
                channel=conversation.channel,
                direction=Direction.OUT,
                author=author,
                agent_id=agent_id,
                provider_id=None,
                text=piece,
                choice=None,
                provider_order=None,
                reply_to_provider_id=None,
                buttons=[{"title": button.title, "payload": button.payload} for button in buttons]
                if number == len(pieces)
                else [],
                call_cue=call_cue.as_json() if number == len(pieces) else None,
                media=[],
                state=MessageState.QUEUED,
                error_code=None,
                purpose=purpose.value,
                template=None
                if template is None
                else {"pattern": template.pattern, "values": list(template.values)},
                at=self.clock.now(),
                sent_at=None,
            )
            for number, piece in enumerate(pieces, start=1)
        ]
        session.add_all(messages)
        conversation.last_activity_at = self.clock.now()
        return [message.id for message in messages]

    async def deliver(self, message_id: UUID) -> None:
        """Send one message; a message that is settled is left alone.

        Raises ProviderUnavailable to be called again, also where a sending was interrupted and
        must be looked up.
        """
        claimed = await self._claim(message_id)
        if claimed is None:
            return
        try:
            sent = await self._send(claimed)
        except ProviderError as error:
            await self._note_failure(claimed, error)
        else:
            await self._note_sent(claimed.message, sent)

    async def _claim(self, message_id: UUID) -> _Claimed | None:
        """Take a message for sending; None where it is settled, or is refused by this."""
        async with self.db.transaction() as session:
            found = await repository.outbound_to_send(session, message_id)
            if found is None or found[0].state in SETTLED:
                return None
            message, conversation, point, debtor = found
            if await self._is_for_somebody_else(session, message, conversation, point):
                await self._withhold(session, message, conversation, point)
                return None
            interrupted = message.state is MessageState.SENDING
            outbound = _outbound(message, point)
            permit = await self.contact.permit(
                session,
                point,
                debtor,
                Purpose(message.purpose or Purpose.REPLY),
                message.id,
                has_template=outbound.template is not None,
            )
            if isinstance(permit, Verdict):
                message_states.settle(message, MessageState.REFUSED)
                message.error_code = permit.rule[:64]
                announce(session, message.conversation_id)
                return None
            message_states.sending(message)
            known = await self._known_ids(session, point) if interrupted else frozenset()
            return _Claimed(message, outbound, permit, interrupted, known)

    @staticmethod
    async def _is_for_somebody_else(
        session: AsyncSession, message: Message, conversation: Conversation, point: ContactPoint
    ) -> bool:
        """Whether whoever has the address now is not who the message was written for.

        The address came to another person, or another talk has begun there, whose answer it is not.
        """
        if is_no_more_theirs(conversation, point):
            return True
        answers = Purpose(message.purpose or Purpose.REPLY) in ANSWERS
        return answers and await repository.is_followed(session, conversation)

    async def _withhold(
        self,
        session: AsyncSession,
        message: Message,
        conversation: Conversation,
        point: ContactPoint,
    ) -> None:
        """Never send a message; it stands in the ledger of whom it was for, and with the agents."""
        verdict = Verdict(False, "house:another_person", Reason.UNKNOWN_PERSON)
        meant_id = conversation.debtor_id or conversation.address_owner_id
        meant = None if meant_id is None else await session.get_one(Debtor, meant_id)
        purpose = Purpose(message.purpose or Purpose.REPLY)
        await self.contact.record(
            session, point, purpose, verdict, message_id=message.id, debtor=meant
        )
        message_states.settle(message, MessageState.REFUSED)
        message.error_code = verdict.rule
        lifecycle.flag(conversation, WaitingReason.ANOTHER_PERSON, self.clock.now())
        announce(session, message.conversation_id)

    async def _known_ids(self, session: AsyncSession, point: ContactPoint) -> frozenset[str]:
        # more than is asked of the provider, whose clock and seconds are its own
        since = self.clock.now() - 2 * LOOK_BACK
        return await repository.provider_ids_since(session, point.id, since)

    async def _send(self, claimed: _Claimed) -> Sent | None:
        """Send a claimed message, once; None where nobody can know whether it was sent before."""
        if claimed.interrupted:
            lookup = await self.contact.look_up(
                claimed.permit, claimed.outbound, known=claimed.known_ids
            )
            if lookup.found is not None or not lookup.certain:
                return lookup.found
        return await self.contact.send(claimed.permit, claimed.outbound)

    async def _note_sent(self, message: Message, sent: Sent | None) -> None:
        if sent is None:
            nobody_knows = OutcomeUnknown("the provider cannot be asked")
            await self._settle(message, MessageState.UNKNOWN, nobody_knows)
            _log_undelivered(message, nobody_knows)
            return
        async with self.db.statement() as session:
            announce(session, message.conversation_id)
            await repository.advance(
                session,
                message.id,
                MessageState.SENT,
                provider_id=sent.provider_id,
                sent_at=self.clock.now(),
                error_code=None,
            )

    async def _note_failure(self, claimed: _Claimed, error: ProviderError) -> None:
        message = claimed.message
        waited = self.clock.now() - message.at
        match error:
            case ProviderUnavailable() if waited < GIVE_UP:
                if not claimed.interrupted:
                    await self._settle(message, MessageState.QUEUED, error)
                raise error
            case OutcomeUnknown() if not claimed.interrupted or waited < GIVE_UP:
                raise ProviderUnavailable(
                    "look up what became of it", retry_after_seconds=_LOOK_UP_AFTER_SECONDS
                ) from error
            case OutcomeUnknown():
                await self._settle(message, MessageState.UNKNOWN, error)
            case ProviderUnavailable() if claimed.interrupted:
                # it may have been sent, and nobody could be asked in all that time
                await self._settle(message, MessageState.UNKNOWN, error)
            case ProviderRefused() if error.unreachable:
                await self._settle(message, MessageState.FAILED, error, unreachable=True)
            case _:
                await self._settle(message, MessageState.FAILED, error)
        _log_undelivered(message, error)

    async def _settle(
        self,
        message: Message,
        state: MessageState,
        error: ProviderError,
        *,
        unreachable: bool = False,
    ) -> None:
        async with self.db.transaction() as session:
            current = await repository.outbound_by_id(session, message.id)
            if current is None or current.state is not MessageState.SENDING:
                return
            message_states.settle(current, state)
            current.error_code = (error.provider_code or error.code)[:64]
            announce(session, message.conversation_id)
            if state is MessageState.QUEUED:
                return
            conversation = await repository.lock_conversation(session, message.conversation_id)
            if unreachable:
                point = await contacts.lock_contact_point(session, conversation.contact_point_id)
                points.unreachable(point, self.clock.now())
            lifecycle.flag(conversation, WaitingReason.DELIVERY_FAILED, self.clock.now())


def _log_undelivered(message: Message, error: ProviderError) -> None:
    _log.warning(
        "message_not_delivered",
        message=str(message.id),
        code=error.code,
        provider_code=error.provider_code,
    )
    if isinstance(error, ProviderMisused):
        _log.error("provider_misused", channel=message.channel.value, code=error.code)


def _outbound(message: Message, point: ContactPoint) -> OutboundMessage:
    shares = any(button["payload"] == SHARE_CONTACT for button in message.buttons)
    return OutboundMessage(
        id=message.id,
        channel=message.channel,
        address=point.reply_address or point.address,
        text=message.text,
        buttons=tuple(
            Button(button["title"], button["payload"])
            for button in message.buttons
            if button["payload"] != SHARE_CONTACT
        ),
        asks_for_contact=shares and TRAITS[message.channel].asks_for_contact,
        template=None
        if message.template is None
        else Template(message.template["pattern"], tuple(message.template["values"])),
    )
