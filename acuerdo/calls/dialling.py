"""Calls that we make: judged, dialled once, told from machines, tried again when the law allows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import repository
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.jobs import dial_again
from acuerdo.calls.models import CallDirection, CallResult, CallState
from acuerdo.calls.retry_policy import MOST_CALLS
from acuerdo.calls.transitions import answered, answered_by_machine
from acuerdo.contact import caller_id, points
from acuerdo.contact import repository as contacts
from acuerdo.contact.law import Verdict
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.ports import OutboundCall, Telephone
from acuerdo.contact.service import Contact
from acuerdo.conversations import lifecycle
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.message_limits import short
from acuerdo.conversations.models import Conversation, Owner
from acuerdo.external_events import repository as external_events
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProviderError, ProviderMisused, ProviderRefused
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import Settings
from acuerdo.values.channels import Channel

_ANEW: Final = timedelta(microseconds=-1)
# The law may say "not now" for a whole week; who is not reached by then is not rung up any more.
_LONGEST_WAIT: Final = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class PlacedCall:
    """The call that was placed, or the verdict that forbids it."""

    call_id: UUID
    conversation_id: UUID | None = None
    refused: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Dialling:
    """Use cases of calling somebody."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
    ends: HangUp
    telephone: Telephone | None
    settings: Settings

    async def call(
        self,
        contact_point_id: UUID,
        purpose: Purpose,
        *,
        call_id: UUID | None = None,
        retry_of: UUID | None = None,
    ) -> PlacedCall:
        """Ring somebody up, if the law and the house allow it now.

        A call of the same `call_id` was begun before: nobody is rung up twice because nobody knows
        what became of it. Raises ProviderMisused where there is no number of ours that may be shown
        in the country of the person, and the provider's errors where nothing could be dialled.
        """
        call_id = call_id or uuid4()
        async with self.db.statement() as session:
            if await repository.is_call(session, call_id):
                return PlacedCall(call_id)
        begun: list[UUID] = []

        async def begin(session: AsyncSession, point: ContactPoint) -> OutboundCall:
            conversation = await lifecycle.continue_or_begin(
                session, point, now=self.clock.now(), idle=_ANEW
            )
            home = await locale_of(session, point.debtor_id, point.address)
            begun.append(conversation.id)
            announce(session, conversation.id)
            await repository.add_call(
                session,
                call_id,
                conversation_id=conversation.id,
                direction=CallDirection.OUTBOUND,
                state=CallState.DIALLING,
                purpose=purpose.value,
                retry_of=retry_of,
                started_at=self.clock.now(),
            )
            return OutboundCall(call_id, point.address, self._shown_number(home.country))

        try:
            dialled = await self.contact.dial(
                call_id=call_id, contact_point_id=contact_point_id, purpose=purpose, begin=begin
            )
        except ProviderError as error:
            await self._could_not(call_id, contact_point_id, error)
            raise
        if dialled.refused is not None:
            return PlacedCall(call_id, refused=dialled.refused)
        await self._note_placed(call_id, dialled.provider_id)
        return PlacedCall(call_id, begun[0])

    def _shown_number(self, country: str) -> str:
        numbers = self.settings.voice.number_by_country
        default = "" if self.telephone is None else self.telephone.number
        number = caller_id.caller_id(country, numbers, default)
        if number is None:
            raise ProviderMisused(f"no number of ours may be shown in {country}")
        return number

    async def _note_placed(self, call_id: UUID, provider_id: str) -> None:
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            call.provider_id = call.provider_id or short(provider_id)

    async def _could_not(self, call_id: UUID, contact_point_id: UUID, error: ProviderError) -> None:
        async with self.db.transaction() as session:
            known = await repository.is_call(session, call_id)
            if isinstance(error, ProviderRefused) and error.unreachable:
                point = await contacts.lock_contact_point(session, contact_point_id)
                points.unreachable(point, self.clock.now())
        if known:
            await self.ends.finish(call_id, CallResult.FAILED)

    async def answered(self, call_id: UUID, provider_id: str) -> None:
        """Somebody, or something, picked up."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            # the provider may call back before its answer to our own request was read
            call.provider_id = call.provider_id or short(provider_id)
            answered(call, self.clock.now())
            announce(session, call.conversation_id)

    async def record_amd(
        self, webhook: Webhook, call_id: UUID, word: str, *, is_machine: bool, words: str = ""
    ) -> None:
        """The provider says who picked up; a machine hears `words`, or nothing more."""
        async with self.db.transaction() as session:
            await external_events.add(session, webhook, self.clock.now())
            call = await repository.lock_call(session, call_id)
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            heard_person = await repository.has_heard(session, conversation.id)
            first = call.answered_by is None
            call.answered_by = short(word)
            # who has already proven to be the debtor is no machine, whatever the detection thinks
            is_machine = is_machine and conversation.verified_at is None and not heard_person
            if is_machine:
                answered_by_machine(call)
            provider_id = call.provider_id
            country = await _country_of(session, conversation) if is_machine and words else ""
        if is_machine and first and self.telephone is not None and provider_id:
            await self.telephone.say_and_hang_up(provider_id, words, country)

    async def who_answered(self, call_id: UUID) -> str | None:
        """The provider's word for who picked up, once it is known."""
        async with self.db.statement() as session:
            return await repository.answered_by(session, call_id)

    async def call_again(self, call_id: UUID) -> None:
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
        dialled = await self.call(
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

    async def point_of(self, debtor_id: UUID) -> UUID | None:
        """The first telephone of a person, if there is one; whether it may be used is judged."""
        async with self.db.statement() as session:
            points = await contacts.contact_points_of(session, debtor_id)
        usable = (each.id for each in points if each.channel is Channel.VOICE)
        return next(usable, None)


async def _country_of(session: AsyncSession, conversation: Conversation) -> str:
    """The country in whose voice a conversation is held."""
    point = await session.get_one(ContactPoint, conversation.contact_point_id)
    return (await locale_of(session, point.debtor_id, point.address)).country
