"""`acuerdo telegram set-webhook`: what Telegram is told, on its wire and by the simulator."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import httpx
import pytest

from acuerdo.platform.errors import ProviderMisused, ProviderUnavailable
from acuerdo.platform.settings import Settings
from doors.cli.telegram import set_webhook
from simulator import SimulatorConfig, create_simulator
from tests.contract.providers.provider import Answer, Provider, running
from tests.contract.simulator.product import Product
from tests.contract.simulator.served import listening, served, url_of

PUBLIC = "https://cobros.example"


def the_settings(base_url: str, **more: str) -> Settings:
    bot = {"token": "100200:token", "webhook_secret": "a-secret", "base_url": base_url, **more}
    settings = Settings.model_validate({"telegram": bot})
    return settings.model_copy(update={"public_url": PUBLIC})


@pytest.fixture
async def telegram() -> AsyncIterator[Provider]:
    async with running(lambda _: Answer(json={"ok": True, "result": True})) as provider:
        yield provider


async def test_telegram_is_given_our_address_our_secret_and_the_updates_we_read(
    telegram: Provider,
) -> None:
    # when
    url = await set_webhook(the_settings(telegram.url))
    # then
    assert url == f"{PUBLIC}/webhooks/telegram"
    (asked,) = telegram.to("/bot100200:token/setWebhook")
    assert asked.body["url"] == url
    assert asked.body["secret_token"] == "a-secret"
    assert json.loads(asked.body["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]


async def test_without_a_secret_nothing_is_asked(telegram: Provider) -> None:
    with pytest.raises(ProviderMisused, match="ACUERDO_TELEGRAM__WEBHOOK_SECRET"):
        await set_webhook(the_settings(telegram.url, webhook_secret=""))
    assert telegram.asked == []


async def test_the_operator_reads_what_telegram_does_not_like(telegram: Provider) -> None:
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: bad webhook: HTTPS"}
    telegram.answer_next(Answer(status=400, json=refusal))
    with pytest.raises(ProviderMisused, match=r"(?i)bad webhook: https"):
        await set_webhook(the_settings(telegram.url))


async def test_a_telegram_that_breaks_off_can_be_asked_again(telegram: Provider) -> None:
    telegram.answer_next(Answer(hangs_up=True))
    with pytest.raises(ProviderUnavailable):
        await set_webhook(the_settings(telegram.url))


@pytest.fixture
def simulated() -> Iterator[tuple[SimulatorConfig, Product]]:
    product = Product()
    with ExitStack() as stack:
        door, own = stack.enter_context(listening()), stack.enter_context(listening())
        config = SimulatorConfig(public_url=url_of(door), own_url=url_of(own))
        stack.enter_context(served(product.app(), door))
        stack.enter_context(served(create_simulator(config), own))
        yield config, product


async def test_updates_come_with_the_secret_that_was_registered(
    simulated: tuple[SimulatorConfig, Product],
) -> None:
    # given a bot whose webhook was registered with a new secret
    config, product = simulated
    settings = the_settings(
        f"{config.own_url}/telegram", webhook_secret="a-new-secret", token=config.telegram_token
    ).model_copy(update={"public_url": config.public_url})
    url = await set_webhook(settings)
    # when somebody writes to it
    async with httpx.AsyncClient(base_url=config.own_url) as control:
        said = {"kind": "text", "channel": "telegram", "address": "77", "text": "hola"}
        (await control.post("/control/inbound", json=said)).raise_for_status()
        await control.post("/control/settle")
    # then the update comes to the address with the secret
    assert url == f"{config.public_url}/webhooks/telegram"
    (heard,) = product.on("/webhooks/telegram")
    assert heard.headers["x-telegram-bot-api-secret-token"] == "a-new-secret"
    assert heard.json["message"]["text"] == "hola"
