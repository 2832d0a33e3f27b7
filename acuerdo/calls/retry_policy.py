"""When a call that reached nobody is tried again. Pure; the law is asked again each time."""

from datetime import timedelta
from typing import Final

from acuerdo.calls.models import CallResult

MOST_CALLS: Final = 3
_PAUSES: Final = {
    CallResult.BUSY: timedelta(minutes=20),
    CallResult.NO_ANSWER: timedelta(hours=3),
    CallResult.VOICEMAIL: timedelta(hours=4),
    CallResult.FAILED: timedelta(hours=1),
}


def again_in(result: CallResult, made: int) -> timedelta | None:
    """How long to wait before the next call, when `made` reached nobody; None to leave it."""
    return _PAUSES.get(result) if made < MOST_CALLS else None
