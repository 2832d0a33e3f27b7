"""What is said over a ConversationRelay: JSON in, JSON out, and keys gathered one by one. Pure.

Source: Twilio, "ConversationRelay: WebSocket messages". Unknown kinds and fields do not matter;
`durationUntilInterruptMs` has been a string in one revision of it and a number in another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from acuerdo.calls import keypad
from acuerdo.calls.prompts import Prompt

TRANSFER: Final = "transfer"


@dataclass(frozen=True, slots=True)
class Setup:
    """The stream begins; `call_sid` is the provider's name for the call."""

    call_sid: str


@dataclass(frozen=True, slots=True)
class Words:
    """Something was said; more of it comes where it is not the `last` of it."""

    text: str
    last: bool


@dataclass(frozen=True, slots=True)
class Key:
    """One key was pressed."""

    digit: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The person began to speak while we did: they have heard this much of it."""

    heard: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The provider says that a message of ours was wrong.

    Its description quotes the message, which was meant for one person: it goes no further.
    """


News = Setup | Words | Key | Interrupted | Trouble | None


def parse(text: str) -> News:
    """What a message says; None where it says nothing that we know. Never raises."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict):
        return None
    event: dict[str, Any] = message
    match event.get("type"):
        case "setup":
            return Setup(str(event.get("callSid", "")))
        case "prompt":
            return Words(str(event.get("voicePrompt", "")), bool(event.get("last", True)))
        case "dtmf":
            return Key(str(event.get("digit", ""))[:1])
        case "interrupt":
            return Interrupted(str(event.get("utteranceUntilInterrupt", "")))
        case "error":
            return Trouble()
    return None


def text(words: str) -> str:
    """Something to say; the person may speak into it."""
    return json.dumps({"type": "text", "token": words, "last": True}, ensure_ascii=False)


def end(reason: str = "") -> str:
    """The end of the stream; the reason comes back with the request that follows it."""
    message = {"type": "end"}
    if reason:
        message["handoffData"] = json.dumps({"reason": reason})
    return json.dumps(message)


def handed_off(params: Mapping[str, str]) -> bool:
    """Whether the stream was ended by us to put the caller through."""
    try:
        event = json.loads(params.get("HandoffData") or "{}")
    except (ValueError, RecursionError):
        return False
    return isinstance(event, dict) and event.get("reason") == TRANSFER


def is_complete(pressed: str, prompt: Prompt) -> bool:
    """Whether the keys pressed so far are an answer already, or more may come.

    A choice, a call for a person or a repetition is one key, unless the value that may be keyed
    could begin with it.
    """
    if pressed.endswith(keypad.ENDS):
        return True
    if not prompt.keys:
        return bool(pressed)
    digits = keypad.KINDS[prompt.keys].digits
    return bool(digits) and len(pressed) >= digits
