"""How agreed later contacts, stops and requests about data move. The caller holds the row."""

from datetime import datetime
from uuid import UUID

from acuerdo.contact.models import Callback, CallbackState, DataCase, Stop


def agreed(callback: Callback, at: datetime) -> None:
    """Agree on the moment of a later contact, also in place of a former one."""
    callback.at, callback.state = at, CallbackState.PENDING


def called_back(callback: Callback) -> None:
    """Keep the word given: the contact begins."""
    callback.state = CallbackState.DONE


def lift(stop: Stop, *, by: str, why: str, now: datetime) -> None:
    """Let contacts begin again; who lifted a stop first stays."""
    if stop.lifted_at is None:
        stop.lifted_at, stop.lifted_by, stop.lifted_why = now, by, why


def answered(case: DataCase, answer: str, *, by: UUID | None, now: datetime) -> None:
    """Note how a request about data was answered; `by`: who of the staff, if one of them did."""
    case.closed_at, case.closed_by_id, case.answer = now, by, answer
