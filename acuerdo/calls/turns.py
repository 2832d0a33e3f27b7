"""The turns of a call: what is heard is stored once, answered in the request, and again the same.

What a call says and how it listens is decided in `call_flow`; here is what must not be lost or
done twice, whatever is repeated, reordered or hung up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import call_flow, call_memory, keypad, repository
from acuerdo.calls.amd import AnsweringMachines
from acuerdo.calls.call_flow import (
    AskEngine,
    CallerInput,
    CallFacts,
    CallLimits,
    EngineWords,
    Say,
)
from acuerdo.calls.call_memory import TurnAnswer
from acuerdo.calls.hang_up import HangUp
from acuerdo.calls.models import Call, CallDirection, CallResult, CallState, CallTurn
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Wait
from acuerdo.calls.read_backs import forget_read_back, kept_of_heard, kept_of_prompt
from acuerdo.calls.recording import Recording
from acuerdo.contact.locale import Locale, locale_of
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.conversations import lifecycle
from acuerdo.conversations import repository as conversations
from acuerdo.conversations.call_cue import CallCue
from acuerdo.conversations.kept_words import mask_proofs
from acuerdo.conversations.message_limits import clean, short
from acuerdo.conversations.models import (
    Conversation,
    Message,
    MessageState,
    Owner,
    Turn,
)
from acuerdo.conversations.person import is_proven, person_of
from acuerdo.conversations.turns import Turns
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import CallEnded, EngineRefused
from acuerdo.platform.settings import VoiceSettings
from acuerdo.values.dates import local_date

# In a call of ours the greeting has no number: what is heard after it is the first thing heard.
FIRST_WORD: Final = 1


@dataclass(frozen=True, slots=True)
class CallView:
    """A call as it stands: `question` is the open one, `verified` a fresh proof of identity."""

    conversation_id: UUID
    direction: CallDirection
    question: Prompt | None
    verified: bool
    country: str


@dataclass(frozen=True, slots=True)
class _Begun:
    """A turn of a call that has its row; `repeated`: the same was asked for before."""

    call_id: UUID
    number: int
    country: str
    turn_id: UUID | None
    heard_at: datetime
    answer: TurnAnswer | None
    repeated: bool


@dataclass(frozen=True, slots=True)
class CallTurns:
    """Use cases of a call that is going on."""

    db: Database
    clock: Clock
    turns: Turns
    hang_up: HangUp
    amd: AnsweringMachines
    recording: Recording
    settings: VoiceSettings

    async def take_turn(self, call_id: UUID, number: int, heard: CallerInput) -> Prompt | Wait:
        """What is said to the `number`-th thing heard, or what to hear until it is known.

        The same number again gives the same answer. Raises CallEnded.
        """
        if number == FIRST_WORD:
            await self.amd.wait_for_amd(call_id)
        begun = await self._begin(call_id, number, heard)
        answer = begun.answer
        if begun.turn_id is not None and answer is None:
            answer = await self._answer(begun, begun.turn_id)
        if answer is None:
            return Wait(phrase("filler_again" if begun.repeated else "filler"), begun.country)
        if not answer.opens:
            # the notice was in the opening, which has been heard by now
            secret = keypad.is_secret(answer.prompt.keys)
            await self.recording.follow(call_id, secret=secret)
        return answer.prompt

    async def _begin(self, call_id: UUID, number: int, heard: CallerInput) -> _Begun:
        """Store what was heard with what follows from it, unless that was done before."""
        now = self.clock.now()
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            row = await session.get(CallTurn, (call_id, number))
            if row is not None:
                home = await self._home(session, call)
                return _begun(row, home, repeated=True)
            if call.state is CallState.ENDED:
                raise CallEnded
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            home = await self._home(session, call)
            facts = self._facts(call, conversation, home, number)
            decided = call_flow.on_input(facts, heard, self._limits())
            await forget_read_back(session, call)
            row = CallTurn(
                call_id=call_id,
                number=number,
                turn_id=None,
                answer=None,
                heard_at=now,
                answered_at=None,
            )
            if isinstance(decided, AskEngine):
                row.turn_id = await self._open_turn(session, call, conversation, decided)
            session.add(row)
            call.memory = call_memory.memory_to_json(decided.memory)
            conversation.last_activity_at = now
            if decided.transcript:
                words = kept_of_heard(facts, decided)
                await self._store_heard(session, conversation, row, decided, words)
            if isinstance(decided, Say):
                self._store_answer(row, decided, home)
                if decided.prompt.text:
                    words = kept_of_prompt(facts, decided.prompt, decided.memory)
                    repository.add_spoken(session, conversation, words, now)
            announce(session, conversation.id)
        return _begun(row, home, repeated=False)

    async def _open_turn(
        self, session: AsyncSession, call: Call, conversation: Conversation, asked: AskEngine
    ) -> UUID:
        # a call of ours begins with why we call: the dialogue goes on with it
        purpose = Purpose((asked.memory is None and call.purpose) or Purpose.REPLY)
        return await self.turns.begin(session, conversation, asked.engine_input, purpose)

    async def _answer(self, begun: _Begun, turn_id: UUID) -> TurnAnswer | None:
        """The engine's answer, an apology once it took too long, or None where there is time."""
        voice = self.settings
        waited = (self.clock.now() - begun.heard_at).total_seconds()
        patience = voice.wait_seconds if begun.repeated else voice.filler_after_seconds
        left = max(0.0, voice.give_up_after_seconds - waited)
        try:
            said = await self.turns.answer_now(turn_id, patience_seconds=min(patience, left))
        except EngineRefused:
            return await self._finish_turn(begun, None)
        if said is None and patience < left:
            return None
        return await self._finish_turn(begun, said)

    async def _finish_turn(self, begun: _Begun, said: Sequence[Message] | None) -> TurnAnswer:
        """Store the answer to what was heard; without `said` it is an apology."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, begun.call_id)
            row = await session.get_one(CallTurn, (begun.call_id, begun.number))
            if row.answer is not None:
                return call_memory.answer_of_json(row.answer)
            conversation = await conversations.lock_conversation(session, call.conversation_id)
            turn = await session.get_one(Turn, row.turn_id)
            home = await self._home(session, call)
            facts = self._facts(call, conversation, home, begun.number)
            if said is None:
                decided = await self._apologise(session, conversation, turn)
            else:
                decided = call_flow.on_answer(facts, _words_of(said))
                lifecycle.turn_delivered(turn, self.clock.now())
                await conversations.settle_spoken(
                    session, turn.id, MessageState.SENT, self.clock.now()
                )
            call.memory = call_memory.memory_to_json(decided.memory)
            answer = self._store_answer(row, decided, home, opens=facts.opens)
            announce(session, conversation.id)
        return answer

    async def _apologise(
        self, session: AsyncSession, conversation: Conversation, turn: Turn
    ) -> Say:
        """Give a turn up: the case waits for a person."""
        decided = call_flow.on_failure()
        lifecycle.turn_given_up(turn, self.clock.now())
        await mask_proofs(session, conversation, turn, self.clock.now())
        await self.hang_up.leave_to_people(session, conversation)
        repository.add_spoken(session, conversation, decided.prompt.text, self.clock.now())
        return decided

    def _store_answer(
        self, row: CallTurn, decided: Say, home: Locale, *, opens: bool = False
    ) -> TurnAnswer:
        answer = TurnAnswer(replace(decided.prompt, country=home.country), opens=opens)
        row.answer, row.answered_at = call_memory.answer_to_json(answer), self.clock.now()
        return answer

    async def _store_heard(
        self,
        session: AsyncSession,
        conversation: Conversation,
        row: CallTurn,
        decided: AskEngine | Say,
        words: str,
    ) -> None:
        intent = decided.engine_input.intent if isinstance(decided, AskEngine) else None
        await conversations.add_inbound(
            session,
            conversation_id=conversation.id,
            turn_id=row.turn_id,
            channel=conversation.channel,
            provider_id=f"{row.call_id}:{row.number}",
            text=clean(words),
            choice=None if intent is None else f"/{intent}",
            provider_order=row.number,
            reply_to_provider_id=None,
            media=[],
            state=MessageState.READ,
            at=self.clock.now(),
        )

    async def next_number(self, call_id: UUID) -> int:
        """The number of the next thing heard, for a transport that does not count by itself."""
        async with self.db.statement() as session:
            return await repository.next_number(session, call_id)

    async def note_interruption(self, call_id: UUID, heard: str) -> None:
        """Note a barge-in: of what was said last the person has heard only this much."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            last = await conversations.last_outbound(session, call.conversation_id)
            if last is not None and last.error_code is None:
                last.error_code = short(f"interrupted:{len(heard)}")
            announce(session, call.conversation_id)

    async def view(self, call_id: UUID) -> CallView:
        """The call as it is now; raises CallEnded where it is over."""
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            conversation = await session.get_one(Conversation, call.conversation_id)
            if call.state is CallState.ENDED:
                raise CallEnded
            memory = call_memory.memory_of_json(call.memory)
            point = await session.get_one(ContactPoint, conversation.contact_point_id)
            home = await self._home(session, call)
        return CallView(
            conversation_id=conversation.id,
            direction=call.direction,
            question=None if memory is None else memory.question,
            verified=is_proven(conversation, point, self.clock.now()),
            country=home.country,
        )

    @staticmethod
    async def _home(session: AsyncSession, call: Call) -> Locale:
        conversation = await session.get_one(Conversation, call.conversation_id)
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        return await locale_of(session, person_of(conversation, point), point.address)

    def _facts(
        self, call: Call, conversation: Conversation, home: Locale, number: int
    ) -> CallFacts:
        now = self.clock.now()
        return CallFacts(
            memory=call_memory.memory_of_json(call.memory),
            number=number,
            today=local_date(now, home.timezone),
            lasted=now - call.started_at,
            with_people=conversation.owner is not Owner.BOT,
            voicemail=call.result is CallResult.VOICEMAIL,
            ours=call.direction is CallDirection.OUTBOUND,
        )

    def _limits(self) -> CallLimits:
        return CallLimits(
            confidence=self.settings.low_confidence,
            most_turns=self.settings.most_turns,
            longest=timedelta(seconds=self.settings.most_seconds),
        )


def _begun(row: CallTurn, home: Locale, *, repeated: bool) -> _Begun:
    answer = None if row.answer is None else call_memory.answer_of_json(row.answer)
    return _Begun(
        row.call_id, row.number, home.country, row.turn_id, row.heard_at, answer, repeated
    )


def _words_of(said: Sequence[Message]) -> EngineWords:
    """What the engine said to a caller; its choices and its cue stand with the last message."""
    texts = [message.text for message in said]
    if not said:
        return EngineWords(texts)
    choices = [(each["title"], each["payload"]) for each in said[-1].buttons]
    return EngineWords(texts, choices, CallCue.of_json(said[-1].call_cue))
