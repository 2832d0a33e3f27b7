"""How a planned contact moves. The caller holds the row."""

from datetime import datetime
from uuid import UUID

from acuerdo.outreach.models import PlannedContact, PlannedState


def started(planned: PlannedContact, conversation_id: UUID, turn_id: UUID) -> None:
    """Begin a contact as a turn of a conversation."""
    planned.state = PlannedState.STARTED
    planned.conversation_id, planned.turn_id = conversation_id, turn_id


def again(planned: PlannedContact, due_at: datetime) -> None:
    """Plan a contact once more that did not reach the person."""
    planned.state, planned.due_at = PlannedState.PENDING, due_at


def done(planned: PlannedContact, now: datetime, reason: str | None = None) -> None:
    """End a contact that was made; `reason`: what is not known of it."""
    _close(planned, PlannedState.DONE, reason, now)


def refused(planned: PlannedContact, now: datetime, reason: str) -> None:
    """End a contact that is not allowed, now or later."""
    _close(planned, PlannedState.REFUSED, reason, now)


def dropped(planned: PlannedContact, now: datetime, reason: str) -> None:
    """End a contact that nobody needs any more."""
    _close(planned, PlannedState.DROPPED, reason, now)


def _close(planned: PlannedContact, state: PlannedState, reason: str | None, now: datetime) -> None:
    planned.state, planned.reason, planned.closed_at = state, reason, now
