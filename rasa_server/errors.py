"""Everything that can go wrong with a turn, by code and HTTP status.

None of these derives from `RasaException`: Rasa catches its own exceptions in places (slot
extraction, action execution) and carries on, and a turn that failed must never look like one that
had nothing to say.
"""

from __future__ import annotations

from typing import ClassVar


class TurnError(Exception):
    """A turn that was not completed; the conversation is as it was before the turn.

    `detail` says what happened in words that hold no text of a person and no slot value.
    """

    code: ClassVar[str] = "turn_failed"
    status: ClassVar[int] = 500

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class TurnFailed(TurnError):
    """The turn broke inside the engine, or an action answered what a turn may not hold."""


class Unauthorised(TurnError):
    """The shared secret is missing or wrong."""

    code = "unauthorised"
    status = 401


class Malformed(TurnError):
    """The request does not follow the contract; sending it again will not help."""

    code = "malformed"
    status = 422


class UnknownIntent(TurnError):
    """The intent asked for is not one of the trained model's domain."""

    code = "unknown_intent"
    status = 422


class EngineNotReady(TurnError):
    """The model is still being loaded, or the engine is shutting down."""

    code = "engine_not_ready"
    status = 503


class TrackerUnavailable(TurnError):
    """The conversation could not be read or saved."""

    code = "tracker_unavailable"
    status = 503


class ActionServerUnavailable(TurnError):
    """An action could not be run, or what it answered cannot be understood."""

    code = "action_server_unavailable"
    status = 502


class TurnTimeout(TurnError):
    """The turn takes longer than the caller may wait; it goes on, and asking again joins it."""

    code = "turn_timeout"
    status = 504


class EngineMisconfigured(Exception):
    """The engine must not start: a secret is missing, or Rasa fell back to parts of its own."""
