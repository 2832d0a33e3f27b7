"""All questions asked about webhooks that came in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.errors import NotFound
from acuerdo.values.text import storable

# A body is kept whole up to here: more than any provider sends about one event.
MAX_BODY: Final = 65_536
_MAX_ID: Final = 160
_MAX_REASON: Final = 64


def storing(
    webhook: Webhook,
    at: datetime,
    *,
    state: EventState = EventState.HANDLED,
    reason: str | None = None,
    job: str | None = None,
) -> Insert:
    """The statement that stores a webhook; it changes nothing where it was stored before."""
    return (
        insert(ExternalEvent)
        .values(
            id=uuid4(),
            source=webhook.source,
            event_id=storable(webhook.event_id, _MAX_ID),
            body=storable(webhook.body, MAX_BODY),
            state=state,
            reason=None if reason is None else reason[:_MAX_REASON],
            job=job,
            received_at=at,
            handled_at=at if state is EventState.HANDLED else None,
        )
        .on_conflict_do_nothing(index_elements=["source", "event_id"])
    )


async def add(
    session: AsyncSession,
    webhook: Webhook,
    at: datetime,
    *,
    state: EventState = EventState.HANDLED,
    reason: str | None = None,
    job: str | None = None,
) -> UUID | None:
    """Store a webhook; None where it was stored before. HANDLED: in this very transaction."""
    statement = storing(webhook, at, state=state, reason=reason, job=job)
    added = await session.execute(statement.returning(ExternalEvent.id))
    return added.scalar()


async def lock_event(session: AsyncSession, event_id: UUID) -> ExternalEvent:
    """One event, held until the transaction ends; NotFound where there is none."""
    event = await session.get(ExternalEvent, event_id, with_for_update=True)
    if event is None:
        raise NotFound
    return event


async def explain(session: AsyncSession, webhook: Webhook, reason: str) -> None:
    """Note why nothing more followed from a webhook that was stored."""
    event = await session.scalar(
        select(ExternalEvent).where(
            ExternalEvent.source == webhook.source,
            ExternalEvent.event_id == storable(webhook.event_id, _MAX_ID),
        )
    )
    if event is not None:
        event.reason = reason[:_MAX_REASON]


async def events_in(
    session: AsyncSession, states: Sequence[EventState], limit: int
) -> Sequence[ExternalEvent]:
    """Events in some states, the newest first."""
    found = await session.scalars(
        select(ExternalEvent)
        .where(ExternalEvent.state.in_(states))
        .order_by(ExternalEvent.received_at.desc())
        .limit(limit)
    )
    return found.all()
