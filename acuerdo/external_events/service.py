"""What operators do with stored webhooks: look at the unhandled, have them handled again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from acuerdo.external_events import repository, transitions
from acuerdo.external_events.models import EventState
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotRepeatable
from acuerdo.platform.jobs import JobCall, Jobs

_MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as operators see it, without its body."""

    id: UUID
    source: str
    event_id: str
    state: EventState
    reason: str | None
    received_at: datetime
    repeatable: bool


@dataclass(frozen=True, slots=True)
class ExternalEvents:
    """Use cases of stored webhooks."""

    db: Database
    clock: Clock
    jobs: Jobs

    async def store(self, webhook: Webhook, reason: str) -> None:
        """Store a webhook that nothing can follow from, for inspection."""
        async with self.db.statement() as session:
            await repository.add(
                session,
                webhook,
                self.clock.now(),
                state=EventState.UNREADABLE,
                reason=reason,
            )

    async def fail(self, event_id: UUID, reason: str) -> None:
        """Note that handling an event broke; one that was handled meanwhile stays so."""
        async with self.db.transaction() as session:
            event = await repository.lock_event(session, event_id)
            transitions.failed(event, reason)

    async def in_states(self, states: Sequence[EventState]) -> list[EventLine]:
        """The newest 200 events in some states."""
        async with self.db.statement() as session:
            found = await repository.events_in(session, states, _MOST_LISTED)
        return [
            EventLine(
                event.id,
                event.source,
                event.event_id,
                event.state,
                event.reason,
                event.received_at,
                event.job is not None,
            )
            for event in found
        ]

    async def retry(self, event_id: UUID) -> None:
        """Queue an event to be handled again from its stored body.

        Raises NotFound, or NotRepeatable where it was handled, or was not taken by a job.
        """
        async with self.db.transaction() as session:
            event = await repository.lock_event(session, event_id)
            if event.job is None or event.state is EventState.HANDLED:
                raise NotRepeatable
            transitions.received_again(event)
            await self.jobs.enqueue(session, JobCall(event.job, {"event_id": str(event.id)}))
