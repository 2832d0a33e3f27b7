"""How calls end: what was under way is finished, what waits for a person stays in sight."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import repository, retry_policy
from acuerdo.calls.jobs import complete, dial_again
from acuerdo.calls.models import Call, CallDirection, CallResult, CallState
from acuerdo.calls.read_backs import forget_read_back
from acuerdo.calls.transitions import ended
from acuerdo.contact.locale import locale_of
from acuerdo.contact.models import ContactPoint
from acuerdo.contact.service import Contact
from acuerdo.conversations import lifecycle, outcomes
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.kept_words import mask_proofs
from acuerdo.conversations.models import (
    Conversation,
    MessageState,
    Outcome,
    Owner,
    Turn,
    WaitingReason,
)
from acuerdo.conversations.person import person_of
from acuerdo.conversations.turns import Turns
from acuerdo.external_events import repository as external_events
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import EngineUnavailable
from acuerdo.platform.jobs import Jobs

_HUNG_UP: Final = "hung_up"
# A turn that was left by a hang-up is finished by a job, which has more time than a caller.
_AFTERWARDS_SECONDS: Final = 8
_GIVE_UP_AFTERWARDS: Final = timedelta(minutes=15)
_QUARTER_MINUTES: Final = 15
_CALL_BACK_IN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HangUp:
    """Use cases of a call that is over, or that nobody here can answer any more."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact
    turns: Turns

    async def leave_to_people(self, session: AsyncSession, conversation: Conversation) -> None:
        """Nobody could answer: the case waits for a person, who calls back."""
        lifecycle.queue_for_people(conversation, WaitingReason.ENGINE_FAILED, self.clock.now())
        await self._agree(session, conversation)

    async def _agree(
        self, session: AsyncSession, conversation: Conversation
    ) -> tuple[datetime, str]:
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        debtor_id = person_of(conversation, point)
        home = await locale_of(session, debtor_id, point.address)
        wanted = _next_quarter(self.clock.now() + _CALL_BACK_IN)
        callback = await self.contact.schedule_callback(
            session, point, conversation.id, debtor_id, wanted, home
        )
        outcomes.note(conversation, Outcome.CALLBACK)
        return callback.at, home.timezone

    async def call_back_later(self, call_id: UUID) -> tuple[datetime, str]:
        """Nobody is free now: a person calls back, at the moment and in the zone given."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            return await self._agree(session, conversation)

    async def finish(
        self, call_id: UUID, result: CallResult, *, webhook: Webhook | None = None
    ) -> None:
        """The call is over; a turn that was under way is kept and carried out to its end.

        `webhook`: the provider's news of it, kept with what follows from it.
        """
        async with self.db.transaction() as session:
            if webhook is not None:
                await external_events.add(session, webhook, self.clock.now())
            call = await repository.lock_call(session, call_id)
            if call.state is CallState.ENDED:
                return
            await forget_read_back(session, call)
            ended(call, result, self.clock.now())
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            if await conversations.unfinished_turn(session, conversation.id) is None:
                self._close(conversation)
            else:
                await self.jobs.enqueue(session, complete(call_id=call_id), lock=conversation.id)
            await self._call_again(session, call)
            announce(session, conversation.id)

    async def _call_again(self, session: AsyncSession, call: Call) -> None:
        """Queue the repetition of a call of ours that reached nobody."""
        if call.direction is not CallDirection.OUTBOUND or call.result is None:
            return
        made = len(await repository.calls_in_chain(session, call.id))
        wait = retry_policy.again_in(call.result, made)
        if wait is not None:
            await self.jobs.enqueue(session, dial_again(call_id=call.id), delay=wait)

    async def complete(self, call_id: UUID) -> None:
        """Carry out what was said before a hang-up; raises EngineUnavailable to be called again."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            turn = await conversations.unfinished_turn(session, call.conversation_id)
        if turn is not None:
            said = await self.turns.answer_now(turn.id, patience_seconds=_AFTERWARDS_SECONDS)
            is_lost = self.clock.now() - turn.opened_at > _GIVE_UP_AFTERWARDS
            if said is None and not is_lost:
                raise EngineUnavailable
            await self._settle(turn.id, unanswered=said is None)
        async with self.db.transaction() as session:
            self._close(await conversations.lock_conversation(session, call.conversation_id))
            announce(session, call.conversation_id)

    async def _settle(self, turn_id: UUID, *, unanswered: bool) -> None:
        now = self.clock.now()
        async with self.db.transaction() as session:
            turn = await session.get_one(Turn, turn_id, with_for_update=True)
            lifecycle.turn_given_up(turn, now) if unanswered else lifecycle.turn_delivered(
                turn, now
            )
            await conversations.settle_spoken(
                session, turn_id, MessageState.FAILED, now, error_code=_HUNG_UP
            )
            if unanswered:
                conversation = await conversations.lock_conversation(session, turn.conversation_id)
                await mask_proofs(session, conversation, turn, now)
                await self.leave_to_people(session, conversation)

    def _close(self, conversation: Conversation) -> None:
        """Nothing is left to say here; what waits for a person goes on waiting."""
        if conversation.owner is Owner.BOT and conversation.waiting_since_at is None:
            lifecycle.end(conversation, self.clock.now())
        elif conversation.owner is Owner.BOT:
            lifecycle.leave_with_people(conversation)


def _next_quarter(at: datetime) -> datetime:
    """A moment that people can be told: on the quarter of an hour."""
    over = timedelta(
        minutes=at.minute % _QUARTER_MINUTES, seconds=at.second, microseconds=at.microsecond
    )
    return at - over + timedelta(minutes=_QUARTER_MINUTES)
