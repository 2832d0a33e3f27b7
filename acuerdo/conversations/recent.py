"""What was said last with an address, as the rules of an incoming message want it."""

from collections.abc import Sequence
from uuid import UUID

from acuerdo.contact.models import OUTREACH
from acuerdo.contact.ports import Button
from acuerdo.conversations.burst import Piece
from acuerdo.conversations.choices import SHARE_CONTACT, EngineInput, Shown, of_message, together
from acuerdo.conversations.machines import Line
from acuerdo.conversations.media_kinds import RECEIPT_KINDS
from acuerdo.conversations.models import Author, Direction, Message
from acuerdo.conversations.ports import InboundMessage

# What an answer may be given under; older buttons are asked for again.
LOOKED_BACK = 60
_OUTREACH = {purpose.value for purpose in OUTREACH}


def is_question(message: Message) -> bool:
    """Whether a message of ours can be answered: notices of the product itself ask nothing."""
    is_notice = message.author is Author.SYSTEM and not message.buttons
    return message.direction is Direction.OUT and not is_notice


def shown(messages: Sequence[Message], conversation_id: UUID) -> list[Shown]:
    """The messages under which an answer may have been given, the newest first."""
    return [
        Shown(
            id=message.id,
            turn_id=message.turn_id,
            provider_id=message.provider_id,
            text=message.text,
            buttons=tuple(
                Button(button["title"], button["payload"])
                for button in message.buttons
                if button["payload"] != SHARE_CONTACT
            ),
            is_here=message.conversation_id == conversation_id,
        )
        for message in messages
        if is_question(message)
    ]


def lines(messages: Sequence[Message]) -> list[Line]:
    """What either side said, the newest first, as the rule about machines wants it."""
    return [
        Line(
            at=message.at,
            text=message.text,
            is_ours=message.direction is Direction.OUT,
            is_opening=message.purpose in _OUTREACH,
            is_automatic=message.is_automatic,
        )
        for message in messages
    ]


def is_same_notice_again(messages: Sequence[Message], text: str) -> bool:
    """Whether the last thing we said is this notice."""
    last = next((each for each in messages if each.direction is Direction.OUT), None)
    return last is not None and last.text == text


def is_unreadable(inbound: InboundMessage) -> bool:
    """Whether a message brings nothing but what neither the assistant nor a claim can use."""
    says_something = inbound.text.strip() or inbound.choice or inbound.opens
    if says_something or inbound.shared_phone or inbound.link_token:
        return False
    return not any(each.kind in RECEIPT_KINDS for each in inbound.media)


def is_spoken(inbound: InboundMessage) -> bool:
    """Whether a message brings a voice note or a video, which only a person can listen to."""
    return any(each.kind in ("audio", "video") for each in inbound.media)


def pieces(messages: Sequence[Message]) -> list[Piece]:
    """What waits to be answered, as the rule about bursts wants it."""
    return [Piece(message.at, message.text, bool(message.choice)) for message in messages]


def input_of(messages: Sequence[Message], asked: Message | None) -> EngineInput:
    """What the person said in one go; what crossed our newest question cannot answer it."""
    return together(
        [
            of_message(
                message.text,
                message.choice,
                crossed=asked is not None and message.sequence < asked.sequence,
            )
            for message in messages
        ]
    )
