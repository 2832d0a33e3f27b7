"""Answering machine detection (AMD): who picked up, and what a mailbox is told."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import repository, transitions
from acuerdo.calls.models import Call, CallDirection, CallState
from acuerdo.calls.phrases import phrase
from acuerdo.contact.law import Verdict
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.permit import Permit
from acuerdo.contact.ports import Voicemail
from acuerdo.contact.service import Contact
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.message_limits import short
from acuerdo.conversations.models import Conversation
from acuerdo.conversations.turns import Sleep
from acuerdo.debts.models import Debtor
from acuerdo.external_events import repository as external_events
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.settings import VoiceSettings

# Who picks up is not kept waiting for longer than these together.
_LOOKS: Final = 12
_LOOK_SECONDS: Final = 0.15


@dataclass(frozen=True, slots=True)
class AnsweringMachines:
    """Use cases of telling machines from people in calls of ours."""

    db: Database
    clock: Clock
    contact: Contact
    settings: VoiceSettings
    sleep: Sleep

    async def record_amd(
        self, webhook: Webhook, call_id: UUID, word: str, *, is_machine: bool
    ) -> None:
        """Note the provider's `word` for who picked up; a machine is hung up on.

        Where the installation leaves messages and the policy permits it, the mailbox hears the
        neutral one first. `webhook` is the provider's news of it. Raises the provider errors.
        """
        async with self.db.transaction() as session:
            await external_events.add(session, webhook, self.clock.now())
            call = await repository.lock_call(session, call_id)
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            heard_person = await repository.has_heard(session, conversation.id)
            first = call.answered_by is None
            call.answered_by = short(word)
            # who has already proven to be the debtor is no machine, whatever the detection thinks
            if not is_machine or conversation.verified_at is not None or heard_person:
                return
            if call.state is CallState.ENDED:
                return
            transitions.answered_by_machine(call)
            provider_id = call.provider_id
            if not first or provider_id is None:
                return
            leaves_message = self.settings.voicemail == "neutral"
            message = await self._permit(session, call, conversation) if leaves_message else None
        if message is None:
            await self.contact.hang_up(provider_id)
        else:
            await self.contact.leave_message(*message)

    async def _permit(
        self, session: AsyncSession, call: Call, conversation: Conversation
    ) -> tuple[Permit, Voicemail] | None:
        """The permit to speak into the mailbox that answered a call, and the words; None without.

        The attempt is one of its own in the ledger, named after the call.
        """
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        owner = point.debtor_id
        debtor = None if owner is None else await session.get_one(Debtor, owner)
        voicemail_id = uuid5(call.id, Purpose.VOICEMAIL.value)
        permit = await self.contact.permit(
            session, point, debtor, Purpose.VOICEMAIL, voicemail_id, part_of=call.id
        )
        if isinstance(permit, Verdict):
            return None
        home = await locale_of(session, point.debtor_id, point.address)
        return permit, Voicemail(
            id=voicemail_id,
            provider_id=call.provider_id or "",
            address=point.address,
            words=phrase("voicemail"),
            country=home.country,
        )

    async def wait_for_amd(self, call_id: UUID) -> None:
        """Wait a little, before the first answer in a call of ours, for word on who picked up.

        What was heard first may be a machine's greeting; a person is not kept waiting for longer.
        """
        for _ in range(_LOOKS):
            async with self.db.statement() as session:
                call = await repository.call_by_id(session, call_id)
                if call.direction is CallDirection.INBOUND or call.memory or call.answered_by:
                    return
                if await repository.has_turn(session, call_id):
                    return
            await self.sleep(_LOOK_SECONDS)
