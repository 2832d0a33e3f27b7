"""How a call listens: what was asked, what silence, keys and unclear words mean. Pure.

A call is a chain of prompts. `hear` decides what to do about one thing that was heard; `follow`
turns what the engine said into the next prompt. What must be remembered between two requests is
a `Memory`, kept as JSON with the call.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from acuerdo.conversations.call_cue import Afterwards, CallCue
from acuerdo.conversations.choices import EngineInput
from acuerdo.language.spoken_answers import is_machine, is_no, is_yes
from voice import keypad, phrases

_MOST_SILENCES: Final = 3
_MOST_DOUBTS: Final = 2
# Read out one by one, so that what is asked once more is the question alone.
_SENTENCES: Final = re.compile(r"(?<=[.!?:]) +(?=[¿¡A-ZÁÉÍÓÚÑ])")


class Then(StrEnum):
    """What happens after something was said."""

    LISTEN = "listen"
    HANG_UP = "hang_up"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said and how it may be answered.

    `says` is read out in order, the last of it is the question; `help` tells the keys; `payloads`
    are what the keys 1, 2... stand for; `keys` is the value that may be keyed (`keypad.KINDS`).
    """

    says: tuple[str, ...]
    help: str = ""
    payloads: tuple[str, ...] = ()
    keys: str = ""
    then: Then = Then.LISTEN

    @property
    def text(self) -> str:
        """All that is said, for the transcript."""
        return " ".join((*self.says, self.help)).strip()

    def as_json(self) -> dict[str, Any]:
        """The prompt as it is kept."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The prompt that was kept."""
        return cls(
            says=tuple(kept["says"]),
            help=kept["help"],
            payloads=tuple(kept["payloads"]),
            keys=kept["keys"],
            then=Then(kept["then"]),
        )


@dataclass(frozen=True, slots=True)
class Memory:
    """What a call remembers: the open question, and how the listening goes.

    `doubted` is what was heard badly and is being read back; `doubts` how often in a row.
    """

    asked: Prompt | None = None
    silences: int = 0
    doubted: str = ""
    doubts: int = 0

    def as_json(self) -> dict[str, Any]:
        """The memory as it is kept."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The memory that was kept; an empty one at the start of a call."""
        if not kept:
            return cls()
        asked = kept["asked"]
        return cls(
            asked=None if asked is None else Prompt.of_json(asked),
            silences=kept["silences"],
            doubted=kept["doubted"],
            doubts=kept["doubts"],
        )


@dataclass(frozen=True, slots=True)
class CallerInput:
    """One thing that was heard: words, keys, or nothing; `confidence` 0 to 1 where it is told."""

    speech: str = ""
    digits: str = ""
    confidence: float | None = None

    @property
    def silence(self) -> bool:
        """Whether nothing was heard."""
        return not self.speech.strip() and not self.digits

    @property
    def shown(self) -> str:
        """What the transcript shows."""
        return self.digits or self.speech.strip()

    @property
    def is_machine(self) -> bool:
        """Whether the words are those of a voicemail or of the network."""
        return is_machine(self.speech)


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Where a call ends: `confidence` under which words are read back, time and turns."""

    confidence: float
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class ToEngine:
    """What was heard goes to the engine."""

    said: EngineInput
    memory: Memory


@dataclass(frozen=True, slots=True)
class ToCaller:
    """The call answers by itself."""

    prompt: Prompt
    memory: Memory


@dataclass(frozen=True, slots=True)
class _Hearing:
    memory: Memory
    heard: CallerInput
    limits: CallLimits
    today: date
    asked: Prompt = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", self.memory.asked or Prompt((phrases.WHAT,)))


def hear(
    memory: Memory, heard: CallerInput, limits: CallLimits, today: date
) -> ToEngine | ToCaller:
    """What to do about what was heard after the open question; `today` is the caller's."""
    hearing = _Hearing(memory, heard, limits, today)
    if limits.too_long:
        return _engine(EngineInput(intent="request_human"), hearing)
    if heard.silence:
        return _silence(hearing)
    if memory.doubted:
        return _checked(hearing)
    if heard.digits:
        return _keyed(hearing)
    return _words(hearing)


def _engine(said: EngineInput, hearing: _Hearing) -> ToEngine:
    return ToEngine(said, Memory(asked=hearing.asked))


def _silence(hearing: _Hearing) -> ToCaller:
    silences = hearing.memory.silences + 1
    if silences >= _MOST_SILENCES:
        return ToCaller(Prompt((phrases.CANNOT_HEAR,), then=Then.HANG_UP), Memory())
    asked = hearing.asked
    lead = phrases.STILL_THERE if silences == 1 else phrases.USE_KEYS
    narrower = replace(asked, says=(lead, asked.says[-1]), help=asked.help or phrases.ANY_KEY)
    return ToCaller(narrower, Memory(asked=asked, silences=silences))


def _keyed(hearing: _Hearing) -> ToEngine | ToCaller:
    asked = hearing.asked
    said = keypad.meaning(hearing.heard.digits, asked.payloads, asked.keys, hearing.today)
    if said is not None:
        return _engine(said, hearing)
    return _again(hearing, phrases.KEYS_MEAN_NOTHING)


def _words(hearing: _Hearing) -> ToEngine | ToCaller:
    confidence = hearing.heard.confidence
    if confidence is None or confidence >= hearing.limits.confidence:
        return _engine(EngineInput(text=hearing.heard.shown), hearing)
    if hearing.memory.doubts >= _MOST_DOUBTS:
        return _again(hearing, phrases.BAD_LINE)
    doubted = replace(
        hearing.memory,
        asked=hearing.asked,
        silences=0,
        doubted=hearing.heard.shown,
        doubts=hearing.memory.doubts + 1,
    )
    return ToCaller(_read_back(hearing.heard.shown), doubted)


def _read_back(words: str) -> Prompt:
    return Prompt((phrases.HEARD.format(words=words),), help=phrases.YES_OR_NO)


def _checked(hearing: _Hearing) -> ToEngine | ToCaller:
    """The answer to "is this what you said": yes, no, or something else said clearly."""
    words, digits = hearing.heard.speech, hearing.heard.digits
    if digits[:1] == "1" or (not digits and is_yes(words)):
        return _engine(EngineInput(text=hearing.memory.doubted), hearing)
    if digits[:1] == "2" or (not digits and is_no(words)):
        return _again(hearing, phrases.SAY_AGAIN)
    open_again = replace(hearing, memory=replace(hearing.memory, doubted=""))
    return _keyed(open_again) if digits else _words(open_again)


def _again(hearing: _Hearing, lead: str) -> ToCaller:
    asked = hearing.asked
    prompt = replace(asked, says=(lead, asked.says[-1]), help=asked.help or phrases.ANY_KEY)
    return ToCaller(prompt, Memory(asked=asked, doubts=hearing.memory.doubts))


def follow(
    texts: Sequence[str],
    buttons: Sequence[tuple[str, str]],
    cue: CallCue,
    before: Memory,
    *,
    to_people: bool,
) -> tuple[Prompt, Memory]:
    """The prompt that says what the engine answered, and what to remember of it.

    `texts` are its paragraphs, `buttons` (title, payload) its choices, `cue` what it asks of the
    call; `to_people`: the conversation was passed on.
    """
    says = tuple(each for text in texts for each in _SENTENCES.split(text) if each.strip())
    says = says or (phrases.WHAT,)
    if cue.then is Afterwards.HANG_UP:
        return Prompt(says, then=Then.HANG_UP), Memory()
    if to_people:
        return Prompt(says, then=Then.TRANSFER), Memory()
    if cue.then is Afterwards.WAIT and before.asked is not None:
        waiting = replace(before.asked, says=says, help="")
        return waiting, Memory(asked=before.asked)
    if not buttons and cue.keypad is None and not says[-1].rstrip().endswith("?"):
        says = (*says, phrases.ANYTHING_ELSE)
    prompt = Prompt(
        says=says,
        help=_help(buttons, cue),
        payloads=tuple(payload for _, payload in buttons),
        keys=cue.keypad or "",
    )
    return prompt, Memory(asked=prompt)


def _help(buttons: Sequence[tuple[str, str]], cue: CallCue) -> str:
    told = [
        phrases.KEY.format(choice=title, number=number)
        for number, (title, _) in enumerate(buttons, start=1)
    ]
    if cue.keypad_help:
        told.append(cue.keypad_help)
    return f"{_capital('; '.join(told))}." if told else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
