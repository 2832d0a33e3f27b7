"""What payment gateways tell us: proven, kept, and dealt with by a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from acuerdo.bookkeeping.jobs import ask_people
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.external_events import repository as external_events
from acuerdo.external_events import transitions
from acuerdo.external_events.models import EventState
from acuerdo.external_events.ports import Stray, Webhook
from acuerdo.payments.gateways import Gateways
from acuerdo.payments.jobs import handle_event
from acuerdo.payments.ports import NOT_ABOUT_MONEY
from acuerdo.payments.service import UNPLACED, Payments
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs

_SOURCE: Final = "payments."


@dataclass(frozen=True, slots=True)
class PaymentEvents:
    """Use cases of events that a gateway posts."""

    db: Database
    clock: Clock
    jobs: Jobs
    gateways: Gateways
    payments: Payments

    async def receive(self, name: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep an event of the gateway of that name with the job that handles it; twice is once.

        One that cannot be read is kept too, and shown to people where it may be about money.
        Raises NotFound where no such gateway is in use, GatewayEventForged where it did not send
        this just now.
        """
        gateway = self.gateways.named(name)
        now = self.clock.now()
        gateway.verify(headers, body, now)
        news = gateway.parse(body)
        unreadable = isinstance(news, Stray)
        event_id = "" if isinstance(news, Stray) else news.event_id
        async with self.db.transaction() as session:
            stored = await external_events.add(
                session,
                Webhook.of(f"{_SOURCE}{name}", body.decode("utf-8", "replace"), event_id),
                now,
                state=EventState.UNREADABLE if unreadable else EventState.RECEIVED,
                reason=news.reason if isinstance(news, Stray) else None,
                job=handle_event.name,
            )
            if stored is not None:
                work = handle_event(event_id=stored)
                if unreadable:
                    work = ask_people(question=MoneyQuestion.UNREADABLE, subject_id=stored)
                if news != Stray(NOT_ABOUT_MONEY):
                    await self.jobs.enqueue(session, work)

    async def handle(self, event_id: UUID) -> None:
        """Do what a kept event says, and note what became of it; once, whoever is called again."""
        async with self.db.transaction() as session:
            event = await external_events.lock_event(session, event_id)
            if event.state is EventState.HANDLED:
                return
            news = self.gateways.named(event.source.removeprefix(_SOURCE)).parse(
                event.body.encode()
            )
            if isinstance(news, Stray):
                transitions.unreadable(event, news.reason)
                return
            reason = await self.payments.receive(session, news)
            why = None if reason is None else reason.value
            transitions.handled(event, self.clock.now(), why)
            if reason in UNPLACED:
                work = ask_people(question=MoneyQuestion.UNPLACED, subject_id=event_id)
                await self.jobs.enqueue(session, work)
