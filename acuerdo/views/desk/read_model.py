"""Everything the desk asks for; each question runs in one transaction and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import repository as calls
from acuerdo.contact import repository as contacts
from acuerdo.contact.law import Verdict
from acuerdo.contact.locale import locale_shown
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.service import Contact
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.models import Conversation, Message
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor
from acuerdo.debts.service import Debts
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.staff import repository as staff
from acuerdo.values.dates import local_date
from acuerdo.values.requests import Wish
from acuerdo.views.cases.case_list import cases_of_debtor
from acuerdo.views.desk import card, queue, thread
from acuerdo.views.desk.verification_status import can_be_taken, standing, window_until
from acuerdo.views.desk.views import (
    Card,
    ConversationView,
    MediaView,
    PointView,
    Queue,
    QueueEntry,
    Thread,
)

_RECENT = 30
_THREAD = 300
_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """Questions of the desk. Its readers are staff: nothing here asks for a VerifiedParty."""

    db: Database
    clock: Clock
    contact: Contact
    debts: Debts

    async def waiting_count(self) -> int:
        """How many conversations wait for a person."""
        async with self.db.transaction() as session:
            return await conversations.waiting_count(session)

    async def queue(self, staff_id: UUID) -> Queue:
        """The conversations that wait, those this person holds, those of colleagues, the last."""
        async with self.db.transaction() as session:
            held = await conversations.waiting(session)
            known = {conversation.id for conversation in held}
            recent = [
                conversation
                for conversation in await conversations.recent(session, _RECENT)
                if conversation.id not in known
            ]
            entries = await self._entries(session, [*held, *recent], staff_id)
        return queue.sorted_into_lists(entries[: len(held)], entries[len(held) :], self.clock.now())

    @staticmethod
    async def _entries(
        session: AsyncSession, found: Sequence[Conversation], staff_id: UUID
    ) -> list[QueueEntry]:
        names = await debts.debtor_names(
            session, {each.debtor_id for each in found if each.debtor_id}
        )
        addresses = await contacts.addresses_of(session, {each.contact_point_id for each in found})
        agents = await staff.names_of(session, {each.agent_id for each in found if each.agent_id})
        last = await conversations.last_messages(session, {each.id for each in found})
        return [
            queue.entry(
                each,
                name=None if each.debtor_id is None else names.get(each.debtor_id),
                address=addresses[each.contact_point_id],
                held_by=None if each.agent_id is None else agents.get(each.agent_id),
                last=last.get(each.id),
                staff_id=staff_id,
            )
            for each in found
        ]

    async def talk(self, conversation_id: UUID, staff_id: UUID) -> ConversationView:
        """A conversation, who holds it and what may be done with it; raises NotFound."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            conversation, point, debtor = await self._found(session, conversation_id)
            holder = conversation.agent_id
            names = {} if holder is None else await staff.names_of(session, {holder})
            return ConversationView(
                id=conversation.id,
                name=None if debtor is None else debtor.name,
                address=point.address,
                channel=conversation.channel,
                owner=conversation.owner,
                held_by=None if holder is None else names.get(holder),
                is_mine=queue.is_held_by(conversation, staff_id),
                can_be_taken=can_be_taken(conversation),
                waiting_since_at=conversation.waiting_since_at,
                reason=conversation.waiting_reason,
                outcome=conversation.outcome,
                standing=standing(conversation, point, now),
                proven_until_at=conversation.verified_until_at,
                locked_until_at=point.locked_until_at,
                point_state=point.state,
                is_reported_deceased=debtor is not None and debtor.deceased_reported_at is not None,
                may_write=await self._may_write(session, point),
                window_until_at=window_until(point, now),
                started_at=conversation.started_at,
                closed_at=conversation.closed_at,
                timezone=locale_shown(debtor).timezone,
                now=now,
            )

    async def thread(self, conversation_id: UUID) -> Thread:
        """What was said and noted in a conversation, the newest 300 messages; raises NotFound."""
        async with self.db.transaction() as session:
            _, _, debtor = await self._found(session, conversation_id)
            messages = await conversations.messages_of(session, conversation_id, _THREAD)
            notes = await conversations.notes_of(session, conversation_id)
            writers = {message.agent_id for message in messages if message.agent_id}
            writers |= {note.author_id for note in notes}
            names = await staff.names_of(session, writers)
        home = locale_shown(debtor)
        return Thread(
            entries=thread.in_order(messages, notes, names),
            name=None if debtor is None else debtor.name,
            country=home.country,
            timezone=home.timezone,
            today=local_date(self.clock.now(), home.timezone),
            cut=len(messages) == _THREAD,
        )

    async def card(self, conversation_id: UUID) -> Card:
        """All we know about the person of a conversation; raises NotFound."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            conversation, current, debtor = await self._found(session, conversation_id)
            points = [current]
            if debtor is not None:
                known = await contacts.contact_points_of(session, debtor.id)
                points += [point for point in known if point.id != current.id]
            ids = {point.id for point in points}
            tried = await contacts.last_attempts_at(session, ids, _ATTEMPTS)
            made = {each.message_id for each in tried if each.message_id is not None}
            home = locale_shown(debtor)
            today = local_date(now, home.timezone)
            return Card(
                name=None if debtor is None else debtor.name,
                external_id=None if debtor is None else debtor.external_id,
                country=None if debtor is None else debtor.country,
                timezone=home.timezone,
                now=now,
                today=today,
                deceased_reported_at=None if debtor is None else debtor.deceased_reported_at,
                preference=await self._preference(session, debtor),
                points=tuple([await self._point(session, each, current) for each in points]),
                debts=()
                if debtor is None
                else await card.debts(session, self.debts, debtor, today),
                cases=() if debtor is None else await cases_of_debtor(session, debtor, now),
                callbacks=()
                if debtor is None
                else card.callbacks(await contacts.callbacks_of(session, debtor.id)),
                attempts=card.attempts(tried, await calls.results_of(session, made)),
                former=card.former(await self._others(session, conversation, debtor)),
            )

    @staticmethod
    async def _preference(session: AsyncSession, debtor: Debtor | None) -> Wish | None:
        kept = None if debtor is None else await contacts.preference_of(session, debtor.id)
        return None if kept is None else kept.wish

    @staticmethod
    async def _others(
        session: AsyncSession, conversation: Conversation, debtor: Debtor | None
    ) -> list[Conversation]:
        if debtor is None:
            return []
        found = await conversations.conversations_of(session, debtor.id)
        return [other for other in reversed(found) if other.id != conversation.id]

    async def media(self, message_id: UUID, index: int) -> MediaView:
        """A file of a message that is kept here; raises NotFound."""
        async with self.db.transaction() as session:
            message = await session.get(Message, message_id)
        files = () if message is None else thread.media(message)
        if not 0 <= index < len(files) or files[index].file is None:
            raise NotFound
        return files[index]

    async def _point(
        self, session: AsyncSession, point: ContactPoint, current: ContactPoint
    ) -> PointView:
        now = self.clock.now()
        return PointView(
            id=point.id,
            channel=point.channel,
            address=point.address,
            state=point.state,
            consent=point.consent,
            may_write=await self._may_write(session, point),
            outlook=await self._outlook(session, point),
            window_until_at=window_until(point, now),
            locked_until_at=point.locked_until_at
            if point.locked_until_at is not None and now < point.locked_until_at
            else None,
            is_current=point.id == current.id,
        )

    async def _may_write(self, session: AsyncSession, point: ContactPoint) -> Verdict:
        """The verdict that a reply of an agent would get now; the reply itself is judged again."""
        known = point.debtor_id
        debtor = None if known is None else await session.get_one(Debtor, known)
        return await self.contact.verdict(session, point, debtor, Purpose.AGENT_REPLY)

    async def _outlook(self, session: AsyncSession, point: ContactPoint) -> Verdict | None:
        """The verdict that a contact of our own accord would get now."""
        if point.debtor_id is None:
            return None
        debtor = await session.get_one(Debtor, point.debtor_id)
        return await self.contact.verdict(
            session, point, debtor, Purpose.COLLECTION, has_template=True
        )

    @staticmethod
    async def _found(
        session: AsyncSession, conversation_id: UUID
    ) -> tuple[Conversation, ContactPoint, Debtor | None]:
        conversation = await session.get(Conversation, conversation_id)
        if conversation is None:
            raise NotFound
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        known = conversation.debtor_id
        debtor = None if known is None else await session.get_one(Debtor, known)
        return conversation, point, debtor
