"""What every simulated person sent and received, as their phones show it."""

import asyncio
from collections import OrderedDict, deque
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from simulator.broadcast import Broadcast, Event

Channel = Literal["whatsapp", "telegram"]
Direction = Literal["to_person", "from_person"]

_MOST_CHATS = 10_000

# WhatsApp writes the same mobile with and without an extra digit: +52 1 in Mexico, +54 9 in
# Argentina. The person who reads the phone is one.
_MOBILE_PREFIXES = (("+521", "+52", 14), ("+549", "+54", 14))


def same_phone(address: str) -> str:
    """The one spelling under which both national variants of a WhatsApp address are filed."""
    bare = address.removeprefix("whatsapp:")
    for variant, plain, length in _MOBILE_PREFIXES:
        if bare.startswith(variant) and len(bare) == length:
            return plain + bare[len(variant) :]
    return bare


@dataclass(frozen=True)
class Button:
    """Something to press: `id` goes back to the product, `url` opens a page instead."""

    id: str
    title: str
    description: str = ""
    url: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file in a message; `url` is where a browser may show it."""

    id: str
    content_type: str
    filename: str
    url: str


@dataclass
class ChatMessage:
    """One bubble. `seq` grows over the whole simulator; `menu` is the label that opens a list."""

    id: str
    channel: Channel
    address: str
    direction: Direction
    at: datetime
    kind: str = "text"
    text: str = ""
    buttons: tuple[Button, ...] = ()
    menu: str = ""
    asks_contact: str = ""
    attachments: tuple[Attachment, ...] = ()
    status: str = "queued"
    error_code: int | None = None
    seq: int = 0

    def as_json(self) -> dict[str, Any]:
        """The message as the control API and the page read it."""
        return {**asdict(self), "at": self.at.isoformat()}


@dataclass
class Chat:
    """One person on one channel."""

    channel: Channel
    address: str
    messages: deque[ChatMessage]
    name: str = ""
    last_from_person_at: datetime | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Let those who wait for a change look again."""
        self.changed.set()
        self.changed = asyncio.Event()


class ChatBook:
    """All chats, bounded: the oldest messages are forgotten first."""

    def __init__(self, broadcast: Broadcast, per_chat: int = 600, in_all: int = 50_000) -> None:
        self._broadcast = broadcast
        self._per_chat = per_chat
        self._in_all = in_all
        self._chats: OrderedDict[tuple[str, str], Chat] = OrderedDict()
        self._by_id: OrderedDict[tuple[str, str], ChatMessage] = OrderedDict()
        self._seq = 0

    def chat(self, channel: Channel, address: str) -> Chat:
        """The chat of a person, opened when there was none."""
        filed = same_phone(address) if channel == "whatsapp" else address
        key = (channel, filed)
        if key not in self._chats:
            self._chats[key] = Chat(channel, filed, deque(maxlen=self._per_chat))
            if len(self._chats) > _MOST_CHATS:
                self._chats.popitem(last=False)
        return self._chats[key]

    def chats(self) -> tuple[Chat, ...]:
        """Every chat, the one opened first first."""
        return tuple(self._chats.values())

    def add(self, message: ChatMessage) -> ChatMessage:
        """File a message, number it and show it on the open pages."""
        chat = self.chat(message.channel, message.address)
        message.address = chat.address
        self._seq += 1
        message.seq = self._seq
        if message.direction == "from_person":
            chat.last_from_person_at = message.at
        else:
            self._mark_read(chat)
        chat.messages.append(message)
        self._by_id[(message.channel, message.id)] = message
        if len(self._by_id) > self._in_all:
            _, oldest = self._by_id.popitem(last=False)
            self._forget(oldest)
        self._show("message", message)
        chat.wake()
        return message

    def find(self, channel: Channel, message_id: str) -> ChatMessage | None:
        """The message with this provider id, unless forgotten."""
        return self._by_id.get((channel, message_id))

    def update(self, message: ChatMessage, status: str, error_code: int | None = None) -> None:
        """Change the delivery status that the phone shows."""
        message.status = status
        message.error_code = error_code
        self.changed(message)

    def changed(self, message: ChatMessage) -> None:
        """Show a message again after its status, text or buttons changed."""
        self._show("changed", message)
        self.chat(message.channel, message.address).wake()

    def typing(self, channel: Channel, address: str) -> None:
        """Show that the product is writing."""
        self._broadcast.tell(Event("typing", {}, channel, self.chat(channel, address).address))

    def received(self, channel: Channel, address: str, after: int = 0) -> list[ChatMessage]:
        """What a person received, oldest first, with a number above `after`."""
        return [
            message
            for message in self.chat(channel, address).messages
            if message.direction == "to_person" and message.seq > after
        ]

    async def wait_for(
        self, channel: Channel, address: str, after: int, count: int, timeout_s: float
    ) -> list[ChatMessage]:
        """Like `received`, but wait until there are `count` messages or the time is over."""
        try:
            async with asyncio.timeout(timeout_s):
                while len(found := self.received(channel, address, after)) < count:
                    await self.chat(channel, address).changed.wait()
                return found
        except TimeoutError:
            return self.received(channel, address, after)

    def clear(self) -> None:
        """Forget every chat; numbers go on growing, so that `after` stays meaningful."""
        self._chats.clear()
        self._by_id.clear()

    def _mark_read(self, chat: Chat) -> None:
        # A reply is the only sign a person has that what they wrote was read.
        for message in reversed(chat.messages):
            if message.direction != "from_person":
                continue
            if message.status == "read":
                return
            if message.status != "failed":
                self.update(message, "read")

    def _forget(self, message: ChatMessage) -> None:
        chat = self._chats.get((message.channel, message.address))
        if chat is not None and chat.messages and chat.messages[0] is message:
            chat.messages.popleft()

    def _show(self, name: str, message: ChatMessage) -> None:
        self._broadcast.tell(Event(name, message.as_json(), message.channel, message.address))
