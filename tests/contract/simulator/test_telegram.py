"""The real python-telegram-bot against the stand-in."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from tests.contract.simulator.conftest import WITHOUT_TLS, Control, Running

ANA = "5123456789"
PHONE = "+51987654321"


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it python-telegram-bot 22.8 warns that RetryAfter will hold a timedelta.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[Bot]:
    async with a_bot(running, running.config.telegram_token) as connected:
        yield connected


def a_bot(running: Running, token: str) -> Bot:
    return Bot(
        token,
        base_url=f"{running.url}/telegram/bot",
        base_file_url=f"{running.url}/telegram/file/bot",
        request=HTTPXRequest(httpx_kwargs={"verify": WITHOUT_TLS}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": WITHOUT_TLS}),
    )


def parsed(running: Running, bot: Bot) -> list[Update]:
    return [Update.de_json(update, bot) for update in running.product.updates()]


def keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(title, callback_data=data)] for title, data in buttons]
    )


async def test_a_text_arrives_with_the_secret_and_is_answered(
    running: Running, control: Control, bot: Bot
) -> None:
    await control.do("text", channel="telegram", address=ANA, text="hola", name="Ana Flores")

    sent = await bot.send_message(int(ANA), "Buenos días, ¿hablo con Ana?")

    (update,) = parsed(running, bot)
    (heard,) = running.product.on("/webhooks/telegram")
    secret = heard.headers["x-telegram-bot-api-secret-token"]
    assert secret == running.config.telegram_webhook_secret
    assert update.message is not None
    assert (update.message.text, update.message.chat.type) == ("hola", "private")
    assert update.effective_user is not None
    assert update.effective_user.full_name == "Ana Flores"
    (shown,) = await control.inbox(ANA, "telegram")
    assert shown["id"] == str(sent.message_id)


async def test_updates_are_numbered_one_after_the_other(running: Running, control: Control) -> None:
    for text in ("uno", "dos", "tres"):
        await control.say(ANA, text, "telegram")

    first, second, third = (update["update_id"] for update in running.product.updates())
    assert (second, third) == (first + 1, first + 2)


async def test_a_deep_link_starts_the_bot_with_its_payload(
    running: Running, control: Control, bot: Bot
) -> None:
    await control.do("start", address=ANA, payload="invitacion-de-ana")

    (update,) = parsed(running, bot)
    assert update.message is not None
    assert update.message.text == "/start invitacion-de-ana"
    assert update.message.entities[0].type == "bot_command"


async def test_a_button_is_pressed_answered_once_and_taken_away(
    running: Running, control: Control, bot: Bot
) -> None:
    await bot.send_message(int(ANA), "¿Qué prefiere?", reply_markup=keyboard(("Pagar", "b0")))
    await control.do("press", channel="telegram", address=ANA, title="Pagar")
    (update,) = parsed(running, bot)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("b0", int(ANA))

    await query.answer("Recibido")
    await query.edit_message_reply_markup(None)

    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    assert (await control.inbox(ANA, "telegram"))[0]["buttons"] == []


@pytest.mark.parametrize("own", [True, False])
async def test_a_contact_says_whose_it_is(
    running: Running, control: Control, bot: Bot, own: bool
) -> None:
    key = KeyboardButton("Compartir mi número", request_contact=True)
    await bot.send_message(int(ANA), "Su número", reply_markup=ReplyKeyboardMarkup([[key]]))

    await control.do("contact", address=ANA, phone=PHONE, own=own)

    (update,) = parsed(running, bot)
    assert update.message is not None
    assert update.message.contact is not None
    assert (update.message.contact.user_id == int(ANA)) is own
    assert update.message.contact.phone_number == "51987654321"
    assert (await control.inbox(ANA, "telegram"))[0]["asks_contact"] == "Compartir mi número"


@pytest.mark.parametrize(
    ("kind", "start"), [("photo", b"\x89PNG"), ("voice", b"OggS"), ("document", b"%PDF")]
)
async def test_files_are_named_in_the_update_and_can_be_downloaded(
    running: Running, control: Control, bot: Bot, kind: str, start: bytes
) -> None:
    await control.do(kind, channel="telegram", address=ANA, caption="comprobante")

    (update,) = parsed(running, bot)
    assert update.message is not None
    assert update.message.caption == "comprobante"
    attachment: Any = update.message.effective_attachment
    file = await bot.get_file(attachment[-1] if kind == "photo" else attachment)
    assert bytes(await file.download_as_bytearray()).startswith(start)


async def test_an_edited_message_is_an_edit(running: Running, control: Control, bot: Bot) -> None:
    said = await control.say(ANA, "pago el lunes", "telegram")

    await control.do("edit", address=ANA, message_id=said["message_id"], text="pago el martes")

    update = parsed(running, bot)[-1]
    assert update.message is None
    assert update.edited_message is not None
    assert update.edited_message.text == "pago el martes"
    assert update.edited_message.message_id == int(str(said["message_id"]))


async def test_a_blocked_bot_is_told_and_refused(
    running: Running, control: Control, bot: Bot
) -> None:
    await control.do("block", address=ANA)

    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(int(ANA), "hola")

    await control.do("unblock", address=ANA)
    await bot.send_message(int(ANA), "hola otra vez")
    changes = [update.my_chat_member for update in parsed(running, bot)]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


@pytest.mark.parametrize(
    ("text", "markup", "reason"),
    [
        ("", None, "text is empty"),
        ("x" * 4097, None, "too long"),
        ("hola", keyboard(("Sí", "x" * 65)), r"[Bb]utton_data_invalid"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    control: Control, bot: Bot, text: str, markup: Any, reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        await bot.send_message(int(ANA), text, reply_markup=markup)

    assert await control.inbox(ANA, "telegram") == []


async def test_an_unknown_chat_and_a_wrong_token_are_refused(running: Running, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
        await bot.send_message("@nobody", "hola")
    with pytest.raises(InvalidToken):
        async with a_bot(running, "1:wrong"):
            pass


async def test_too_many_messages_in_a_second_have_to_wait(running: Running, bot: Bot) -> None:
    async def flood() -> None:
        for _ in range(running.config.telegram_messages_per_second + 1):
            await bot.send_message(int(ANA), "hola")

    with pytest.raises(RetryAfter) as refused:
        await flood()

    assert refused.value.retry_after == timedelta(seconds=1)


async def test_faults_of_sending_look_like_telegrams(control: Control, bot: Bot) -> None:
    flood = {"outcome": "refuse", "http_status": 429, "message": "Too Many Requests"}
    await control.faults(
        sends=[
            {**flood, "retry_after_s": 7, "channel": "telegram"},
            {"outcome": "drop"},
            {"outcome": "undelivered"},
        ]
    )

    with pytest.raises(RetryAfter):
        await bot.send_message(int(ANA), "refused")
    with pytest.raises(NetworkError):
        await bot.send_message(int(ANA), "stored")
    with pytest.raises(Forbidden):
        await bot.send_message(int(ANA), "blocked")

    assert [message["text"] for message in await control.inbox(ANA, "telegram")] == ["stored"]


async def test_an_update_is_repeated_until_it_is_accepted(
    running: Running, control: Control
) -> None:
    running.product.next_statuses.extend([503, 500])

    done = await control.say(ANA, "hola", "telegram")

    bodies = {heard.body for heard in running.product.on("/webhooks/telegram")}
    assert [heard.answered for heard in running.product.heard] == [503, 500, 200]
    assert len(bodies) == 1
    assert done["receipts"][0]["attempts"] == 3  # type: ignore[index]


async def test_the_product_may_set_and_delete_its_webhook(
    running: Running, control: Control, bot: Bot
) -> None:
    await bot.set_webhook(f"{running.config.public_url}/webhooks/telegram", secret_token="otro")
    await control.say(ANA, "uno", "telegram")
    await bot.delete_webhook()
    await control.say(ANA, "dos", "telegram")

    (heard,) = running.product.on("/webhooks/telegram")
    assert heard.headers["x-telegram-bot-api-secret-token"] == "otro"
    with pytest.raises(BadRequest, match=r"[Bb]ad webhook"):
        await bot.set_webhook("https://elsewhere.example/hook")


@pytest.mark.parametrize("signature", ["unsigned", "forged"])
async def test_an_update_without_the_secret_can_be_asked_for(
    running: Running, http: httpx.AsyncClient, control: Control, signature: str
) -> None:
    await control.do("raw", update={"poll": {"id": "p"}}, signature=signature)

    (heard,) = running.product.on("/webhooks/telegram")
    secret = heard.headers.get("x-telegram-bot-api-secret-token", "")
    assert secret != running.config.telegram_webhook_secret
    assert heard.json["poll"] == {"id": "p"}
