"""The shapes of the engine's one contract: what a turn is asked with and what it answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from rasa_server.errors import Malformed

MEDIA = frozenset({"chat", "voice"})
# What a response may ask of the telephone (`custom` in data/responses).
CALL_CUES: dict[str, frozenset[str] | None] = {
    "keypad": frozenset(
        {"amount", "date", "past_date", "birth_date", "document_last4", "document", "number"}
    ),
    "keypad_help": None,
    "then": frozenset({"hang_up", "wait"}),
}
MAX_ID_CHARACTERS = 200
MAX_TEXT_CHARACTERS = 20_000

Json = dict[str, Any]


@dataclass(frozen=True)
class TurnRequest:
    """What a person did in one conversation: wrote `text`, or pressed what means `intent`.

    Exactly one of the two is set. `message_id` names the turn: repeated, it is the same turn.
    """

    conversation: str
    message_id: str
    text: str | None
    intent: str | None
    medium: str
    locale: str | None
    facts: Json

    def metadata(self) -> Json:
        """Gives what actions find in `tracker.latest_message["metadata"]`."""
        return {"medium": self.medium, "locale": self.locale, "facts": self.facts}


@dataclass(frozen=True)
class Answer:
    """What the assistant says in one turn, and how the message was understood.

    A reply is `{"text", "buttons"?: [{"title", "payload"}], "call"?: {"keypad"?, "keypad_help"?,
    "then"?}}`; `call` is for the telephone, other channels ignore it.
    """

    replies: list[Json]
    intent: str | None
    confidence: float

    def as_json(self) -> Json:
        """Gives the body of the contract's 200."""
        return {"replies": self.replies, "intent": self.intent, "confidence": self.confidence}

    @classmethod
    def from_json(cls, body: Json) -> Answer:
        """Gives the answer that `as_json` wrote."""
        return cls(body["replies"], body["intent"], body["confidence"])


def call_cue(custom: Any) -> Json:
    """Reads what a response asks of the telephone; `ValueError` where it is not in `CALL_CUES`."""
    cue: Json = custom or {}
    for name, value in cue.items():
        values = CALL_CUES.get(name, frozenset())
        if not isinstance(value, str) or (values is not None and value not in values):
            raise ValueError(f"{name}: {value} is nothing to ask of a call")
    return cue


def parse_turn(body: bytes) -> TurnRequest:
    """Reads a request body; refuses with `Malformed` whatever the contract does not know.

    NUL characters and halves of surrogate pairs are removed from every string: neither Redis nor
    PostgreSQL can hold them, and a person can send both.
    """
    try:
        data = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed("the body is not JSON") from None
    if not isinstance(data, dict):
        raise Malformed("the body is not an object")
    data = _clean(data)
    if ("text" in data) == ("intent" in data):
        raise Malformed("exactly one of text and intent is needed")
    medium = _string(data, "medium", 20)
    if medium not in MEDIA:
        raise Malformed("medium is neither chat nor voice")
    facts = data.get("facts") or {}
    if not isinstance(facts, dict):
        raise Malformed("facts is not an object")
    return TurnRequest(
        conversation=_string(data, "conversation", MAX_ID_CHARACTERS),
        message_id=_string(data, "message_id", MAX_ID_CHARACTERS),
        text=_text(data["text"]) if "text" in data else None,
        intent=_string(data, "intent", MAX_ID_CHARACTERS) if "intent" in data else None,
        medium=medium,
        locale=_string(data, "locale", 20) if data.get("locale") is not None else None,
        facts=facts,
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _string(data: Json, name: str, limit: int) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > limit:
        raise Malformed(f"{name} is not a string of 1 to {limit} characters")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT_CHARACTERS:
        raise Malformed(f"text is not a string of at most {MAX_TEXT_CHARACTERS} characters")
    return value.strip()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(item) for name, item in value.items()}
    return value
