"""One person's phone, held through the simulator: what they write, press and send, and read."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from quality.patience import DidNotHappen
from quality.product import Product

Channel = Literal["whatsapp", "telegram"]


@dataclass(frozen=True)
class Heard:
    """One message as the phone shows it; `titles` are its buttons or the rows of its list."""

    text: str
    titles: tuple[str, ...]
    asks_contact: bool
    id: str

    def __str__(self) -> str:
        return "\n".join([self.text, *(f"[{title}]" for title in self.titles)])


class Phone:
    """A person on one channel. Whatever they do goes through a signed webhook.

    `says`, `presses`... wait for the one answer and check that it holds every piece of text in
    `hears` (buttons count as text); `does_*` only do it.
    """

    patience_seconds = 15.0

    def __init__(self, product: Product, address: str, channel: Channel = "whatsapp") -> None:
        self.product = product
        self.address = address
        self.channel: Channel = channel
        self._read_up_to = 0
        self.last: Heard = Heard("", (), False, "")

    def writes(self, text: str) -> list[dict[str, Any]]:
        """Write and do not wait for an answer; gives the product's answers to the webhook."""
        return self.act("text", text=text)

    def says(self, text: str, *hears: str | tuple[str, ...]) -> Heard:
        """Write and read the answer."""
        self.writes(text)
        return self.hears(*hears)

    def presses(self, title: str, *hears: str | tuple[str, ...]) -> Heard:
        """Press a button by its title and read the answer."""
        self.act("press", title=title)
        return self.hears(*hears)

    def sends(
        self, kind: Literal["photo", "voice", "document"], *hears: str | tuple[str, ...]
    ) -> Heard:
        """Send a file and read the answer."""
        self.act(kind)
        return self.hears(*hears)

    def sends_file(self, kind: str, content: bytes, content_type: str, caption: str = "") -> None:
        """Send these bytes; does not wait for an answer."""
        self.act(
            kind,
            content=base64.b64encode(content).decode(),
            content_type=content_type,
            caption=caption,
        )

    def starts(self, token: str, *hears: str | tuple[str, ...]) -> Heard:
        """Open the bot on Telegram with the token of a deep link (or none) and read the answer."""
        self.act("start", payload=token)
        return self.hears(*hears)

    def shares_contact(self, phone: str, *hears: str, own: bool = True) -> Heard:
        """Share a contact card on Telegram and read the answer."""
        self.act("contact", phone=phone, own=own)
        return self.hears(*hears)

    def act(self, kind: str, **more: Any) -> list[dict[str, Any]]:
        """Do anything the control API offers; gives the product's answers to the webhook."""
        body = {"kind": kind, "channel": self.channel, "address": self.address, **more}
        done = self.product.control.post("/inbound", json=body)
        if done.is_error:
            raise DidNotHappen(f"{done.text}\n{self.transcript()}")
        receipts: list[dict[str, Any]] = done.json()["receipts"]
        return receipts

    def hears(self, *pieces: str | tuple[str, ...]) -> Heard:
        """Give the next message; fails where none comes or a piece of text is not in it.

        Of a tuple of wordings one must be in it.
        """
        self.last = self._next()
        shown = str(self.last)
        wanted = [(piece,) if isinstance(piece, str) else piece for piece in pieces]
        missing = [
            words for words in wanted if not any(w.casefold() in shown.casefold() for w in words)
        ]
        if missing:
            raise DidNotHappen(f"not heard: {missing}\n{self.transcript()}")
        return self.last

    def awaits(self, seconds: float) -> Heard | None:
        """Give the next message, or None where none comes in time."""
        found = self._inbox(count=1, timeout_s=seconds)
        if not found:
            return None
        self._read_up_to = found[0]["seq"]
        return _heard(found[0])

    def _next(self) -> Heard:
        heard = self.awaits(self.patience_seconds)
        if heard is None:
            raise DidNotHappen(f"no answer came\n{self.transcript()}")
        return heard

    def hears_nothing(self) -> None:
        """Wait until the product is at rest; fails where a message came."""
        self.product.settle()
        found = self._inbox()
        if found:
            texts = [each["text"] for each in found]
            raise DidNotHappen(f"unexpected: {texts}\n{self.transcript()}")

    def never_heard(self, words: Iterable[str]) -> None:
        """Fails where a message of the whole chat holds one of the words."""
        everything = "\n".join(str(heard) for heard in self.everything()).casefold()
        found = [word for word in words if word.casefold() in everything]
        if found:
            raise DidNotHappen(f"was told: {found}\n{self.transcript()}")

    def everything(self) -> list[Heard]:
        """Give all that this phone ever received."""
        found = self.product.control.get(
            "/inbox", params={"channel": self.channel, "address": self.address}
        )
        return [_heard(each) for each in found.json()]

    def transcript(self) -> str:
        """Write down both sides of the chat, for a person who reads a failure."""
        messages = self.product.control.get(
            "/chat", params={"channel": self.channel, "address": self.address}
        ).json()
        sides = {"from_person": "->", "to_person": "  <-"}
        return "\n".join(
            f"{sides[each['direction']]} {each['text'] or each['kind']}"
            + "".join(f" [{button['title']}]" for button in each["buttons"])
            for each in messages
        )

    def statuses(self) -> list[str]:
        """Give the delivery ticks of what this person sent and received, oldest first."""
        messages = self.product.control.get(
            "/chat", params={"channel": self.channel, "address": self.address}
        ).json()
        return [each["status"] for each in messages]

    def _inbox(self, *, count: int = 0, timeout_s: float = 0) -> list[dict[str, Any]]:
        found = self.product.control.get(
            "/inbox",
            params={
                "channel": self.channel,
                "address": self.address,
                "after": self._read_up_to,
                "count": count,
                "timeout_s": timeout_s,
            },
        )
        messages: list[dict[str, Any]] = found.raise_for_status().json()
        return messages


def _heard(message: dict[str, Any]) -> Heard:
    return Heard(
        text=message["text"],
        titles=tuple(button["title"] for button in message["buttons"]),
        asks_contact=bool(message["asks_contact"]),
        id=message["id"],
    )
