"""Calls that people make to us: whose number it is, and the conversation that begins."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from acuerdo.calls import repository
from acuerdo.calls.models import CallDirection, CallState
from acuerdo.contact import points
from acuerdo.contact import repository as contacts
from acuerdo.conversations import lifecycle
from acuerdo.conversations.message_limits import short
from acuerdo.conversations.models import Conversation
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import CallEnded
from acuerdo.values import phone
from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class InboundCalls:
    """Use cases of a call that comes in."""

    db: Database
    clock: Clock

    async def receive(self, provider_id: str, caller: str | None) -> UUID:
        """Begin the call that the provider reports, of a number or of none; twice it is one."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            number = _number(caller, provider_id)
            point = await contacts.contact_point_of(session, Channel.VOICE, number, None)
            if point is None:
                point = await contacts.add_contact_point(session, Channel.VOICE, number, now=now)
            # asked under the lock of the number: the same news may come twice at once
            known = await repository.call_of(session, short(provider_id))
            if known is not None:
                conversation = await session.get_one(Conversation, known.conversation_id)
                if conversation.contact_point_id != point.id:
                    # a call has one caller: whoever else comes by its name hears nothing of it
                    raise CallEnded
                return known.id
            point.last_inbound_at = now
            points.reached_again(point, now)
            # anybody can show any number: whose it is tells nothing about who calls
            conversation = await lifecycle.continue_or_begin(
                session, point, now=now, always_new=True, caller_unknown=True
            )
            try:
                call_id = await repository.add_call(
                    session,
                    uuid4(),
                    conversation_id=conversation.id,
                    direction=CallDirection.INBOUND,
                    state=CallState.IN_PROGRESS,
                    provider_id=short(provider_id),
                    started_at=now,
                    answered_at=now,
                )
            except IntegrityError as error:
                # another caller by the same name of a call, at the same moment
                raise CallEnded from error
            announce(session, conversation.id)
        return call_id

    async def find(self, provider_id: str) -> UUID | None:
        """The call that the provider knows by this name."""
        async with self.db.statement() as session:
            call = await repository.call_of(session, short(provider_id))
            return None if call is None else call.id


def _number(caller: str | None, provider_id: str) -> str:
    """The canonical number of who calls; callers without one are never one another."""
    try:
        return phone.canonical(caller or "")
    except phone.NotAPhone:
        return short(f"{points.WITHHELD}{provider_id}")
