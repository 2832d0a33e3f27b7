"""What a person's message means beside the buttons they were shown. Pure.

An answer belongs to one message of ours: the one that a button names, that is quoted, or else the
newest. What belongs to none, to an older one or to a stranger's is not taken for an answer to the
newest; we ask again. A wish ("/pay_now") stays one, whichever message it stood under.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from acuerdo.contact.ports import Button
from acuerdo.language.bare_answers import is_bare_answer, is_yes_or_no
from acuerdo.language.choices import same_words, typed_number

SHARE_CONTACT = "/share_contact"
REPEAT: Final = "/repeat"
_ANSWERS = {"/affirm", "/deny", "/confirm_identity", "/wrong_person", "/third_party"}
# of one of our messages, by its id and the place of the button; older messages named only the place
_OPTION: Final = re.compile(r"(?:(?P<message>[0-9a-f]{32})\.)?b(?P<place>[0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class EngineInput:
    """One thing for the engine: a text, or one of our own intents (with the words it shows)."""

    text: str | None = None
    intent: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of ours under which an answer may have been given.

    `provider_id` is None until the provider's answer to the sending has been noted; `turn_id`
    tells which messages were said in one go; `is_here` whether it belongs to this conversation.
    """

    id: UUID
    turn_id: UUID | None
    provider_id: str | None
    text: str
    buttons: tuple[Button, ...]
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: words (of a pressed button: its title), its id, the message it quotes.

    `quotes_own`: what is quoted is a message of the person, not of ours.
    """

    words: str
    choice: str | None
    reply_to: str | None
    quotes_own: bool = False


def option_of(message_id: UUID, place: int) -> str:
    """The id under which a provider knows a choice; 37 of Telegram's 64 bytes."""
    return f"{message_id.hex}.b{place}"


def of_payload(payload: str) -> EngineInput:
    """What a button stands for: "/intent", or the text it says."""
    if payload.startswith("/"):
        return EngineInput(intent=payload[1:])
    return EngineInput(text=payload)


def of_message(text: str, choice: str | None, *, crossed: bool = False) -> EngineInput:
    """What a stored message says: its words, and the choice that they were, if any.

    `crossed`: it was sent before our newest question could be read, and cannot answer that.
    """
    if crossed:
        # a value goes on with what was said before, and is read back anyway
        choice = late(choice) if choice else REPEAT if is_yes_or_no(text) else None
    if not choice:
        return EngineInput(text=text or None)
    said = of_payload(choice)
    # a number means its choice and nothing beside other words
    words = said.text or (None if typed_number(text) is not None else text or None)
    return EngineInput(text=words, intent=said.intent)


def choice_in(reply: Reply, shown: Sequence[Shown]) -> str | None:
    """What a pressed, typed or quoting answer stands for; None for words that speak for themselves.

    `shown`: what we have written to this address, the newest first.
    """
    newest = next((each for each in shown if each.is_here), None)
    if reply.choice is not None:
        return _pressed(reply, shown, newest)
    quoted = None
    if reply.reply_to is not None and not reply.quotes_own:
        quoted = _by_provider(shown, reply.reply_to)
        is_unnoted = newest is not None and newest.provider_id is None
        if quoted is None and not is_unnoted:
            return REPEAT if is_bare_answer(reply.words) else None
    under = quoted or newest
    button = None if under is None else typed(reply.words, under.buttons)
    if under is None or _is_current(under, newest):
        return None if button is None else button.payload
    if button is not None:
        return late(button.payload)
    return REPEAT if is_bare_answer(reply.words) else None


def _pressed(reply: Reply, shown: Sequence[Shown], newest: Shown | None) -> str:
    option = _OPTION.fullmatch(reply.choice or "")
    named = [] if option is None or option["message"] is None else [_by_id(shown, option)]
    if reply.reply_to is not None:
        quoted = _by_provider(shown, reply.reply_to)
        candidate = named[0] if named else newest
        if quoted is None and candidate is not None and candidate.provider_id is None:
            # the press came before the provider's answer to our sending was noted
            quoted = candidate
        named.append(quoted)
    if not named:
        named = [newest if _is_unmistakable(reply, shown, newest) else None]
    under = named[0]
    if under is None or any(each != under for each in named):
        return REPEAT
    button = _button(option, reply.words, under.buttons)
    if button is None:
        return REPEAT
    return button.payload if _is_current(under, newest) else late(button.payload)


def _button(option: re.Match[str] | None, title: str, buttons: Sequence[Button]) -> Button | None:
    """The button at that place, where its title does not say otherwise; by its title alone where
    the id is none of ours."""
    if option is None:
        same = [button for button in buttons if _agrees(button, title)]
        return same[0] if title.strip() and len(same) == 1 else None
    place = int(option["place"])
    if place >= len(buttons) or (title.strip() and not _agrees(buttons[place], title)):
        return None
    return buttons[place]


def _agrees(button: Button, title: str) -> bool:
    return same_words(button.title, title) or button.title.strip() == title.strip()


def _is_unmistakable(reply: Reply, shown: Sequence[Shown], newest: Shown | None) -> bool:
    """Whether a press that names no message can only be meant for the newest: its title stands
    there, and under no other message that asks something else."""
    if newest is None or not reply.words.strip():
        return False
    return not any(
        _agrees(button, reply.words)
        for each in shown
        if each.text != newest.text and each.turn_id != newest.turn_id
        for button in each.buttons
    )


def _by_id(shown: Sequence[Shown], option: re.Match[str]) -> Shown | None:
    return next((each for each in shown if each.id.hex == option["message"]), None)


def _by_provider(shown: Sequence[Shown], provider_id: str) -> Shown | None:
    return next((each for each in shown if each.provider_id == provider_id), None)


def _is_current(under: Shown, newest: Shown | None) -> bool:
    """Whether a message asks what is being asked now: it is the newest, or was said with it."""
    if newest is None or not under.is_here:
        return False
    return under.id == newest.id or (under.turn_id is not None and under.turn_id == newest.turn_id)


def late(payload: str) -> str:
    """What a button stands for once other messages have followed its own.

    A wish stays a wish; an answer to a question that is not open any more answers nothing, so
    that the open question, or what was said last, is said again.
    """
    return payload if payload.startswith("/") and payload not in _ANSWERS else REPEAT


def typed(text: str, buttons: Sequence[Button]) -> Button | None:
    """The button that was typed instead of pressed: by its number or its whole title."""
    number = typed_number(text)
    if number is not None and 1 <= number <= len(buttons):
        return buttons[number - 1]
    matching = [button for button in buttons if same_words(button.title, text)]
    return matching[0] if len(matching) == 1 else None


def together(parts: Sequence[EngineInput]) -> EngineInput:
    """Several messages sent in one go, as one: a lone choice stays a choice, texts are joined.

    What answers nothing is left out where something else is said.
    """
    saying = [part for part in parts if part.text or part.intent]
    saying = [part for part in saying if part.intent != REPEAT[1:]] or saying
    if saying and all(part.intent for part in saying):
        return EngineInput(intent=saying[-1].intent)
    texts = [part.text for part in saying if part.text]
    return EngineInput(text="\n".join(texts)) if texts else EngineInput(intent="media_received")


def distinct(buttons: Sequence[Button]) -> tuple[Button, ...]:
    """The buttons of several answers, each wish once."""
    return tuple({button.payload: button for button in buttons}.values())
