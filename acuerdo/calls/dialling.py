"""Calls that we make: judged, dialled once, tried again when the law allows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import repository
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.jobs import dial_again, end_if_still_dialling
from acuerdo.calls.models import CallDirection, CallResult, CallState
from acuerdo.calls.retry_policy import MOST_CALLS
from acuerdo.calls.transitions import answered
from acuerdo.contact import caller_id, points
from acuerdo.contact import repository as contacts
from acuerdo.contact.law import Verdict
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.permit import Permit
from acuerdo.contact.ports import OutboundCall
from acuerdo.contact.service import Contact
from acuerdo.conversations import lifecycle
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.message_limits import short
from acuerdo.conversations.models import Owner
from acuerdo.conversations.reason_to_collect import with_reason
from acuerdo.debts.models import Debtor
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderMisused,
    ProviderRefused,
)
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import Settings

# The law may say "not now" for a whole week; who is not reached by then is not rung up any more.
_LONGEST_WAIT: Final = timedelta(days=8)
# By then every telephone has stopped ringing, and the provider has said what became of it.
_UNHEARD_OF_AFTER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PlacedCall:
    """The call that was placed, or the verdict that forbids it."""

    call_id: UUID
    conversation_id: UUID | None = None
    refused: Verdict | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """A call that has its row, and the permit to place it."""

    conversation_id: UUID
    call: OutboundCall
    permit: Permit


@dataclass(frozen=True, slots=True)
class Dialling:
    """Use cases of calls that we make."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
    hang_up: HangUp
    settings: Settings

    async def dial(
        self,
        contact_point_id: UUID,
        purpose: Purpose,
        *,
        call_id: UUID | None = None,
        retry_of: UUID | None = None,
    ) -> PlacedCall:
        """Ring a person up, if the law and the house allow it now.

        A call of the same `call_id` was begun before: nobody is rung up twice because nobody knows
        what became of it. Raises ProviderMisused where there is no number of ours that may be shown
        in the country of the person, and the provider's errors where nothing could be dialled.
        """
        call_id = call_id or uuid4()
        begun = await self._begin(call_id, contact_point_id, purpose, retry_of)
        if isinstance(begun, PlacedCall):
            return begun
        try:
            provider_id = await self.contact.dial(begun.permit, begun.call)
        except OutcomeUnknown:
            # it may be ringing: what the provider reports decides, or `end_if_still_dialling`
            raise
        except ProviderError as error:
            await self._note_failure(call_id, contact_point_id, error)
            raise
        await self._note_placed(call_id, provider_id)
        return PlacedCall(call_id, begun.conversation_id)

    async def _begin(
        self, call_id: UUID, contact_point_id: UUID, purpose: Purpose, retry_of: UUID | None
    ) -> _Begun | PlacedCall:
        """Write the call and its attempt; a PlacedCall where it was begun before or is refused."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            point = await session.get_one(ContactPoint, contact_point_id, with_for_update=True)
            # asked under the lock of the number: the same job may be run twice at once
            if await repository.is_call(session, call_id):
                return PlacedCall(call_id)
            owner = point.debtor_id
            debtor = None if owner is None else await session.get_one(Debtor, owner)
            permit = await self._permit(session, point, debtor, purpose, call_id)
            if isinstance(permit, Verdict):
                return PlacedCall(call_id, refused=permit)
            home = await locale_of(session, owner, point.address)
            call = OutboundCall(call_id, point.address, self._shown_number(home.country))
            conversation = await lifecycle.continue_or_begin(
                session, point, now=now, always_new=True
            )
            await repository.add_call(
                session,
                call_id,
                conversation_id=conversation.id,
                direction=CallDirection.OUTBOUND,
                state=CallState.DIALLING,
                purpose=purpose.value,
                retry_of=retry_of,
                started_at=now,
            )
            await self.jobs.enqueue(
                session, end_if_still_dialling(call_id=call_id), delay=_UNHEARD_OF_AFTER
            )
            announce(session, conversation.id)
        return _Begun(conversation.id, call, permit)

    async def _permit(
        self,
        session: AsyncSession,
        point: ContactPoint,
        debtor: Debtor | None,
        purpose: Purpose,
        call_id: UUID,
    ) -> Permit | Verdict:
        """Give the permit of a call that has a reason; else the refusal, which is written down."""
        if debtor is not None:
            lawful = await self.contact.verdict(session, point, debtor, purpose)
            verdict = await with_reason(session, lawful, debtor, purpose, now=self.clock.now())
            if verdict is not lawful:
                await self.contact.record(session, point, purpose, verdict, message_id=call_id)
                return verdict
        return await self.contact.permit(session, point, debtor, purpose, call_id)

    async def end_if_still_dialling(self, call_id: UUID) -> None:
        """End a call that still rings long after no telephone rings any more, as one that failed.

        Its outcome was unknown, its worker died over it, or the provider's news of it got lost.
        """
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            unheard_of = call.state is CallState.DIALLING
        if unheard_of:
            await self.hang_up.finish(call_id, CallResult.FAILED)

    def _shown_number(self, country: str) -> str:
        numbers = self.settings.voice.number_by_country
        number = caller_id.caller_id(country, numbers, self.contact.telephone_number)
        if number is None:
            raise ProviderMisused(f"no number of ours may be shown in {country}")
        return number

    async def _note_placed(self, call_id: UUID, provider_id: str) -> None:
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            call.provider_id = call.provider_id or short(provider_id)

    async def _note_failure(
        self, call_id: UUID, contact_point_id: UUID, error: ProviderError
    ) -> None:
        async with self.db.transaction() as session:
            if isinstance(error, ProviderRefused) and error.unreachable:
                point = await contacts.lock_contact_point(session, contact_point_id)
                points.unreachable(point, self.clock.now())
        await self.hang_up.finish(call_id, CallResult.FAILED)

    async def answered(self, call_id: UUID, provider_id: str) -> None:
        """Note that a person, or a machine, picked up."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            # the provider may call back before its answer to our own request was read
            call.provider_id = call.provider_id or short(provider_id)
            answered(call, self.clock.now())
            announce(session, call.conversation_id)

    async def dial_again(self, call_id: UUID) -> None:
        """Repeat a call that reached nobody, unless something was settled meanwhile."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            chain = await repository.calls_in_chain(session, call_id)
            latest = await conversations.latest_conversation(session, conversation.contact_point_id)
            talks = latest is not None and latest.id != conversation.id
            talks = talks or conversation.owner is Owner.AGENT
        if talks or len(chain) >= MOST_CALLS:
            return
        dialled = await self.dial(
            conversation.contact_point_id,
            Purpose(call.purpose or Purpose.COLLECTION),
            call_id=uuid5(call_id, "again"),
            retry_of=call_id,
        )
        verdict = dialled.refused
        if verdict is None or verdict.next_allowed_at is None:
            return
        wait = verdict.next_allowed_at - self.clock.now()
        if wait <= _LONGEST_WAIT:
            async with self.db.transaction() as session:
                await self.jobs.enqueue(session, dial_again(call_id=call_id), delay=wait)
