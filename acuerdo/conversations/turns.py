"""The turn: what a person said in one go, understood by the engine, answered once.

A turn is a row before the engine is asked, so that whoever takes it up after a crash asks with
the same key and gets the same answer; its replies are rows before anything is sent.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import OUTREACH, ContactPoint, Purpose
from acuerdo.contact.ports import Template
from acuerdo.conversations import lifecycle, message_states, repository
from acuerdo.conversations.burst import Windows, complete_at
from acuerdo.conversations.call_cue import CallCue
from acuerdo.conversations.choices import EngineInput, distinct
from acuerdo.conversations.engine_request import EngineRequest
from acuerdo.conversations.identity import Identity
from acuerdo.conversations.kept_words import mask_proofs
from acuerdo.conversations.models import (
    Author,
    Conversation,
    Message,
    Outcome,
    Owner,
    Turn,
    TurnState,
    WaitingReason,
)
from acuerdo.conversations.notices import notice
from acuerdo.conversations.openings import (
    OPENING_BUTTONS,
    UNNAMED_OPENING_BUTTONS,
    needs_template,
    opening,
)
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.ports import Engine, EngineAnswer
from acuerdo.conversations.recent import input_of, pieces
from acuerdo.language.corrections import is_question
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import EngineRefused, EngineUnavailable
from acuerdo.platform.logging import get_logger
from acuerdo.platform.settings import ConversationSettings, EngineSettings
from acuerdo.values.channels import Channel

# A file stays the proof of what is said about it for so long.
_RECEIPT_COUNTS = timedelta(hours=1)
_ASK_AGAIN_SECONDS = 0.25
_log = get_logger()

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Turns:
    """Answers what people write."""

    db: Database
    clock: Clock
    engine: Engine
    identity: Identity
    outbox: Outbox
    settings: ConversationSettings
    patience: EngineSettings
    sleep: Sleep = asyncio.sleep

    @property
    def _apologise_after(self) -> timedelta:
        return timedelta(seconds=self.patience.apologise_after_seconds)

    @property
    def _give_up_after(self) -> timedelta:
        return timedelta(seconds=self.patience.give_up_after_seconds)

    async def reply_to(self, conversation_id: UUID) -> None:
        """Answer all that waits in a conversation; does nothing where nothing waits.

        Runs under the conversation's job lock. Raises EngineUnavailable or ProviderUnavailable to
        be called again.
        """
        while await self._process_one(conversation_id):
            # what was written after a turn that a former job left behind may have no job any more
            pass

    async def _process_one(self, conversation_id: UUID) -> bool:
        """Finish one turn; whether it had been left unfinished by somebody else."""
        is_time = await self._wait_for_the_burst(conversation_id)
        asked = await self._open(conversation_id) if is_time else None
        if asked is None:
            await self._deliver_what_is_left(conversation_id)
            return False
        message_ids = await (self._said_before(asked) if asked.answered else self._ask(asked))
        if message_ids is not None:
            await self._deliver(asked, message_ids)
        return asked.left_over

    async def _wait_for_the_burst(self, conversation_id: UUID) -> bool:
        """Let somebody who writes in pieces finish, so that they get one answer.

        False where nothing waits: who begins to write in this moment has a job of their own, and
        that one will wait for the rest.
        """
        if not self.settings.burst_window_seconds:
            return True
        windows = Windows.of(
            self.settings.burst_window_seconds, self.settings.fragment_window_seconds
        )
        while True:
            async with self.db.transaction() as session:
                if await repository.unfinished_turn(session, conversation_id) is not None:
                    return True
                waiting = await repository.unanswered(session, conversation_id)
                asked = await repository.last_question(session, conversation_id)
            if not waiting:
                return False
            is_answering = asked is not None and is_question(asked.text)
            until = complete_at(pieces(waiting), windows, is_answering=is_answering)
            left = (until - self.clock.now()).total_seconds()
            if left <= 0:
                return True
            await self.sleep(left)

    async def _open(self, conversation_id: UUID) -> EngineRequest | None:
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            turn = await repository.unfinished_turn(session, conversation_id)
            waiting = await repository.unanswered(session, conversation_id)
            if self._is_with_people(conversation, turn):
                self._leave_to_people(turn, waiting)
                if turn is not None and turn.state is TurnState.GIVEN_UP:
                    await mask_proofs(session, conversation, turn, self.clock.now())
                return None
            left_over = turn is not None
            if turn is None:
                if not waiting:
                    return None
                asked = await repository.last_question(session, conversation.id)
                turn = self._new_turn(session, conversation, input_of(waiting, asked))
                await session.flush()
                for message in waiting:
                    message.turn_id = turn.id
            return await self._asked(session, conversation, turn, left_over=left_over)

    async def _asked(
        self, session: AsyncSession, conversation: Conversation, turn: Turn, *, left_over: bool
    ) -> EngineRequest:
        self.identity.extend_verification(conversation)
        facts = dict(await self.identity.facts(session, conversation))
        facts["turn"] = str(turn.id)
        facts["purpose"] = turn.purpose.value
        facts["receipt"] = await repository.receipt_since(
            session, conversation.id, self.clock.now() - _RECEIPT_COUNTS
        )
        return EngineRequest(
            turn_id=turn.id,
            conversation_id=conversation.id,
            input=EngineInput(turn.text, turn.intent),
            medium="voice" if conversation.channel is Channel.VOICE else "chat",
            facts=facts,
            answered=turn.state is TurnState.ANSWERED,
            left_over=left_over,
            waited=self.clock.now() - turn.opened_at,
        )

    async def begin(
        self,
        session: AsyncSession,
        conversation: Conversation,
        said: EngineInput,
        purpose: Purpose = Purpose.REPLY,
    ) -> UUID:
        """Begin a turn in the caller's transaction for somebody who waits for `answer_now`."""
        turn = self._new_turn(session, conversation, said, purpose)
        await session.flush()
        return turn.id

    async def answer_now(
        self, turn_id: UUID, *, patience_seconds: float
    ) -> Sequence[Message] | None:
        """What is to be said in a turn whose person waits; None where it is not known in time.

        Asked again it goes on waiting for the same answer. Raises EngineRefused.
        """
        async with self.db.transaction() as session:
            turn = await session.get_one(Turn, turn_id)
            conversation = await repository.lock_conversation(session, turn.conversation_id)
            asked = await self._asked(session, conversation, turn, left_over=False)
            is_open = turn.state is TurnState.OPEN
        if is_open:
            until = self.clock.now() + timedelta(seconds=patience_seconds)
            try:
                async with asyncio.timeout(patience_seconds):
                    await self._keep(asked, await self._retry_until_answered(asked, until))
            except TimeoutError:
                return None
        async with self.db.statement() as session:
            return await repository.outbound_of_turn(session, turn_id)

    async def _retry_until_answered(self, asked: EngineRequest, until: datetime) -> EngineAnswer:
        """The engine's answer, asked for again and again; TimeoutError where there is no time."""
        while True:
            try:
                return await asked.send_to(self.engine)
            except EngineUnavailable:
                left = (until - self.clock.now()).total_seconds()
                if left <= 0:
                    raise TimeoutError from None
                await self.sleep(min(_ASK_AGAIN_SECONDS, left))

    @staticmethod
    def _is_with_people(conversation: Conversation, turn: Turn | None) -> bool:
        """Whether the engine must keep out.

        A turn that itself put the conversation in the queue is still finished, so that its last
        sentence is said; one that a person has taken over is not asked any more.
        """
        if conversation.owner is Owner.BOT:
            return False
        if turn is None:
            return True
        return turn.state is TurnState.OPEN and conversation.agent_id is not None

    def _leave_to_people(self, turn: Turn | None, waiting: Sequence[Message]) -> None:
        """A person holds the conversation: the engine is not asked."""
        for message in waiting:
            message_states.read(message)
        if turn is not None and turn.state is TurnState.OPEN:
            lifecycle.turn_given_up(turn, self.clock.now())

    def _new_turn(
        self,
        session: AsyncSession,
        conversation: Conversation,
        said: EngineInput,
        purpose: Purpose = Purpose.REPLY,
    ) -> Turn:
        turn = Turn(
            id=uuid4(),
            conversation_id=conversation.id,
            state=TurnState.OPEN,
            text=said.text,
            intent=said.intent,
            purpose=purpose,
            understood_as=None,
            confidence=None,
            apologised=False,
            opened_at=self.clock.now(),
            finished_at=None,
        )
        session.add(turn)
        return turn

    def open_with_intent(
        self,
        session: AsyncSession,
        conversation: Conversation,
        intent: str,
        purpose: Purpose = Purpose.REPLY,
    ) -> UUID:
        """Begin a turn of our own accord in the caller's transaction; `reply_to` carries it out."""
        return self._new_turn(session, conversation, EngineInput(intent=intent), purpose).id

    async def _said_before(self, asked: EngineRequest) -> list[UUID]:
        """The messages of a turn that was answered and not finished."""
        async with self.db.statement() as session:
            messages = await repository.outbound_of_turn(session, asked.turn_id)
        return [message.id for message in messages]

    async def _ask(self, asked: EngineRequest) -> list[UUID] | None:
        """Ask the engine and keep its answer as messages; None where the turn was given up."""
        try:
            answer = await asked.send_to(self.engine)
        except EngineUnavailable:
            if asked.waited >= self._give_up_after:
                await self.give_up(asked.conversation_id)
                return None
            if asked.waited >= self._apologise_after:
                await self._apologise(asked)
            raise
        except EngineRefused as error:
            _log.error("engine_refused", turn=str(asked.turn_id), code=error.code)
            await self.give_up(asked.conversation_id)
            return None
        return await self._keep(asked, answer)

    async def _keep(self, asked: EngineRequest, answer: EngineAnswer) -> list[UUID] | None:
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, asked.conversation_id)
            turn = await session.get_one(Turn, asked.turn_id)
            if turn.state is not TurnState.OPEN:
                # this worker was thought dead while it was only slow, and another did the turn
                return None
            lifecycle.turn_answered(turn, answer)
            await mask_proofs(session, conversation, turn, self.clock.now())
            if conversation.waiting_reason is WaitingReason.ENGINE_FAILED and (
                conversation.owner is Owner.BOT
            ):
                lifecycle.clear_waiting(conversation)
            text = "\n\n".join(reply.text for reply in answer.replies if reply.text)
            if not text or conversation.agent_id is not None:
                return []
            buttons = tuple(button for reply in answer.replies for button in reply.buttons)
            template: Template | None = None
            if turn.purpose in OUTREACH:
                point = await session.get_one(ContactPoint, conversation.contact_point_id)
                if needs_template(point, self.clock.now()):
                    facts = await self.identity.facts(session, conversation)
                    text, template = opening(facts)
                    buttons = OPENING_BUTTONS if facts["name"] else UNNAMED_OPENING_BUTTONS
            unsent = await self._unsent_apology(session, turn)
            return unsent + self.outbox.add(
                session,
                conversation,
                text,
                author=Author.BOT,
                purpose=_purpose(conversation, turn),
                buttons=distinct(buttons),
                call_cue=CallCue.of_all(reply.call for reply in answer.replies),
                turn_id=turn.id,
                template=template,
            )

    @staticmethod
    async def _unsent_apology(session: AsyncSession, turn: Turn) -> list[UUID]:
        """An apology that a worker died over is not to come after the answer."""
        if not turn.apologised:
            return []
        return [message.id for message in await repository.outbound_of_turn(session, turn.id)]

    async def _deliver(self, asked: EngineRequest, message_ids: Sequence[UUID]) -> None:
        for message_id in message_ids:
            await self.outbox.deliver(message_id)
        async with self.db.statement() as session:
            await repository.finish_turn(session, asked.turn_id, self.clock.now())
            if not message_ids:
                # where something was said, its delivery was announced
                announce(session, asked.conversation_id)

    async def _apologise(self, asked: EngineRequest) -> None:
        """Say once that there is a failure and show the conversation to the agents."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, asked.conversation_id)
            turn = await session.get_one(Turn, asked.turn_id)
            # who has not written to us is not told that we cannot answer
            is_open = turn.state is TurnState.OPEN and turn.purpose not in OUTREACH
            if is_open and not turn.apologised and conversation.agent_id is None:
                turn.apologised = True
                lifecycle.flag(conversation, WaitingReason.ENGINE_FAILED, self.clock.now())
                self._say(session, conversation, turn, "engine_down")
        await self._deliver_what_is_left(asked.conversation_id)

    async def give_up(self, conversation_id: UUID) -> None:
        """Stop trying to answer: the person is told so, once, and the agents take over."""
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            turn = await repository.unfinished_turn(session, conversation_id)
            if turn is None:
                return
            lifecycle.turn_given_up(turn, self.clock.now())
            await mask_proofs(session, conversation, turn, self.clock.now())
            if conversation.agent_id is not None or turn.purpose in OUTREACH:
                return
            lifecycle.queue_for_people(conversation, WaitingReason.ENGINE_FAILED, self.clock.now())
            self._say(session, conversation, turn, "gave_up")
        await self._deliver_what_is_left(conversation_id)

    def _say(self, session: AsyncSession, conversation: Conversation, turn: Turn, key: str) -> None:
        self.outbox.add(
            session,
            conversation,
            notice(key),
            author=Author.SYSTEM,
            purpose=Purpose.REPLY,
            turn_id=turn.id,
        )

    async def _deliver_what_is_left(self, conversation_id: UUID) -> None:
        """Send what was to be said in turns and was not, because a worker died over it."""
        async with self.db.statement() as session:
            messages = await repository.undelivered_of_turns(session, conversation_id)
        for message in messages:
            await self.outbox.deliver(message.id)


def _purpose(conversation: Conversation, turn: Turn) -> Purpose:
    if turn.purpose is not Purpose.REPLY:
        return turn.purpose
    if conversation.outcome is Outcome.OPT_OUT:
        return Purpose.OPT_OUT_CONFIRMATION
    return Purpose.REPLY
