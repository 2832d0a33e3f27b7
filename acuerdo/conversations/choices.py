"""What a person's message means beside the buttons they were shown. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from acuerdo.contact.ports import Button
from acuerdo.language.choices import same_words, typed_number

SHARE_CONTACT = "/share_contact"
_ANSWERS = {"/affirm", "/deny", "/confirm_identity", "/wrong_person", "/third_party"}
_INDEX = re.compile(r"^[0-9]{1,3}\Z")


@dataclass(frozen=True, slots=True)
class EngineInput:
    """One thing for the engine: a text, or one of our own intents (with the words it shows)."""

    text: str | None = None
    intent: str | None = None


def of_payload(payload: str) -> EngineInput:
    """What a button stands for: "/intent", or the text it says."""
    if payload.startswith("/"):
        return EngineInput(intent=payload[1:])
    return EngineInput(text=payload)


def of_message(text: str, choice: str | None) -> EngineInput:
    """What a stored message says: its words, and the choice that they were, if any."""
    if not choice:
        return EngineInput(text=text or None)
    said = of_payload(choice)
    # a number means its choice and nothing beside other words
    words = said.text or (None if typed_number(text) is not None else text or None)
    return EngineInput(text=words, intent=said.intent)


def pressed(choice: str, buttons: Sequence[Button]) -> Button | None:
    """The button whose opaque id (`b0`, `b1`...) a provider gave back."""
    index = choice.removeprefix("b")
    if not choice.startswith("b") or not _INDEX.match(index):
        return None
    return buttons[int(index)] if int(index) < len(buttons) else None


def late(payload: str) -> str:
    """What a button stands for once other messages have followed its own.

    A wish stays a wish; an answer to a question that is not open any more answers nothing, so
    that the open question, or what was said last, is said again.
    """
    return payload if payload.startswith("/") and payload not in _ANSWERS else "/repeat"


def typed(text: str, buttons: Sequence[Button]) -> Button | None:
    """The button that was typed instead of pressed: by its number or its whole title."""
    number = typed_number(text)
    if number is not None and 1 <= number <= len(buttons):
        return buttons[number - 1]
    matching = [button for button in buttons if same_words(button.title, text)]
    return matching[0] if len(matching) == 1 else None


def together(parts: Sequence[EngineInput]) -> EngineInput:
    """Several messages sent in one go, as one: a lone choice stays a choice, texts are joined."""
    saying = [part for part in parts if part.text or part.intent]
    if saying and all(part.intent for part in saying):
        return EngineInput(intent=saying[-1].intent)
    texts = [part.text for part in saying if part.text]
    return EngineInput(text="\n".join(texts)) if texts else EngineInput(intent="media_received")
