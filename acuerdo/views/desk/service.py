"""Everything the desk asks for; each question runs in one transaction and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.law import Verdict
from acuerdo.contact.locale import locale_shown
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.service import Contact
from acuerdo.conversations.models import Conversation
from acuerdo.conversations.reason_to_collect import with_reason
from acuerdo.debts.models import Debtor
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.channels import Channel
from acuerdo.values.dates import local_date
from acuerdo.values.scope import EVERY_CREDITOR, CreditorScope
from acuerdo.views.debtor_file import repository as debtor_file
from acuerdo.views.debtor_file.debtor_file import AddressRecord, Extent
from acuerdo.views.desk import queue, repository
from acuerdo.views.desk.card import (
    AddressVerdicts,
    Card,
    Moment,
    address_views,
    addresses_with_current,
    card_of,
    card_of_stranger,
)
from acuerdo.views.desk.conversation import ConversationView
from acuerdo.views.desk.live_calls import LiveCall
from acuerdo.views.desk.queue import Queue
from acuerdo.views.desk.transcript import MediaView, Transcript, in_order
from acuerdo.views.desk.verification_status import can_be_taken, verification_status, window_until
from acuerdo.views.reach import repository as reach

_RECENT: Final = 30
_MESSAGES: Final = 300
_ATTEMPTS: Final = 10
_CARD: Final = Extent(conversations=100)


@dataclass(frozen=True, slots=True)
class Desk:
    """Questions of the desk. Its readers are staff: nothing here asks for a VerifiedParty."""

    db: Database
    clock: Clock
    contact: Contact

    async def waiting_count(self) -> int:
        """How many conversations wait for a person."""
        async with self.db.transaction() as session:
            return await repository.waiting_count(session)

    async def queue(self, staff_id: UUID, scope: CreditorScope = EVERY_CREDITOR) -> Queue:
        """The conversations that wait, those this person holds, those of colleagues, the last.

        Only of people within reach, and of those whom nobody knows.
        """
        async with self.db.transaction() as session:
            held, recent = await repository.queue_entries(session, staff_id, _RECENT)
            ids = {each.id for each in (*held, *recent)}
            reached = await reach.reached_conversations(session, ids, scope)
        held = [each for each in held if each.id in reached]
        recent = [each for each in recent if each.id in reached]
        return queue.sorted_into_lists(held, recent, self.clock.now())

    async def live_calls(self, scope: CreditorScope = EVERY_CREDITOR) -> Sequence[LiveCall]:
        """The calls that go on, with people within reach, the longest first."""
        async with self.db.transaction() as session:
            calls = await repository.live_calls(session)
            ids = {each.conversation_id for each in calls}
            reached = await reach.reached_conversations(session, ids, scope)
        return [each for each in calls if each.conversation_id in reached]

    async def conversation(self, conversation_id: UUID, staff_id: UUID) -> ConversationView:
        """A conversation, who holds it and what may be done with it; raises NotFound."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            found, point, debtor, holder = await self._found(session, conversation_id)
            may_write = await self._may_write(session, point, debtor)
        return ConversationView(
            id=found.id,
            name=None if debtor is None else debtor.name,
            address=point.address,
            channel=found.channel,
            owner=found.owner,
            held_by=holder,
            is_mine=queue.is_held_by(found.owner, found.agent_id, staff_id),
            can_be_taken=can_be_taken(found.owner, found.agent_id),
            waiting_since_at=found.waiting_since_at,
            reason=found.waiting_reason,
            outcome=found.outcome,
            verification=verification_status(
                found.debtor_id, found.verified_until_at, point.locked_until_at, now
            ),
            verified_until_at=found.verified_until_at,
            locked_until_at=point.locked_until_at,
            address_state=point.state,
            is_reported_deceased=debtor is not None and debtor.deceased_reported_at is not None,
            may_write=may_write,
            window_until_at=window_until(point.channel, point.last_inbound_at, now),
            started_at=found.started_at,
            closed_at=found.closed_at,
            timezone=locale_shown(debtor).timezone,
            now=now,
        )

    async def transcript(self, conversation_id: UUID) -> Transcript:
        """What was said and noted in a conversation, the newest 300 messages; raises NotFound."""
        async with self.db.transaction() as session:
            _, _, debtor, _ = await self._found(session, conversation_id)
            messages = await repository.messages(session, conversation_id, _MESSAGES)
            notes = await repository.notes(session, conversation_id)
        home = locale_shown(debtor)
        return Transcript(
            entries=in_order(messages, notes),
            name=None if debtor is None else debtor.name,
            country=home.country,
            timezone=home.timezone,
            today=local_date(self.clock.now(), home.timezone),
            cut=len(messages) == _MESSAGES,
        )

    async def card(self, conversation_id: UUID) -> Card:
        """All we know about the person of a conversation; raises NotFound."""
        async with self.db.transaction() as session:
            _, point, debtor, _ = await self._found(session, conversation_id)
            file = None if debtor is None else await debtor_file.file_of(session, debtor, _CARD)
            current = debtor_file.record(AddressRecord, point, is_theirs=True)
            known = addresses_with_current(file, current)
            ids = [each.id for each in known]
            attempts = await debtor_file.attempts_at(session, ids, _ATTEMPTS)
            verdicts = {
                each.id: await self._verdicts(session, each, debtor)
                for each in await repository.contact_points(session, ids)
            }
        moment = self._moment(debtor)
        addresses = address_views(known, verdicts, current.id, moment.now)
        if file is None:
            return card_of_stranger(addresses, attempts, moment)
        return card_of(file, conversation_id, addresses, attempts, moment)

    async def media(self, message_id: UUID, index: int) -> MediaView:
        """A file of a message that is kept here; raises NotFound."""
        async with self.db.transaction() as session:
            files = await repository.media(session, message_id)
        if not 0 <= index < len(files) or files[index].file is None:
            raise NotFound
        return files[index]

    def _moment(self, debtor: Debtor | None) -> Moment:
        now: datetime = self.clock.now()
        timezone = locale_shown(debtor).timezone
        return Moment(now, timezone, local_date(now, timezone))

    async def _verdicts(
        self, session: AsyncSession, point: ContactPoint, person: Debtor | None
    ) -> AddressVerdicts:
        """What policy says of an address; of a contact of ours nothing where nobody is known to be
        there, for what forbids it would tell of whoever is only claimed."""
        outlook = None if person is None else await self._outlook(session, point)
        return AddressVerdicts(await self._may_write(session, point, person), outlook)

    async def _may_write(
        self, session: AsyncSession, point: ContactPoint, person: Debtor | None
    ) -> Verdict:
        """The verdict that a reply of an agent would get now; the reply itself is judged again.

        A number that a caller shows is nobody's until they have proven who they are.
        """
        claimed = person is None and point.channel is Channel.VOICE
        known = None if claimed else point.debtor_id
        debtor = None if known is None else await session.get_one(Debtor, known)
        return await self.contact.verdict(session, point, debtor, Purpose.AGENT_REPLY)

    async def _outlook(self, session: AsyncSession, point: ContactPoint) -> Verdict | None:
        """The verdict that a contact of our own accord would get now."""
        if point.debtor_id is None:
            return None
        debtor = await session.get_one(Debtor, point.debtor_id)
        purpose, now = Purpose.COLLECTION, self.clock.now()
        verdict = await self.contact.verdict(session, point, debtor, purpose, has_template=True)
        return await with_reason(session, verdict, debtor, purpose, now=now)

    @staticmethod
    async def _found(
        session: AsyncSession, conversation_id: UUID
    ) -> tuple[Conversation, ContactPoint, Debtor | None, str | None]:
        found = await repository.conversation(session, conversation_id)
        if found is None:
            raise NotFound
        return found
