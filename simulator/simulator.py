"""The simulator as one object: everything a simulated person, or a test, can do."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from simulator.broadcast import Broadcast, Event
from simulator.chats import Attachment, Button, Channel, ChatBook, ChatMessage
from simulator.config import SimulatorConfig
from simulator.directory import DemoPerson
from simulator.faults import Faults, Pace
from simulator.gateway.gateway import Gateway
from simulator.media import SAMPLES, MediaStore, StoredFile
from simulator.telegram import updates
from simulator.telegram.bot import Sender, TelegramBot
from simulator.telephone.exchange import Exchange
from simulator.twilio_messaging.messages import InboundMessage, TwilioMessaging
from simulator.webhooks import Postman, Receipt

FileKind = Literal["photo", "voice", "document"]
Signature = Literal["valid", "unsigned", "forged", "altered"]

_WHATSAPP_TYPES: Mapping[str, str] = {"photo": "image", "voice": "audio", "document": "document"}
_DEFAULT_NAME = "Cliente"


class CannotBeDone(Exception):
    """The person asked for something that their phone does not show; says what, in English."""


@dataclass(frozen=True)
class Done:
    """What a person's act led to: the provider's message id and the product's answers.

    There are no receipts while webhooks are held or being shuffled.
    """

    message_id: str
    receipts: tuple[Receipt, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of the control API."""
        return {
            "message_id": self.message_id,
            "receipts": [receipt.as_json() for receipt in self.receipts],
        }


class Simulator:
    """The stand-ins and the people who use them. Belongs to one event loop."""

    def __init__(self, config: SimulatorConfig) -> None:
        self.config = config
        self.broadcast = Broadcast()
        self.faults = Faults()
        self.pace = Pace(config.statuses, config.status_delay_ms, config.retry_delay_ms)
        self.chats = ChatBook(self.broadcast)
        self.media = MediaStore()
        self.postman = Postman(config, self.faults, self.pace, self.broadcast)
        self.twilio = TwilioMessaging(config, self.chats, self.postman, self.faults, self.pace)
        self.telegram = TelegramBot(config, self.chats, self.postman)
        self.gateway = Gateway(config, self.postman)
        self.telephone = Exchange(config, self.faults, self.broadcast)

    async def people(self) -> Sequence[DemoPerson]:
        """The demo debtors of the directory; their names go with what they send from now on."""
        people = await self.config.directory()
        for person in people:
            if person.phone:
                self.chats.chat("whatsapp", person.phone).name = person.name
            self.chats.chat("telegram", person.telegram_id).name = person.name
        return people

    async def say(self, channel: Channel, address: str, text: str, name: str = "") -> Done:
        """Let a person write a text. On Telegram "/start TOKEN" opens the deep link."""
        shown_name = self._name(channel, address, name)
        if channel == "telegram":
            sender = Sender(_chat_id(address), shown_name)
            return _done(
                *await self.telegram.receive(sender, updates.text_content(text), shown=text),
                self.chats,
            )
        return _done(
            *await self.twilio.receive(InboundMessage(address, shown_name, text)), self.chats
        )

    async def press(
        self,
        channel: Channel,
        address: str,
        *,
        index: int | None = None,
        title: str = "",
        message_id: str = "",
    ) -> Done:
        """Let a person press a button or choose from a list, by index or by exact title.

        Takes the last message with buttons unless one is named. Raises CannotBeDone when there
        is no such message or button, or the button opens a page.
        """
        bubble = self._with_buttons(channel, address, message_id)
        button = _button_of(bubble, index, title)
        if channel == "telegram":
            sender = Sender(_chat_id(address), self._name(channel, address))
            if button.id:
                return Done(bubble.id, await self.telegram.press(sender, bubble, button))
            return await self.say(channel, address, button.title)
        inbound = InboundMessage(
            sender=address,
            name=self._name(channel, address),
            body=button.title,
            message_type="interactive" if bubble.menu else "button",
            pressed=button,
            answered=bubble,
        )
        return _done(*await self.twilio.receive(inbound), self.chats)

    async def send_file(
        self,
        channel: Channel,
        address: str,
        kind: FileKind,
        *,
        content: bytes = b"",
        content_type: str = "",
        filename: str = "",
        caption: str = "",
    ) -> Done:
        """Let a person send a photo, a voice note or a document; without content, a sample."""
        sample_type, sample_name, sample = SAMPLES[kind]
        prefix = "ME" if channel == "whatsapp" else "AgAC"
        file = StoredFile(
            id=prefix + secrets.token_hex(16),
            content=content or sample(),
            content_type=content_type or sample_type,
            filename=filename or sample_name,
        )
        self.media.keep(file)
        # A path, not an address: a page shows it from wherever the page itself was opened.
        shown = Attachment(file.id, file.content_type, file.filename, f"control/files/{file.id}")
        name = self._name(channel, address)
        if channel == "telegram":
            sender = Sender(_chat_id(address), name)
            size = len(file.content)
            sent = updates.file_content(
                kind, file.id, file.content_type, file.filename, size, caption
            )
            received = await self.telegram.receive(sender, sent, kind, caption, (shown,))
            return _done(*received, self.chats)
        inbound = InboundMessage(
            sender=address,
            name=name,
            body=None if kind == "voice" else caption,
            message_type=_WHATSAPP_TYPES[kind],
            kind=kind,
            attachments=(shown,),
        )
        return _done(*await self.twilio.receive(inbound), self.chats)

    async def share_contact(
        self, address: str, phone: str, *, own: bool = True, name: str = ""
    ) -> Done:
        """Let a person on Telegram share a contact card: their own, or somebody else's."""
        sender = Sender(_chat_id(address), self._name("telegram", address))
        user_id = sender.chat_id if own else sender.chat_id + 1
        content = updates.contact_content(phone, name or sender.name, user_id)
        received = await self.telegram.receive(sender, content, "contact", phone)
        return _done(*received, self.chats)

    async def edit(self, address: str, message_id: str, text: str) -> Done:
        """Let a person on Telegram edit what they wrote; CannotBeDone when it is not theirs."""
        bubble = self.chats.find("telegram", message_id)
        if bubble is None or bubble.direction != "from_person" or bubble.address != address:
            raise CannotBeDone(f"message {message_id} was not written by {address}")
        sender = Sender(_chat_id(address), self._name("telegram", address))
        return Done(message_id, await self.telegram.edit(sender, bubble, text))

    async def set_blocked(self, address: str, is_blocked: bool) -> Done:
        """Let a person on Telegram block or unblock the bot."""
        sender = Sender(_chat_id(address), self._name("telegram", address))
        return Done("", await self.telegram.set_blocked(sender, is_blocked))

    def inbox(self, channel: Channel, address: str, after: int = 0) -> list[ChatMessage]:
        """What a person received, oldest first, with a `seq` above `after`."""
        return self.chats.received(channel, address, after)

    async def wait_for(
        self,
        channel: Channel,
        address: str,
        *,
        after: int = 0,
        count: int = 1,
        timeout_s: float = 10.0,
    ) -> list[ChatMessage]:
        """Like `inbox`, but wait for `count` messages; after the time, what there is."""
        return await self.chats.wait_for(channel, address, after, count, timeout_s)

    async def settle(self) -> None:
        """Wait until every status was reported and every webhook under way was answered."""
        await self.postman.settle()

    def reset(self) -> None:
        """Forget people's messages, payments, faults and webhooks; restore the pace."""
        self.postman.forget()
        self.faults.clear()
        fresh = Pace(self.config.statuses, self.config.status_delay_ms, self.config.retry_delay_ms)
        self.pace.__dict__.update(vars(fresh))
        self.twilio.algorithm = self.config.twilio_signature
        for part in (
            self.chats,
            self.media,
            self.twilio,
            self.telegram,
            self.gateway,
            self.telephone,
        ):
            part.clear()
        self.broadcast.tell(Event("listening", {}))

    async def aclose(self) -> None:
        """Stop what is under way and close the connections to the product."""
        await self.telephone.aclose()
        await self.postman.aclose()

    def _name(self, channel: Channel, address: str, name: str = "") -> str:
        chat = self.chats.chat(channel, address)
        chat.name = name or chat.name
        return chat.name or _DEFAULT_NAME

    def _with_buttons(self, channel: Channel, address: str, message_id: str) -> ChatMessage:
        for bubble in reversed(self.chats.received(channel, address)):
            if bubble.buttons and message_id in ("", bubble.id):
                return bubble
        raise CannotBeDone(f"{address} has no message with buttons")


def _button_of(bubble: ChatMessage, index: int | None, title: str) -> Button:
    matching = [
        button
        for position, button in enumerate(bubble.buttons)
        if (position == index if index is not None else button.title == title)
    ]
    if not matching:
        offered = [button.title for button in bubble.buttons]
        raise CannotBeDone(f"no such button; the message offers {offered}")
    if matching[0].url:
        raise CannotBeDone("the button opens a page, nothing is sent")
    return matching[0]


def _done(bubble: ChatMessage, receipts: tuple[Receipt, ...], chats: ChatBook) -> Done:
    # A reply may have come first: then the message is read already.
    if bubble.status == "sending":
        if not receipts:
            chats.update(bubble, "sent")
        elif any(receipt.accepted for receipt in receipts):
            chats.update(bubble, "delivered")
        else:
            chats.update(bubble, "failed", receipts[0].status)
    return Done(bubble.id, receipts)


def _chat_id(address: str) -> int:
    if not address.isdigit():
        raise CannotBeDone(f"{address!r} is not a Telegram user id")
    return int(address)
