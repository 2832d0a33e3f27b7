"""How a call moves: forward only. The caller holds the row."""

from datetime import datetime
from uuid import UUID

from acuerdo.calls.models import Call, CallResult, CallState


def answered(call: Call, now: datetime) -> None:
    """Note that somebody, or something, picked up."""
    if call.state is CallState.DIALLING:
        call.state, call.answered_at = CallState.IN_PROGRESS, now


def answered_by_machine(call: Call) -> None:
    """Note that nobody but a machine listens; a call that is over stays as it ended."""
    if call.state is not CallState.ENDED:
        call.result = CallResult.VOICEMAIL


def taken_by(call: Call, staff_id: UUID) -> None:
    """Put a call into the hands of an agent."""
    call.state, call.agent_id = CallState.WITH_AGENT, staff_id


def left_by_agent(call: Call) -> bool:
    """Let the call go on without the agent; whether one has spoken in it."""
    if call.state is not CallState.WITH_AGENT:
        return False
    call.state = CallState.IN_PROGRESS
    return True


def ended(call: Call, result: CallResult, now: datetime) -> None:
    """End a call; what was known of its result before stays."""
    call.state, call.ended_at = CallState.ENDED, now
    call.result = call.result or result
