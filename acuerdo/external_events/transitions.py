"""How a kept webhook moves. The caller holds the row."""

from datetime import datetime

from acuerdo.external_events.models import EventState, ExternalEvent


def handled(event: ExternalEvent, now: datetime, reason: str | None = None) -> None:
    """Note that what it says was done; `reason`: why nothing more followed from it."""
    event.state, event.handled_at, event.reason = EventState.HANDLED, now, reason


def unreadable(event: ExternalEvent, reason: str) -> None:
    """Note that it says nothing that we understand."""
    event.state, event.reason = EventState.UNREADABLE, reason


def failed(event: ExternalEvent, reason: str) -> None:
    """Note that handling it broke; one that was handled meanwhile stays so."""
    if event.state is not EventState.HANDLED:
        event.state, event.reason = EventState.FAILED, reason[:64]


def received_again(event: ExternalEvent) -> None:
    """Let an event be handled once more."""
    event.state, event.reason = EventState.RECEIVED, None
