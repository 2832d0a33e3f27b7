"""How a call goes on: what silence, keys and unclear words mean after a question. Pure.

A call is a chain of prompts. `on_input` decides what to do about one thing that was heard;
`on_answer` turns what the engine said into the next prompt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from acuerdo.calls import keypad
from acuerdo.calls.call_memory import CallMemory
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then
from acuerdo.conversations.call_cue import NO_CUE, Afterwards, CallCue
from acuerdo.conversations.choices import EngineInput
from acuerdo.language.first_words import PickedUp, picked_up
from acuerdo.language.spoken_answers import is_no, is_yes

_MOST_NO_INPUTS: Final = 3
_MOST_DOUBTS: Final = 2
# How often whoever picked up is asked whether they are there, and the key that says so.
_MOST_ASKED: Final = 2
_THERE: Final = "1"
# Read out one by one, so that what is asked once more is the question alone.
_SENTENCES: Final = re.compile(r"(?<=[.!?:]) +(?=[¿¡A-ZÁÉÍÓÚÑ])")


@dataclass(frozen=True, slots=True)
class CallerInput:
    """One thing that was heard: words, keys, or nothing; `confidence` 0 to 1 where it is told."""

    speech: str = ""
    digits: str = ""
    confidence: float | None = None

    @property
    def is_no_input(self) -> bool:
        """Whether nothing was heard."""
        return not self.speech.strip() and not self.digits

    @property
    def shown(self) -> str:
        """What the transcript shows."""
        return self.digits or self.speech.strip()


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Under which `confidence` words are read back, and after how much a call goes to a person."""

    confidence: float
    most_turns: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call at the moment at which something was heard in it, for the `number`-th time.

    `memory` is None until something was asked; `today` is the caller's. `with_people`: a person
    holds the conversation; `voicemail`: a machine picked up; `ours`: it is we who call.
    """

    memory: CallMemory | None
    number: int
    today: date
    lasted: timedelta = timedelta()
    with_people: bool = False
    voicemail: bool = False
    ours: bool = False

    @property
    def asks_proof(self) -> bool:
        """Whether the open question is for a proof of identity."""
        question = None if self.memory is None else self.memory.question
        return question is not None and keypad.is_secret(question.keys)

    @property
    def opens(self) -> bool:
        """Whether nothing was asked yet: what is answered next is who we are."""
        return self.memory is None or self.memory.presence > 0


@dataclass(frozen=True, slots=True)
class AskEngine:
    """What was heard goes to the engine; `transcript` shows this of it."""

    engine_input: EngineInput
    memory: CallMemory | None
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """The call answers by itself; `transcript` shows this of the caller."""

    prompt: Prompt
    memory: CallMemory
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class EngineWords:
    """What the engine said to a caller: texts, choices (title, payload), and its cue."""

    texts: Sequence[str]
    choices: Sequence[tuple[str, str]] = ()
    cue: CallCue = NO_CUE


@dataclass(frozen=True, slots=True)
class _Input:
    memory: CallMemory
    heard: CallerInput
    limits: CallLimits
    today: date
    asked: Prompt = field(init=False)

    def __post_init__(self) -> None:
        open_question = Prompt((phrase("open_question"),))
        object.__setattr__(self, "asked", self.memory.question or open_question)


def on_input(facts: CallFacts, heard: CallerInput, limits: CallLimits) -> AskEngine | Say:
    """What to do about one thing that was heard.

    A machine is hung up on, a person who holds the talk gets the call, the first words are
    answered with the greeting; what comes after answers the open question. In a call of ours
    nothing is said of whom it is for, or from whom, until a person has answered.
    """
    if facts.voicemail:
        return Say(Prompt((), then=Then.HANG_UP), CallMemory())
    if facts.with_people:
        return Say(Prompt((phrase("transfer"),), then=Then.TRANSFER), CallMemory())
    if facts.opens and facts.ours:
        return _first_words(facts, heard)
    if facts.memory is None:
        return AskEngine(EngineInput(intent="greet"), None, heard.shown)
    decided = _decide(_Input(facts.memory, heard, limits, facts.today), facts)
    return replace(decided, transcript=heard.shown)


def _first_words(facts: CallFacts, heard: CallerInput) -> AskEngine | Say:
    """What to do about the first words in a call of ours: a mailbox, the network and whoever gives
    no sign of being a person are hung up on, a screening is waited for."""
    asked = 0 if facts.memory is None else facts.memory.presence
    there = heard.digits[:1] == _THERE or (asked > 0 and is_yes(heard.speech))
    who = PickedUp.UNCLEAR if heard.is_no_input or heard.digits else picked_up(heard.speech)
    if there or who is PickedUp.PERSON:
        return AskEngine(EngineInput(intent="greet"), None, heard.shown)
    if who in (PickedUp.MAILBOX, PickedUp.NETWORK) or asked >= _MOST_ASKED:
        return Say(Prompt((), then=Then.HANG_UP), CallMemory())
    if who is PickedUp.SCREENING:
        waits = Prompt((phrase("screened"),))
        return Say(waits, CallMemory(question=waits, presence=asked + 1))
    question = Prompt((phrase("presence"),), help=phrase("presence_key"))
    return Say(question, CallMemory(question=question, presence=asked + 1))


def on_answer(facts: CallFacts, answer: EngineWords) -> Say:
    """What is said when the engine has answered, and how it may be answered in turn."""
    paragraphs = (part for text in answer.texts for part in text.split("\n\n"))
    says = tuple(each for part in paragraphs for each in _SENTENCES.split(part) if each.strip())
    says = says or (phrase("open_question"),)
    cue = answer.cue
    if cue.then is Afterwards.HANG_UP:
        return Say(Prompt(says, then=Then.HANG_UP), CallMemory())
    if facts.with_people:
        return Say(Prompt(says, then=Then.TRANSFER), CallMemory())
    asked = None if facts.memory is None else facts.memory.question
    if cue.then is Afterwards.WAIT and asked is not None:
        return Say(replace(asked, texts=says, help=""), CallMemory(question=asked))
    if not answer.choices and cue.keypad is None and not says[-1].rstrip().endswith("?"):
        says = (*says, phrase("anything_else"))
    prompt = Prompt(
        texts=says,
        help=_help(answer),
        payloads=tuple(payload for _, payload in answer.choices),
        keys=cue.keypad or "",
    )
    return Say(prompt, CallMemory(question=prompt))


def on_failure() -> Say:
    """What is said when the engine does not answer: an apology, and the end of the call."""
    return Say(Prompt((phrase("failed"),), then=Then.HANG_UP), CallMemory())


def _decide(hearing: _Input, facts: CallFacts) -> AskEngine | Say:
    limits, heard = hearing.limits, hearing.heard
    if facts.number > limits.most_turns or facts.lasted > limits.longest:
        return _engine(EngineInput(intent="request_human"), hearing)
    if heard.is_no_input:
        return _no_input(hearing)
    if hearing.memory.doubted:
        return _read_back_answered(hearing)
    if heard.digits:
        return _keyed(hearing)
    return _words(hearing)


def _engine(said: EngineInput, hearing: _Input) -> AskEngine:
    return AskEngine(said, CallMemory(question=hearing.asked))


def _no_input(hearing: _Input) -> Say:
    no_inputs = hearing.memory.no_inputs + 1
    if no_inputs >= _MOST_NO_INPUTS:
        return Say(Prompt((phrase("no_input_hang_up"),), then=Then.HANG_UP), CallMemory())
    asked = hearing.asked
    lead = phrase("no_input") if no_inputs == 1 else phrase("no_input_again")
    narrower = replace(asked, texts=(lead, asked.texts[-1]), help=asked.help or phrase("any_key"))
    return Say(narrower, CallMemory(question=asked, no_inputs=no_inputs))


def _keyed(hearing: _Input) -> AskEngine | Say:
    asked = hearing.asked
    said = keypad.meaning(hearing.heard.digits, asked.payloads, asked.keys, hearing.today)
    if said is not None:
        return _engine(said, hearing)
    return _re_prompt(hearing, phrase("no_match_keys"))


def _words(hearing: _Input) -> AskEngine | Say:
    confidence = hearing.heard.confidence
    if confidence is None or confidence >= hearing.limits.confidence:
        return _engine(EngineInput(text=hearing.heard.shown), hearing)
    if hearing.memory.doubts >= _MOST_DOUBTS:
        return _re_prompt(hearing, phrase("bad_line"))
    doubted = replace(
        hearing.memory,
        question=hearing.asked,
        no_inputs=0,
        doubted=hearing.heard.shown,
        doubts=hearing.memory.doubts + 1,
    )
    return Say(_read_back(hearing.heard.shown), doubted)


def _read_back(words: str) -> Prompt:
    return Prompt((phrase("read_back", words=words),), help=phrase("read_back_keys"))


def _read_back_answered(hearing: _Input) -> AskEngine | Say:
    """The answer to "is this what you said": yes, no, or something else said clearly."""
    words, digits = hearing.heard.speech, hearing.heard.digits
    if digits[:1] == "1" or (not digits and is_yes(words)):
        return _engine(EngineInput(text=hearing.memory.doubted), hearing)
    if digits[:1] == "2" or (not digits and is_no(words)):
        return _re_prompt(hearing, phrase("re_prompt"))
    open_again = replace(hearing, memory=replace(hearing.memory, doubted=""))
    return _keyed(open_again) if digits else _words(open_again)


def _re_prompt(hearing: _Input, lead: str) -> Say:
    asked = hearing.asked
    prompt = replace(asked, texts=(lead, asked.texts[-1]), help=asked.help or phrase("any_key"))
    return Say(prompt, CallMemory(question=asked, doubts=hearing.memory.doubts))


def _help(answer: EngineWords) -> str:
    keys = [
        phrase("choice_key", choice=title, key=str(number))
        for number, (title, _) in enumerate(answer.choices, start=1)
    ]
    if answer.cue.keypad_help:
        keys.append(answer.cue.keypad_help)
    return f"{_capital('; '.join(keys))}." if keys else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
