"""One bot: what the product sends through it and what people send to it."""

import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from simulator.chats import Attachment, Button, ChatBook, ChatMessage
from simulator.config import SimulatorConfig
from simulator.telegram import updates
from simulator.telegram.errors import bad_request, blocked, too_many
from simulator.telegram.keyboards import contact_request, inline_buttons, plain_keys
from simulator.webhooks import Postman, Receipt, RetryRule, Webhook

# Source: Telegram Bot API, sendMessage and answerCallbackQuery.
TEXT_LIMIT = 4096
CALLBACK_ANSWER_LIMIT = 200
_OPEN_QUERIES = 2000
_WATCHED_CHATS = 10_000
# Telegram repeats an update until it is accepted; here it gives up after a while.
_RETRY = RetryRule(retries=6, after=frozenset({"ct", "rt", "3xx", "4xx", "5xx"}))


@dataclass(frozen=True)
class Sender:
    """The person who does something on Telegram."""

    chat_id: int
    name: str

    @property
    def address(self) -> str:
        """The address under which the person's chat is filed."""
        return str(self.chat_id)


class TelegramBot:
    """State of the bot: webhook, blocked chats, open callback queries, the last message."""

    def __init__(self, config: SimulatorConfig, chats: ChatBook, postman: Postman) -> None:
        self._config = config
        self._chats = chats
        self._postman = postman
        self._update_id = 10_000_000 + secrets.randbelow(800_000_000)
        self._message_id = 0
        self._query_id = secrets.randbits(60)
        self._open_queries: OrderedDict[str, None] = OrderedDict()
        self._blocked: set[int] = set()
        self._sent_at: dict[int, deque[float]] = {}
        self.webhook_url = config.telegram_url
        self.webhook_secret = config.telegram_webhook_secret

    @property
    def me(self) -> dict[str, Any]:
        """The bot as a user."""
        return {
            "id": int(self._config.telegram_token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Acuerdo",
            "username": self._config.telegram_username,
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def set_webhook(self, url: str, secret: str) -> None:
        """Post updates elsewhere in the product from now on; an empty URL stops them."""
        if url and not self._config.belongs_to_product(url):
            raise bad_request("bad webhook: the URL is not one of the product under simulation")
        self.webhook_url, self.webhook_secret = url, secret

    def check_recipient(self, params: Mapping[str, Any]) -> int:
        """The chat that a method is about; refused when there is none or it blocked the bot."""
        chat_id = str(params.get("chat_id", ""))
        if not chat_id.isdigit():
            raise bad_request("chat not found" if chat_id else "chat_id is empty")
        if int(chat_id) in self._blocked:
            raise blocked()
        return int(chat_id)

    def check_flood(self, chat_id: int) -> None:
        """Refuse with 429 when this chat was sent too much in the last second."""
        limit = self._config.telegram_messages_per_second
        if limit <= 0:
            return
        if len(self._sent_at) > _WATCHED_CHATS:
            self._sent_at.clear()
        recent = self._sent_at.setdefault(chat_id, deque(maxlen=limit))
        now = time.monotonic()
        if len(recent) == limit and now - recent[0] < 1:
            raise too_many(1)
        recent.append(now)

    def send_message(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Show a message of the product to a person and return it as Telegram's Message."""
        chat_id = self.check_recipient(params)
        text = str(params.get("text", ""))
        if not text.strip():
            raise bad_request("message text is empty")
        if len(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
        markup = _object(params.get("reply_markup"))
        buttons = inline_buttons(markup)
        self.check_flood(chat_id)
        bubble = self._chats.add(
            ChatMessage(
                id=self._next_message_id(),
                channel="telegram",
                address=str(chat_id),
                direction="to_person",
                at=self._config.now(),
                text=text,
                buttons=buttons or plain_keys(markup),
                asks_contact=contact_request(markup),
                status="delivered",
            )
        )
        return self.as_message(bubble)

    def edit_markup(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Replace or remove the inline keyboard of a message."""
        chat_id = self.check_recipient(params)
        bubble = self._chats.find("telegram", str(params.get("message_id", "")))
        if bubble is None or bubble.address != str(chat_id):
            raise bad_request("message to edit not found")
        if bubble.direction != "to_person":
            raise bad_request("message can't be edited")
        buttons = inline_buttons(_object(params.get("reply_markup")))
        if buttons == bubble.buttons:
            raise bad_request("message is not modified")
        bubble.buttons = buttons
        self._chats.changed(bubble)
        return self.as_message(bubble)

    def answer_query(self, params: Mapping[str, Any]) -> bool:
        """Close a callback query; each can be answered once."""
        if len(str(params.get("text", ""))) > CALLBACK_ANSWER_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        query_id = str(params.get("callback_query_id", ""))
        if query_id not in self._open_queries:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        del self._open_queries[query_id]
        return True

    def typing(self, params: Mapping[str, Any]) -> bool:
        """Show that the bot is writing."""
        self._chats.typing("telegram", str(self.check_recipient(params)))
        return True

    async def receive(
        self,
        sender: Sender,
        content: dict[str, Any],
        kind: str = "text",
        shown: str = "",
        attachments: tuple[Attachment, ...] = (),
    ) -> tuple[ChatMessage, tuple[Receipt, ...]]:
        """Let a person send a message: file it and post the update."""
        bubble = self._chats.add(
            ChatMessage(
                id=self._next_message_id(),
                channel="telegram",
                address=sender.address,
                direction="from_person",
                at=self._config.now(),
                kind=kind,
                text=shown,
                attachments=attachments,
                status="sending",
            )
        )
        message = updates.message(
            message_id=int(bubble.id),
            chat_id=sender.chat_id,
            name=sender.name,
            at=bubble.at,
            content=content,
        )
        return bubble, await self.post_update({"message": message}, bubble.id)

    async def edit(self, sender: Sender, bubble: ChatMessage, text: str) -> tuple[Receipt, ...]:
        """Let a person edit a text they sent before."""
        bubble.text = text
        self._chats.changed(bubble)
        message = updates.message(
            message_id=int(bubble.id),
            chat_id=sender.chat_id,
            name=sender.name,
            at=bubble.at,
            content={**updates.text_content(text), "edit_date": self._timestamp()},
        )
        return await self.post_update({"edited_message": message}, bubble.id)

    async def press(
        self, sender: Sender, bubble: ChatMessage, button: Button
    ) -> tuple[Receipt, ...]:
        """Let a person press an inline button."""
        self._query_id += 1
        query_id = str(self._query_id)
        self._open_queries[query_id] = None
        if len(self._open_queries) > _OPEN_QUERIES:
            self._open_queries.popitem(last=False)
        query = {
            "id": query_id,
            "from": updates.user(sender.chat_id, sender.name),
            "message": self.as_message(bubble),
            "chat_instance": str(-sender.chat_id),
            "data": button.id,
        }
        return await self.post_update({"callback_query": query}, bubble.id)

    async def set_blocked(self, sender: Sender, is_blocked: bool) -> tuple[Receipt, ...]:
        """Let a person block or unblock the bot."""
        if is_blocked:
            self._blocked.add(sender.chat_id)
        else:
            self._blocked.discard(sender.chat_id)
        change = updates.membership(
            chat_id=sender.chat_id,
            name=sender.name,
            bot=self.me,
            at=self._config.now(),
            is_blocked=is_blocked,
        )
        return await self.post_update({"my_chat_member": change}, sender.address)

    async def post_update(
        self, content: dict[str, Any], about: str, signature: str = "valid"
    ) -> tuple[Receipt, ...]:
        """Post an update with the next number; signature "forged" or "unsigned" is for tests."""
        if not self.webhook_url:
            return ()
        self._update_id += 1
        headers = {"Content-Type": "application/json"}
        if signature != "unsigned":
            secret = self.webhook_secret if signature == "valid" else f"not-{self.webhook_secret}"
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        body = orjson.dumps({"update_id": self._update_id, **content})
        return await self._postman.post(
            Webhook("telegram.update", self.webhook_url, headers, body, _RETRY, about)
        )

    def as_message(self, bubble: ChatMessage) -> dict[str, Any]:
        """A message of the bot as Telegram's Message."""
        chat = self._chats.chat("telegram", bubble.address)
        message: dict[str, Any] = {
            "message_id": int(bubble.id),
            "from": self.me,
            "chat": updates.private_chat(int(bubble.address), chat.name),
            "date": int(bubble.at.timestamp()),
            "text": bubble.text,
        }
        if bubble.buttons and not bubble.asks_contact:
            message["reply_markup"] = updates.inline_keyboard(bubble.buttons)
        return message

    def clear(self) -> None:
        """Forget blocks, floods and open queries; restore the webhook."""
        self.webhook_url = self._config.telegram_url
        self.webhook_secret = self._config.telegram_webhook_secret
        self._open_queries.clear()
        self._blocked.clear()
        self._sent_at.clear()

    def _next_message_id(self) -> str:
        self._message_id += 1
        return str(self._message_id)

    def _timestamp(self) -> int:
        return int(self._config.now().timestamp())


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, str) and value:
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise bad_request("can't parse reply keyboard markup JSON object") from error
    return value if isinstance(value, dict) else {}
