"""What a person's message means beside the buttons they were shown. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from acuerdo.contact.ports import Button

SHARE_CONTACT = "/share_contact"
_NUMBER = re.compile(r"^\W*(?:opci[oó]n\s*)?(\d{1,2})\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing for the engine: a text, or one of our own intents."""

    text: str | None = None
    intent: str | None = None


def of_payload(payload: str) -> Said:
    """What a button stands for: "/intent", or the text it says."""
    if payload.startswith("/"):
        return Said(intent=payload[1:])
    return Said(text=payload)


def pressed(choice: str, buttons: Sequence[Button]) -> Button | None:
    """The button whose opaque id (`b0`, `b1`...) a provider gave back."""
    index = choice.removeprefix("b")
    if not choice.startswith("b") or not index.isascii() or not index.isdigit():
        return None
    return buttons[int(index)] if int(index) < len(buttons) else None


def typed(text: str, buttons: Sequence[Button]) -> Button | None:
    """The button that was typed instead of pressed: by its number or its whole title."""
    number = _NUMBER.match(text)
    if number and 1 <= int(number.group(1)) <= len(buttons):
        return buttons[int(number.group(1)) - 1]
    plain = _plain(text)
    matching = [button for button in buttons if plain and _plain(button.title) == plain]
    return matching[0] if len(matching) == 1 else None


def together(parts: Sequence[Said]) -> Said:
    """Several messages sent in one go, as one: a lone choice stays a choice, texts are joined."""
    texts = [part.text for part in parts if part.text]
    intents = [part.intent for part in parts if part.intent]
    if texts:
        return Said(text="\n".join(texts))
    return Said(intent=intents[-1]) if intents else Said(intent="media_received")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    kept = (
        char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char)
    )
    return " ".join("".join(kept).split())
