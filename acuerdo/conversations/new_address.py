"""Somebody has proven to be a debtor at an address we did not know: the known ones are told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import points
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.contact.ports import Template
from acuerdo.conversations import lifecycle, repository
from acuerdo.conversations.jobs import deliver
from acuerdo.conversations.models import Author
from acuerdo.conversations.notices import notice
from acuerdo.conversations.openings import needs_template
from acuerdo.conversations.outbox import Outbox
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import ConversationSettings
from acuerdo.values.channels import Channel

_NOTICE: Final = "new_address"


@dataclass(frozen=True, slots=True)
class NewAddressNotices:
    """The use case of telling a person that somebody has proven to be them elsewhere."""

    db: Database
    clock: Clock
    jobs: Jobs
    outbox: Outbox
    settings: ConversationSettings

    async def inform(self, contact_point_id: UUID) -> None:
        """Write to the chats in which a person is known what happened at another address, once.

        It tells nothing of a debt, and the gate permits or refuses it as any service message.
        """
        async with self.db.transaction() as session:
            point = await session.get_one(ContactPoint, contact_point_id)
            owner = points.owner_of(point)
            if owner is None or point.bound_at is None:
                return
            others = [
                each
                for each in await contacts.contact_points_of(session, owner)
                if each.id != point.id
            ]
            if any(each.address == point.address for each in others):
                # the same telephone on another channel is no new one
                return
            for each in others:
                if _is_known_chat(each):
                    await self._write(session, each)

    async def _write(self, session: AsyncSession, point: ContactPoint) -> None:
        now = self.clock.now()
        idle = timedelta(minutes=self.settings.idle_minutes)
        conversation = await lifecycle.continue_or_begin(session, point, now=now, idle=idle)
        last = await repository.last_outbound(session, conversation.id)
        if last is not None and last.purpose == Purpose.SECURITY_NOTICE:
            return
        words = notice(_NOTICE)
        for message_id in self.outbox.add(
            session,
            conversation,
            words,
            author=Author.SYSTEM,
            purpose=Purpose.SECURITY_NOTICE,
            template=Template(words, ()) if needs_template(point, now) else None,
        ):
            await self.jobs.enqueue(session, deliver(message_id=message_id), lock=conversation.id)


def _is_known_chat(point: ContactPoint) -> bool:
    """Whether it is a chat in use in which the person has written to us, or wants to be written."""
    in_use = point.state is ContactState.ACTIVE and points.owner_of(point) is not None
    is_theirs = point.last_inbound_at is not None or point.consent
    return in_use and is_theirs and point.channel is not Channel.VOICE
