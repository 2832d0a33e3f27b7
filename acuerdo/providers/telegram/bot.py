"""Telegram: sends and fetches files with python-telegram-bot, which is not given the updates."""

import mimetypes
import re
from collections.abc import Awaitable
from datetime import datetime
from typing import Any, Final, TypeVar

import httpx
import orjson
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)
from telegram.request import HTTPXRequest

from acuerdo.contact.ports import Lookup, OutboundMessage, Sent
from acuerdo.conversations.choices import option_of
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.platform.settings import TelegramSettings
from acuerdo.providers.telegram.inbound import sent_id
from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.channels import Channel

_OFFICIAL: Final = "https://api.telegram.org"
_FILE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,255}", re.ASCII)
_SHARE_CONTACT: Final = "Compartir mi número"
_CONNECTIONS: Final = 32
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_MISTAKES: Final = (InvalidToken, Conflict, ChatMigrated)
# what `inbound` reads; the rest is not even sent to us
_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
# Telegram's words for a chat that the bot cannot write to
_NO_SUCH_CHAT: Final = ("chat not found", "peer_id_invalid", "user not found")

Answer = TypeVar("Answer")


class _TryAgain(TelegramError):
    """Telegram says 429 or 503: nothing was done."""

    def __init__(self, status: int, retry_after_seconds: float | None) -> None:
        super().__init__(str(status))
        self.retry_after_seconds = retry_after_seconds


class _Request(HTTPXRequest):
    """The library's HTTP, which also tells "not begun" from the other server errors."""

    async def do_request(self, *args: Any, **named: Any) -> tuple[int, bytes]:
        """One request. Raises _TryAgain for 429 and 503."""
        status, payload = await super().do_request(*args, **named)
        if status in (429, 503):
            raise _TryAgain(status, _retry_after(payload))
        return status, payload


class TelegramBot:
    """Writes to people through one bot, acknowledges their buttons, fetches their files.

    Choices become an inline keyboard; where the person is asked for the own number too, which
    Telegram can only show as a keyboard, they become keys that type their title.
    """

    channel: Final = Channel.TELEGRAM

    def __init__(self, settings: TelegramSettings) -> None:
        base = settings.base_url.rstrip("/") or _OFFICIAL
        limit = settings.timeout_seconds
        self._request = _Request(
            connection_pool_size=_CONNECTIONS,
            read_timeout=limit,
            write_timeout=limit,
            connect_timeout=limit,
            pool_timeout=limit,
        )
        self._bot = Bot(
            settings.token.get_secret_value(),
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one message of at most 4,096 characters."""
        if not message.text.strip() or len(message.text) > TRAITS[self.channel].longest:
            raise ProviderMisused("The message is empty or too long for Telegram")
        if not message.address.isdecimal():
            raise ProviderMisused("The address is not a private chat of Telegram")
        sent = await _asked(
            self._bot.send_message(
                chat_id=int(message.address),
                text=message.text,
                reply_markup=_keyboard(message),
                # a payment link is not to be opened by anybody but the person
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            is_repeatable=False,
        )
        return Sent(sent_id(sent.chat.id, sent.message_id))

    async def look_up(
        self, message: OutboundMessage, *, since: datetime, known: frozenset[str]
    ) -> Lookup:
        """Nothing: a bot cannot read what it sent."""
        return Lookup(found=None, certain=False)

    async def acknowledge(self, token: str) -> None:
        """Stop the waiting sign on a pressed button. Raises ProviderError, too late included."""
        await _asked(self._bot.answer_callback_query(token), is_repeatable=True)

    async def fetch_media(self, reference: str, *, max_bytes: int) -> tuple[bytes, str]:
        """A file by its id, at most `max_bytes` (Telegram itself gives no more than 20 MB)."""
        if not _FILE_ID.fullmatch(reference):
            raise ProviderRefused("This is not a file of Telegram")
        file = await _asked(self._bot.get_file(reference), is_repeatable=True)
        if (file.file_size or 0) > max_bytes:
            raise ProviderRefused("The file is too large")
        content = bytes(await _asked(file.download_as_bytearray(), is_repeatable=True))
        if len(content) > max_bytes:
            raise ProviderRefused("The file is too large")
        content_type, _ = mimetypes.guess_type(file.file_path or "")
        return content, content_type or "application/octet-stream"

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url`, each with `secret`; what waits meanwhile is kept.

        Raises ProviderMisused with Telegram's words where it does not accept them.
        """
        try:
            await self._bot.set_webhook(url, allowed_updates=_UPDATES, secret_token=secret)
        except BadRequest as error:
            words = f"Telegram does not accept the webhook: {error.message}"
            raise ProviderMisused(words, provider_code="400") from error
        except TelegramError as error:
            raise _translated(error, is_repeatable=True) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


def _keyboard(message: OutboundMessage) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    titles = [button.title for button in message.buttons]
    if message.asks_for_contact:
        keys = [[KeyboardButton(_SHARE_CONTACT, request_contact=True)]]
        keys += [[KeyboardButton(title)] for title in titles]
        return ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
    if not titles:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(title, callback_data=option_of(message.id, index))]
            for index, title in enumerate(titles)
        ]
    )


async def _asked(answer: Awaitable[Answer], *, is_repeatable: bool) -> Answer:
    try:
        return await answer
    except TelegramError as error:
        raise _translated(error, is_repeatable) from error


def _translated(error: TelegramError, is_repeatable: bool) -> ProviderError:
    if isinstance(error, _TryAgain):
        return ProviderUnavailable(
            "Telegram asks to wait",
            provider_code=error.message,
            retry_after_seconds=error.retry_after_seconds,
        )
    if isinstance(error, Forbidden):
        return ProviderRefused(
            "The person does not let the bot write", provider_code="403", unreachable=True
        )
    if isinstance(error, BadRequest):
        return _bad_request(error, is_repeatable)
    if isinstance(error, _MISTAKES):
        return ProviderMisused("Telegram does not accept the bot's request")
    if is_repeatable or isinstance(error.__cause__, _NOT_SENT):
        return ProviderUnavailable("Telegram cannot be reached")
    return OutcomeUnknown("Telegram did not answer")


def _bad_request(error: BadRequest, is_repeatable: bool) -> ProviderError:
    words = error.message.lower()
    if any(part in words for part in _NO_SUCH_CHAT):
        return ProviderRefused("There is no such chat", provider_code="400", unreachable=True)
    if is_repeatable:
        return ProviderRefused("Telegram no longer knows it", provider_code="400")
    return ProviderMisused("Telegram does not accept the message", provider_code="400")


def _retry_after(payload: bytes) -> float | None:
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return None
    parameters = answer.get("parameters") if isinstance(answer, dict) else None
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) else None
