"""Telegram, with the real library against a recording stand-in."""

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from acuerdo.contact.ports import Lookup, OutboundMessage, Sender, Sent
from acuerdo.conversations.choices import option_of
from acuerdo.platform.errors import ProviderMisused, ProviderRefused, ProviderUnavailable
from acuerdo.platform.settings import TelegramSettings
from acuerdo.providers.telegram.bot import TelegramBot
from acuerdo.values.channels import Channel
from tests.contract.providers.contract import NOW, FetchesMediaContract, SenderContract, buttons
from tests.contract.providers.provider import Answer, Asked, Provider, running

TOKEN = "100200:a-telegram-token"
PERSON = 77_001


def ok(result: Any) -> Answer:
    """A good answer of the Bot API."""
    return Answer(json={"ok": True, "result": result})


def as_telegram(asked: Asked) -> Answer:
    """Telegram on a good day."""
    if asked.path.endswith("/sendMessage"):
        return ok(
            {"message_id": 314, "date": 1_790_000_000, "chat": {"id": PERSON, "type": "private"}}
        )
    if asked.path.endswith("/getFile"):
        return ok(
            {"file_id": "F1", "file_unique_id": "u1", "file_size": 4, "file_path": "photos/1.jpg"}
        )
    if "/file/bot" in asked.path:
        return Answer(content=b"jpeg")
    return ok(True)


class TestTelegramBot(SenderContract, FetchesMediaContract):
    kind = Channel.TELEGRAM
    address = str(PERSON)
    send_path = f"/bot{TOKEN}/sendMessage"

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        return running(as_telegram)

    def build(self, base_url: str, timeout_seconds: float = 5) -> Sender:
        settings = TelegramSettings.model_validate(
            {"token": TOKEN, "base_url": base_url, "timeout_seconds": timeout_seconds}
        )
        return TelegramBot(settings)

    def refusal(self, status: int, *, retry_after: str = "", words: str = "no") -> Answer:
        more = {"parameters": {"retry_after": int(retry_after)}} if retry_after else {}
        answer = {"ok": False, "error_code": status, "description": words, **more}
        return Answer(status=status, json=answer)

    async def test_what_telegram_is_asked(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        assert await channel.send(message) == Sent(f"{PERSON}:314")

        (asked,) = provider.asked
        body = dict(asked.body)
        assert json.loads(body.pop("link_preview_options")) == {"is_disabled": True}
        assert body == {"chat_id": str(PERSON), "text": "Buenas tardes. 🙂"}

    async def test_choices_are_an_inline_keyboard(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        await channel.send(replace(message, buttons=buttons("Sí", "No")))

        assert json.loads(provider.asked[0].body["reply_markup"]) == {
            "inline_keyboard": [
                [{"text": "Sí", "callback_data": option_of(message.id, 0)}],
                [{"text": "No", "callback_data": option_of(message.id, 1)}],
            ]
        }

    async def test_a_person_can_be_asked_for_the_own_number(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        await channel.send(replace(message, buttons=buttons("No, gracias"), asks_for_contact=True))

        markup = json.loads(provider.asked[0].body["reply_markup"])
        assert markup["keyboard"] == [
            [{"text": "Compartir mi número", "request_contact": True}],
            [{"text": "No, gracias"}],
        ]
        assert markup["one_time_keyboard"]

    async def test_a_person_who_blocked_the_bot_cannot_be_reached(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        provider.answer_next(self.refusal(403, words="Forbidden: bot was blocked by the user"))

        with pytest.raises(ProviderRefused) as caught:
            await channel.send(message)

        assert caught.value.unreachable

    async def test_a_chat_that_is_not_there_cannot_be_reached(
        self, channel: Sender, provider: Provider, message: OutboundMessage
    ) -> None:
        provider.answer_next(self.refusal(400, words="Bad Request: chat not found"))

        with pytest.raises(ProviderRefused) as caught:
            await channel.send(message)

        assert caught.value.unreachable

    @pytest.mark.parametrize("address", ["+573105550001", "-100123", "@alguien", ""])
    async def test_only_private_chats_are_written_to(
        self, channel: Sender, provider: Provider, message: OutboundMessage, address: str
    ) -> None:
        with pytest.raises(ProviderMisused):
            await channel.send(replace(message, address=address))
        assert provider.asked == []

    async def test_nothing_can_be_looked_up(
        self, channel: Sender, message: OutboundMessage
    ) -> None:
        looked = await channel.look_up(message, since=NOW, known=frozenset())
        assert looked == Lookup(None, certain=False)

    async def test_a_pressed_button_is_acknowledged(
        self, channel: Sender, provider: Provider
    ) -> None:
        await channel.acknowledge("4382bf")

        (asked,) = provider.to("/answerCallbackQuery")
        assert asked.body == {"callback_query_id": "4382bf"}

    async def test_acknowledging_too_late_is_refused(
        self, channel: Sender, provider: Provider
    ) -> None:
        provider.answer_next(self.refusal(400, words="Bad Request: query is too old"))

        with pytest.raises(ProviderRefused):
            await channel.acknowledge("4382bf")

    async def test_a_file(self, channel: Sender, provider: Provider) -> None:
        assert await channel.fetch_media("F1", max_bytes=4) == (b"jpeg", "image/jpeg")
        assert provider.asked[-1].path == f"/file/bot{TOKEN}/photos/1.jpg"

    async def test_a_file_has_a_limit(self, channel: Sender, provider: Provider) -> None:
        with pytest.raises(ProviderRefused):
            await channel.fetch_media("F1", max_bytes=3)
        assert provider.to("/file/") == []

        provider.answer_next(Answer(content=b"much more"), path="/file/")
        with pytest.raises(ProviderRefused):
            await channel.fetch_media("F1", max_bytes=5)

    @pytest.mark.parametrize(
        ("status", "error"),
        [(400, ProviderRefused), (429, ProviderUnavailable), (500, ProviderUnavailable)],
    )
    async def test_a_file_that_cannot_be_had(
        self, channel: Sender, provider: Provider, status: int, error: type[Exception]
    ) -> None:
        provider.answer_next(self.refusal(status))

        with pytest.raises(error):
            await channel.fetch_media("F1", max_bytes=1000)
