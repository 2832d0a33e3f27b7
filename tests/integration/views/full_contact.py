"""How the debtor of the full file was reached and may be, and what they said about it."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.calls.models import Call, CallDirection, CallResult, CallState
from acuerdo.contact.law import Event
from acuerdo.contact.models import (
    Attempt,
    Callback,
    CallbackState,
    ConsentEvent,
    ContactPoint,
    DataCase,
    Preference,
    Purpose,
    Stop,
)
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DataRight, Scope
from tests.clock import A_MONDAY as NOW

if TYPE_CHECKING:
    from tests.integration.views.full_file import FullFile

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LAW = "Ley 29571, art. 62 (pe.hours)"
_FIRST_REPLY = 77


def contact(file: "FullFile") -> None:
    """A call, attempts that were allowed and refused, callbacks, and what the person wishes."""
    dialled = Call(
        conversation_id=file.call.id,
        direction=CallDirection.OUTBOUND,
        state=CallState.ENDED,
        result=CallResult.NO_ANSWER,
        provider_id="call-1",
        memory={},
        started_at=NOW - 3 * DAY,
    )
    file.add(dialled)
    collection, reply = Purpose.COLLECTION, Purpose.REPLY
    _attempt(file, file.telegram, NOW - 9 * DAY, reply, "house:reply")
    _attempt(file, file.phone, NOW - 3 * DAY, collection, LAW, message_id=dialled.id)
    later = {"reason": "outside_hours", "next_allowed_at": NOW + HOUR, "allowed": False}
    _attempt(file, file.phone, NOW - 2 * DAY, collection, "house:limits.hours.pe", **later)
    refused = {"reason": "opted_out", "allowed": False}
    _attempt(file, file.telegram, NOW - DAY, Purpose.REMINDER, LAW, **refused)
    for minute in range(9):
        at, message_id = NOW - 2 * HOUR + timedelta(minutes=minute), UUID(int=_FIRST_REPLY + minute)
        _attempt(file, file.whatsapp, at, reply, "house:reply", message_id=message_id)
    # known before its owner was: at an address of theirs, about nobody
    _attempt(file, file.whatsapp, NOW - HOUR, reply, "house:reply", debtor_id=None)
    for point, hours in ((file.whatsapp, 30), (file.phone, 5)):
        callback = Callback(
            conversation_id=file.conversation.id if hours > 5 else file.call.id,
            contact_point_id=point.id,
            debtor_id=file.debtor.id,
            channel=point.channel,
            at=NOW + hours * HOUR,
            state=CallbackState.PENDING,
            created_at=NOW,
        )
        file.add(callback)
    _consents(file)
    file.add(
        Stop(
            debtor_id=file.debtor.id,
            kind=Event.REPRESENTED,
            since_at=NOW - 6 * DAY,
            source="agent",
            lifted_at=None,
        )
    )


def _attempt(
    file: "FullFile", point: ContactPoint, at: datetime, purpose: Purpose, rule: str, **more: object
) -> None:
    usual = {"debtor_id": file.debtor.id, "allowed": True}
    file.add(
        Attempt(
            contact_point_id=point.id,
            channel=point.channel,
            purpose=purpose,
            at=at,
            rule=rule,
            **(usual | more),
        )
    )


def _consents(file: "FullFile") -> None:
    for given, words, at in ((True, None, NOW - 20 * DAY), (False, "BAJA", NOW - 9 * DAY)):
        file.add(
            ConsentEvent(
                contact_point_id=file.telegram.id,
                debtor_id=file.debtor.id,
                channel=Channel.TELEGRAM,
                given=given,
                scope=Scope.CHANNEL,
                source=ConsentSource.PORTFOLIO if given else ConsentSource.KEYWORD,
                words=words,
                at=at,
            )
        )
    file.add(
        Preference(
            debtor_id=file.debtor.id,
            channel=Channel.WHATSAPP,
            begins=time(12),
            ends=time(19),
            words="mejor en la tarde",
            conversation_id=file.conversation.id,
            learned_at=NOW - 5 * DAY,
        )
    )
    for right, closed_at in ((DataRight.ACCESS, NOW - DAY), (DataRight.DELETION, None)):
        asked = DataCase(
            conversation_id=file.conversation.id,
            debtor_id=file.debtor.id,
            right=right,
            words="mis datos",
            rule="Ley 29733, art. 55",
            due_on=date(2026, 12, 20),
            opened_at=NOW - (4 if closed_at is None else 5) * DAY,
            closed_at=closed_at,
            answer=None if closed_at is None else "se entregaron",
        )
        file.add(asked)
