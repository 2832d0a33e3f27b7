"""One call's ear and mouth between the pure session and the core; the same for every transport."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from acuerdo.bootstrap import Acuerdo
from acuerdo.calls.models import CallDirection, CallResult
from acuerdo.calls.service import Asks, CallView, Tells
from acuerdo.conversations.call_cue import CallCue
from acuerdo.conversations.choices import EngineInput
from acuerdo.conversations.models import Message, Owner
from acuerdo.platform.settings import VoiceSettings
from acuerdo.values.countries import COUNTRIES, country
from voice import keypad, phrases, session
from voice.session import CallerInput, CallLimits, Memory, Prompt, Then
from voice.twiml import Style

# In a call of ours the greeting has no number: what is heard after it is the first thing heard.
FIRST_WORD: Final = 1
_ELSEWHERE: Final = "US"
_LOOKS: Final = 12
_LOOK_SECONDS: Final = 0.15


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said next, and in which style."""

    prompt: Prompt
    style: Style


@dataclass(frozen=True, slots=True)
class Ear:
    """The door of `Calls.take_turn` for one thing that was heard; see `calls.Door`."""

    heard: CallerInput
    number: int
    settings: VoiceSettings

    def hear(self, view: CallView) -> Asks | Tells:
        """The opening, the session's decision, or the way to a person who holds the talk."""
        if view.result is CallResult.VOICEMAIL or (self._opens(view) and self.heard.is_machine):
            return _tells(Prompt((), then=Then.HANG_UP), Memory(), view)
        if view.owner is not Owner.BOT:
            return _tells(Prompt((phrases.PASSING,), then=Then.TRANSFER), Memory(), view)
        if self._opens(view):
            return Asks(EngineInput(intent="greet"), heard=self.heard.shown)
        memory = Memory.of_json(view.memory)
        decided = session.hear(memory, self.heard, self._limits(view), view.today)
        if isinstance(decided, session.ToEngine):
            return Asks(decided.said, decided.memory.as_json(), heard=self.heard.shown)
        return _tells(decided.prompt, decided.memory, view, heard=self.heard.shown)

    @staticmethod
    def _opens(view: CallView) -> bool:
        """Whether nothing was asked yet: whatever is heard first is answered with who we are."""
        return not view.memory

    def _limits(self, view: CallView) -> CallLimits:
        return CallLimits(
            confidence=self.settings.low_confidence,
            too_long=self.number > self.settings.most_turns
            or view.lasted > timedelta(seconds=self.settings.most_seconds),
        )

    def answer(self, view: CallView, said: Sequence[Message]) -> Tells:
        """The engine's words as the next prompt."""
        texts = [part for message in said for part in message.text.split("\n\n")]
        last = said[-1] if said else None
        buttons = [(each["title"], each["payload"]) for each in (last.buttons if last else [])]
        cue = CallCue.of_json(last.call_cue if last else None)
        before = Memory.of_json(view.memory)
        to_people = view.owner is not Owner.BOT
        prompt, memory = session.follow(texts, buttons, cue, before, to_people=to_people)
        return _tells(prompt, memory, view, opens=self._opens(view))

    def fail(self, view: CallView) -> Tells:
        """An apology; the core has called a person in."""
        told = _tells(Prompt((phrases.FAILED,), then=Then.HANG_UP), Memory(), view)
        return Tells(told.answer, told.memory, shown=phrases.FAILED)


def _tells(
    prompt: Prompt, memory: Memory, view: CallView, *, heard: str = "", opens: bool = False
) -> Tells:
    answer = {"prompt": prompt.as_json(), "country": view.country, "opens": opens}
    return Tells(answer, memory.as_json(), shown=prompt.text, heard=heard)


async def take_turn(
    core: Acuerdo, call_id: UUID, number: int, heard: CallerInput, *, patience_seconds: float
) -> Spoken | None:
    """What is said to the `number`-th thing heard; None where it is not known in time."""
    voice = core.settings.voice
    answer = await core.calls.turns.take_turn(
        call_id,
        number,
        Ear(heard, number, voice),
        patience_seconds=patience_seconds,
        give_up_seconds=voice.give_up_after_seconds,
    )
    if answer is None:
        return None
    prompt = Prompt.of_json(answer["prompt"])
    if not answer["opens"]:
        # the notice was in the opening, which has been heard by now
        secret = bool(prompt.keys) and keypad.KINDS[prompt.keys].secret
        await core.calls.recording.follow(call_id, secret=secret)
    return Spoken(prompt, style_of(core, answer["country"]))


def style_of(core: Acuerdo, code: str) -> Style:
    """How people of a country are spoken to."""
    home = country(code if code in COUNTRIES else _ELSEWHERE)
    return Style(home, neural=core.settings.voice.neural)


async def wait_for_amd(core: Acuerdo, call_id: UUID) -> None:
    """Wait a little, in a call of ours, for the provider's word on who picked up.

    What was heard first may be a machine's greeting; a person is not kept waiting for longer.
    """
    view = await core.calls.turns.view(call_id)
    if view.direction is CallDirection.INBOUND or view.memory:
        return
    for _ in range(_LOOKS):
        if await core.calls.dialling.who_answered(call_id) is not None:
            return
        await asyncio.sleep(_LOOK_SECONDS)
