"""The core on a real database with everything outside of it faked: one process of the product."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, text

from acuerdo.bootstrap import Outside, build
from acuerdo.contact.models import Attempt, ContactPoint
from acuerdo.conversations.models import (
    Conversation,
    Direction,
    Message,
    Turn,
)
from acuerdo.conversations.ports import ChannelAddress, ChannelEvent, InboundMessage
from acuerdo.external_events.ports import Webhook
from acuerdo.payments.ports import GatewayEvent
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.db.base import Base
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.settings import Settings
from acuerdo.values.channels import Channel
from tests.builders import MASTER_KEY, a_contact_point, a_creditor, a_debt, a_debtor, saved
from tests.clock import FixedClock
from tests.integration.fakes import (
    FakeAnnouncements,
    FakeChannel,
    FakeEngine,
    FakeGateway,
    FakeTelephone,
)
from tests.integration.killing import DoomedDatabase, Fate, Killed

_numbers = count(1)


class Neighbours:
    """What all processes of the product share besides the database, faked."""

    def __init__(self) -> None:
        self.engine = FakeEngine()
        self.whatsapp = FakeChannel(Channel.WHATSAPP)
        self.telegram = FakeChannel(Channel.TELEGRAM, answers=False)
        self.telephone = FakeTelephone()
        self.gateway = FakeGateway()
        self.announcements = FakeAnnouncements()

    @contextmanager
    def at_the_mercy_of(self, fate: Fate) -> Iterator[None]:
        """Let a process die before or after it asks one of these something."""
        asked = (self.engine, self.whatsapp, self.telegram, self.telephone)
        for each in asked:
            each.fate = fate
        try:
            yield
        finally:
            for each in asked:
                each.fate = None


class World:
    """One process: the core with everything outside of it faked, and questions that tests ask."""

    def __init__(
        self,
        db: Database,
        clock: FixedClock,
        jobs: Jobs,
        outside: Neighbours | None = None,
        *,
        burst_seconds: float = 0,
    ) -> None:
        self.db, self.clock, self.jobs = db, clock, jobs
        self.outside = outside or Neighbours()
        if outside is None:
            db.after_commit(self.outside.announcements.publish)
        self.engine, self.gateway = self.outside.engine, self.outside.gateway
        self.whatsapp, self.telegram = self.outside.whatsapp, self.outside.telegram
        self.telephone = self.outside.telephone
        self.slept: list[float] = []
        self.core = build(_settings(burst_seconds), self._outside(), db=db, jobs=jobs)
        conversations, agreements = self.core.conversations, self.core.agreements
        self.contact, self.debts = self.core.contact.gate, self.core.debts
        self.agreements, self.current_agreements = agreements.negotiation, agreements.current
        self.identity, self.inbox = conversations.identity, conversations.inbox
        self.outbox, self.turns = conversations.outbox, conversations.turns
        self.hand_off, self.callbacks = conversations.hand_off, conversations.callbacks
        self.addressees, self.opt_outs = conversations.addressees, conversations.opt_outs
        self.preferences = conversations.preferences
        self.cases = self.core.cases
        self.calls, self.external_events = self.core.calls, self.core.external_events
        self.payments, self.payment_events = self.core.payments.taking, self.core.payments.events
        self.planned_contacts = self.core.outreach.planned_contacts
        self.agreement_follow_up = self.core.outreach.agreement_follow_up
        self.portfolio, self.debtor_files = self.core.portfolio, self.core.views.debtor_files

    def _outside(self) -> Outside:
        return Outside(
            clock=self.clock,
            engine=self.engine,
            channels={Channel.WHATSAPP: self.whatsapp, Channel.TELEGRAM: self.telegram},
            telephone=self.telephone,
            gateways={self.gateway.name: self.gateway},
            announcements=cast(Announcements, self.outside.announcements),
            sleep=self._sleep,
        )

    async def _sleep(self, seconds: float) -> None:
        """Sleeping is the clock moving on, and perhaps something happening meanwhile."""
        self.slept.append(seconds)
        self.clock.advance(seconds=seconds)

    async def dies_within(self, steps: int, work: Callable[["World"], Awaitable[None]]) -> bool:
        """Whether a process beside this one was killed before it had done its work."""
        fate = Fate(steps)
        process = World(DoomedDatabase(self.db, fate), self.clock, self.jobs, self.outside)
        with self.outside.at_the_mercy_of(fate):
            try:
                await work(process)
            except Killed:
                return True
        return False

    async def someone_writes(
        self,
        words: str = "hola",
        *,
        address: str = "+51987654321",
        channel: Channel = Channel.WHATSAPP,
        **more: Any,
    ) -> UUID:
        """A message comes in; the conversation it went to."""
        event = an_inbound(words, address=address, channel=channel, **more)
        conversation_id = await self.receives(event)
        assert conversation_id is not None
        return conversation_id

    async def receives(self, event: ChannelEvent) -> UUID | None:
        """A channel reports something; the conversation that it changed."""
        return await self.inbox.receive(a_webhook(event), event)

    async def is_paid(self, news: GatewayEvent) -> None:
        """A gateway's news of a payment is dealt with."""
        async with self.db.transaction() as session:
            await self.payments.receive(session, news)

    async def rows(self, kind: type[Any], *where: Any) -> Sequence[Any]:
        """Rows of a table, in the order of their keys."""
        async with self.db.transaction() as session:
            found = await session.scalars(select(kind).where(*where))
            return found.all()

    async def conversation(self, conversation_id: UUID) -> Conversation:
        """A conversation as it stands."""
        async with self.db.transaction() as session:
            return await session.get_one(Conversation, conversation_id)

    async def point_of(self, conversation_id: UUID) -> ContactPoint:
        """The address of a conversation as it stands."""
        conversation = await self.conversation(conversation_id)
        async with self.db.transaction() as session:
            return await session.get_one(ContactPoint, conversation.contact_point_id)

    async def messages(self, conversation_id: UUID, direction: Direction) -> Sequence[Message]:
        """What one side said, in order."""
        async with self.db.transaction() as session:
            found = await session.scalars(
                select(Message)
                .where(Message.conversation_id == conversation_id, Message.direction == direction)
                .order_by(Message.sequence)
            )
            return found.all()

    async def said(self, conversation_id: UUID) -> Sequence[Message]:
        """What we said."""
        return await self.messages(conversation_id, Direction.OUT)

    async def turns_of(self, conversation_id: UUID) -> Sequence[Turn]:
        """The turns of a conversation, the oldest first."""
        async with self.db.transaction() as session:
            found = await session.scalars(
                select(Turn)
                .where(Turn.conversation_id == conversation_id)
                .order_by(Turn.opened_at, Turn.id)
            )
            return found.all()

    async def attempts(self) -> Sequence[Attempt]:
        """Every wish to reach somebody."""
        return await self.rows(Attempt)

    async def job_names(self) -> list[str]:
        """The names of the jobs in the queue, the oldest first."""
        async with self.db.transaction() as session:
            found = await session.execute(
                text("select task_name from procrastinate_jobs order by id")
            )
            return [name for (name,) in found.all()]

    async def verify(self, conversation_id: UUID, minutes: int = 30) -> None:
        """The person of a conversation has proven who they are."""
        async with self.db.transaction() as session:
            conversation = await session.get_one(Conversation, conversation_id)
            conversation.verified_at = self.clock.now()
            conversation.verified_until_at = self.clock.now() + timedelta(minutes=minutes)


def _settings(burst_seconds: float) -> Settings:
    return Settings.model_validate(
        {
            "secret_key": MASTER_KEY,
            "conversation": {"burst_window_seconds": burst_seconds},
            "engine": {"apologise_after_seconds": 20, "give_up_after_seconds": 900},
            "twilio": {"voice_from": "+5115550000"},
        }
    )


def a_webhook(event: ChannelEvent) -> Webhook:
    """A webhook that says an event: one for each message of a person and state of one of ours."""
    name = repr(event)
    if isinstance(event, InboundMessage):
        name = f"{event.sender.channel}:{event.provider_id}"
    return Webhook.of("tests", repr(event), hashlib.sha256(name.encode()).hexdigest())


def an_inbound(
    words: str = "hola",
    *,
    address: str = "+51987654321",
    channel: Channel = Channel.WHATSAPP,
    provider_id: str | None = None,
    user_id: str | None = None,
    **more: Any,
) -> InboundMessage:
    """A message of a person as a channel reports it."""
    return InboundMessage(
        sender=ChannelAddress(channel, address, user_id),
        provider_id=provider_id or f"in-{next(_numbers)}",
        text=words,
        **more,
    )


class Ana:
    """A debtor in Lima with one debt of 320.50, known by her WhatsApp number.

    Her creditor asks for one factor, so that a story is short; the product's default is two.
    """

    def __init__(self, policy: dict[str, Any] | None = None, **debt: Any) -> None:
        one = {"verification": {"factors": ["document_last4"]}}
        self.creditor = a_creditor(policy=one if policy is None else policy)
        self.debtor = a_debtor()
        self.debt = a_debt(self.debtor, self.creditor, **debt)
        self.point = a_contact_point(self.debtor, address="+51987654321", last_inbound_at=None)

    async def stored(self, db: Database) -> "Ana":
        """The same, in the database."""
        rows: list[Base] = [self.creditor, self.debtor, self.debt, self.point]
        await saved(db, *rows)
        return self
