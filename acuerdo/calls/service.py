"""Calls: what is heard is stored once, answered in the request, and told again the same.

What a call says and how it listens is the voice door's business; here is what must not be lost or
done twice, whatever is repeated, reordered or hung up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import repository
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.models import Call, CallDirection, CallResult, CallState, CallTurn
from acuerdo.contact import points
from acuerdo.contact import repository as contacts
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.conversations import lifecycle
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.choices import EngineInput
from acuerdo.conversations.message_limits import clean, short
from acuerdo.conversations.models import (
    Conversation,
    Message,
    MessageState,
    Owner,
    Turn,
    WaitingReason,
)
from acuerdo.conversations.turns import Turns
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import CallEnded, EngineRefused
from acuerdo.values import phone
from acuerdo.values.channels import Channel
from acuerdo.values.dates import local_date

Json = dict[str, Any]
# Every call is a talk of its own, unless a person holds the one that was left open.
_ANEW: Final = timedelta(microseconds=-1)


@dataclass(frozen=True, slots=True)
class CallView:
    """A call as its door sees it; `memory` is the door's own."""

    id: UUID
    conversation_id: UUID
    direction: CallDirection
    memory: Json
    owner: Owner
    waiting_reason: WaitingReason | None
    verified: bool
    country: str
    timezone: str
    today: date
    lasted: timedelta
    result: CallResult | None


@dataclass(frozen=True, slots=True)
class Tells:
    """The door answers by itself: `answer` to render, `shown` for the transcript."""

    answer: Json
    memory: Json
    shown: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Asks:
    """The door wants the engine's answer; `heard` is what the transcript shows."""

    said: EngineInput
    memory: Json = field(default_factory=dict)
    heard: str = ""


class Door(Protocol):
    """What the voice door decides about one turn; pure."""

    def hear(self, view: CallView) -> Asks | Tells:
        """What to do about what was heard."""
        ...

    def answer(self, view: CallView, said: Sequence[Message]) -> Tells:
        """What is said when the engine has answered."""
        ...

    def fail(self, view: CallView) -> Tells:
        """What is said when the engine does not answer; the call ends with it."""
        ...


@dataclass(frozen=True, slots=True)
class CallTurns:
    """Use cases of a call that is going on."""

    db: Database
    clock: Clock
    turns: Turns
    ends: HangUp

    async def receive(self, provider_id: str, caller: str | None) -> UUID:
        """The call that the provider reports, of a number or of none; reported twice it is one."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            number = _number(caller, provider_id)
            point = await contacts.contact_point_of(session, Channel.VOICE, number, None)
            if point is None:
                point = await contacts.add_contact_point(session, Channel.VOICE, number, now=now)
            # asked under the lock of the number: the same news may come twice at once
            known = await repository.call_of(session, short(provider_id))
            if known is not None:
                return known.id
            await self._recognise(session, point)
            point.last_inbound_at = now
            points.reached_again(point, now)
            conversation = await lifecycle.continue_or_begin(session, point, now=now, idle=_ANEW)
            call = await repository.add_call(
                session,
                uuid4(),
                conversation_id=conversation.id,
                direction=CallDirection.INBOUND,
                state=CallState.IN_PROGRESS,
                provider_id=short(provider_id),
                started_at=now,
                answered_at=now,
            )
            announce(session, conversation.id)
        return call

    async def find(self, provider_id: str) -> UUID | None:
        """The call that the provider knows by this name."""
        async with self.db.statement() as session:
            call = await repository.call_of(session, short(provider_id))
            return None if call is None else call.id

    @staticmethod
    async def _recognise(session: AsyncSession, point: ContactPoint) -> None:
        """Whose telephone it is thought to be, where another channel knows it; proves nothing."""
        if point.debtor_id is None:
            owners = await contacts.debtors_with_phone(session, point.address)
            point.debtor_id = owners[0] if len(owners) == 1 else None

    async def take_turn(
        self,
        call_id: UUID,
        number: int,
        door: Door,
        *,
        patience_seconds: float,
        give_up_seconds: float,
    ) -> Json | None:
        """What is said to the `number`-th thing heard; None where the engine is not ready yet.

        The same number again gives the same answer. Raises CallEnded.
        """
        begun = await self._begin(call_id, number, door)
        if begun.answer is not None or begun.turn_id is None:
            return begun.answer
        waited = (self.clock.now() - begun.heard_at).total_seconds()
        try:
            said = await self.turns.answer_now(
                begun.turn_id,
                patience_seconds=max(0.0, min(patience_seconds, give_up_seconds - waited)),
            )
        except EngineRefused:
            said, waited = None, give_up_seconds
        if said is None and waited + patience_seconds < give_up_seconds:
            return None
        return await self._finish_turn(call_id, number, door, said)

    async def _begin(self, call_id: UUID, number: int, door: Door) -> "_Begun":
        now = self.clock.now()
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            known = await session.get(CallTurn, (call_id, number))
            if known is not None:
                return _Begun(call.conversation_id, known.turn_id, known.heard_at, known.answer)
            if call.state is CallState.ENDED:
                raise CallEnded
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            decided = door.hear(await self._view(session, call, conversation))
            row = CallTurn(
                call_id=call_id,
                number=number,
                turn_id=None,
                answer=None,
                heard_at=now,
                answered_at=None,
            )
            if isinstance(decided, Asks):
                # a call of ours begins with why we call: the dialogue goes on with it
                opens = not call.memory
                purpose = Purpose((opens and call.purpose) or Purpose.REPLY)
                row.turn_id = await self.turns.begin(session, conversation, decided.said, purpose)
            session.add(row)
            call.memory = decided.memory
            conversation.last_activity_at = now
            if decided.heard:
                await self._keep_heard(session, conversation, row, decided)
            if isinstance(decided, Tells):
                row.answer, row.answered_at = decided.answer, now
                self._keep_said(session, conversation, decided.shown)
            announce(session, conversation.id)
        return _Begun(conversation.id, row.turn_id, now, row.answer)

    async def _finish_turn(
        self, call_id: UUID, number: int, door: Door, said: Sequence[Message] | None
    ) -> Json:
        now = self.clock.now()
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            row = await session.get_one(CallTurn, (call_id, number))
            if row.answer is not None:
                return row.answer
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            view = await self._view(session, call, conversation)
            turn = await session.get_one(Turn, row.turn_id)
            if said is None:
                told = door.fail(view)
                lifecycle.turn_given_up(turn, now)
                await self.ends.leave_to_people(session, conversation)
                self._keep_said(session, conversation, told.shown)
            else:
                told = door.answer(view, said)
                lifecycle.turn_delivered(turn, now)
                await conversations.settle_spoken(session, turn.id, MessageState.SENT, now)
            row.answer, row.answered_at = told.answer, now
            call.memory = told.memory
            announce(session, conversation.id)
        return told.answer

    async def _keep_heard(
        self, session: AsyncSession, conversation: Conversation, row: CallTurn, heard: Asks | Tells
    ) -> None:
        said = heard.said if isinstance(heard, Asks) else None
        await conversations.add_inbound(
            session,
            conversation_id=conversation.id,
            turn_id=row.turn_id,
            channel=conversation.channel,
            provider_id=f"{row.call_id}:{row.number}",
            text=clean(heard.heard),
            choice=None if said is None or said.intent is None else f"/{said.intent}",
            provider_order=row.number,
            reply_to_provider_id=None,
            media=[],
            state=MessageState.READ,
            at=self.clock.now(),
        )

    def _keep_said(self, session: AsyncSession, conversation: Conversation, text: str) -> None:
        if text:
            repository.add_spoken(session, conversation, text, self.clock.now())

    async def next_number(self, call_id: UUID) -> int:
        """The number of the next thing heard, for a transport that does not count by itself."""
        async with self.db.statement() as session:
            return await repository.heard_in(session, call_id)

    async def note_interruption(self, call_id: UUID, heard: str) -> None:
        """The person spoke into what we said last, and has heard only this much of it."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            last = await conversations.last_outbound(session, call.conversation_id)
            if last is not None and last.error_code is None:
                last.error_code = short(f"interrupted:{len(heard)}")
            announce(session, call.conversation_id)

    async def view(self, call_id: UUID) -> CallView:
        """The call as it is now; raises CallEnded where there is none any more."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            conversation = await session.get_one(Conversation, call.conversation_id)
            if call.state is CallState.ENDED:
                raise CallEnded
            return await self._view(session, call, conversation)

    async def _view(
        self, session: AsyncSession, call: Call, conversation: Conversation
    ) -> CallView:
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        home = await locale_of(session, point.debtor_id, point.address)
        now = self.clock.now()
        until = conversation.verified_until_at
        return CallView(
            id=call.id,
            conversation_id=conversation.id,
            direction=call.direction,
            memory=call.memory,
            owner=conversation.owner,
            waiting_reason=conversation.waiting_reason,
            verified=until is not None and now < until,
            country=home.country,
            timezone=home.timezone,
            today=local_date(now, home.timezone),
            lasted=now - call.started_at,
            result=call.result,
        )


@dataclass(frozen=True, slots=True)
class _Begun:
    conversation_id: UUID
    turn_id: UUID | None
    heard_at: datetime
    answer: Json | None


def _number(caller: str | None, provider_id: str) -> str:
    """The canonical number of who calls; callers without one are never one another."""
    try:
        return phone.canonical(caller or "")
    except phone.NotAPhone:
        return short(f"anonymous-{provider_id}")
