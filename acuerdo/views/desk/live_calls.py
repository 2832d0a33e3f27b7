"""The calls that go on now, for whoever supervises them. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from acuerdo.calls.models import CallDirection, CallState


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call that goes on: with whom, how far, what was said last."""

    conversation_id: UUID
    name: str | None
    address: str
    direction: CallDirection
    state: CallState
    agent: str | None
    last_words: str
    started_at: datetime
