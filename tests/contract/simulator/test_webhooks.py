"""How webhooks are delivered: retried, copied, held, shuffled, replayed."""

import httpx
import pytest

from simulator.config import SimulatorConfig
from simulator.webhooks import RetryRule, retry_rule_of
from tests.contract.simulator.conftest import Control, Running

ANA = "+51987654321"
INBOUND = "/webhooks/twilio/whatsapp"


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://p/hook", RetryRule(1, frozenset({"ct"}))),
        ("http://p/hook#rc=3&rp=5xx,ct,rt", RetryRule(3, frozenset({"5xx", "ct", "rt"}))),
        ("http://p/hook#rp=all", RetryRule(1, frozenset({"ct", "rt", "4xx", "5xx"}))),
        ("http://p/hook#rc=0", RetryRule(0, frozenset({"ct"}))),
    ],
)
def test_the_fragment_of_a_url_says_how_to_retry(url: str, rule: RetryRule) -> None:
    assert retry_rule_of(url) == ("http://p/hook", rule)


async def test_twilio_does_not_repeat_what_was_answered_with_an_error(
    running: Running, control: Control
) -> None:
    running.product.next_statuses.append(500)

    done = await control.say(ANA, "hola")

    assert len(running.product.on(INBOUND)) == 1
    assert done["receipts"][0]["status"] == 500  # type: ignore[index]


async def test_copies_are_the_same_webhook(running: Running, control: Control) -> None:
    await control.faults(webhook_copies=3)

    await control.say(ANA, "hola")

    heard = running.product.on(INBOUND)
    assert len(heard) == 3
    assert len({(h.body, h.headers["i-twilio-idempotency-token"]) for h in heard}) == 1


async def test_held_webhooks_wait_to_be_released(
    running: Running, control: Control, http: httpx.AsyncClient
) -> None:
    await control.faults(hold_webhooks=True)
    for text in ("uno", "dos"):
        await control.say(ANA, text)
    before = running.product.forms()

    await http.post("/control/webhooks/release", json={})

    assert before == []
    assert [form["Body"] for form in running.product.forms()] == ["uno", "dos"]
    await control.say(ANA, "tres")
    assert running.product.forms()[-1]["Body"] == "tres"


async def test_a_shuffled_window_delivers_every_copy(running: Running, control: Control) -> None:
    await control.faults(webhook_copies=2, shuffle_window_ms=20)
    texts = [str(number) for number in range(6)]
    for text in texts:
        await control.say(ANA, text)

    await control.settle()

    assert sorted(form["Body"] for form in running.product.forms()) == sorted(texts * 2)


async def test_a_webhook_can_be_replayed_byte_for_byte(
    running: Running, control: Control, http: httpx.AsyncClient
) -> None:
    await control.say(ANA, "hola")
    (logged,) = (await http.get("/control/webhooks")).json()

    await http.post(f"/control/webhooks/{logged['number']}/replay")

    first, second = running.product.on(INBOUND)
    assert (first.body, first.headers) == (second.body, second.headers)
    assert (logged["kind"], logged["status"]) == ("twilio.inbound", 200)


async def test_raw_parameters_arrive_as_they_were_given(running: Running, control: Control) -> None:
    url = f"{running.config.public_url}/webhooks/twilio/whatsapp/status"
    params = {"MessageSid": "SMx\nforged", "MessageStatus": "delivered", "Body": "nul\x00"}

    await control.do("raw", params=params, url=url)

    assert running.product.forms("/webhooks/twilio/whatsapp/status") == [params]


async def test_nothing_is_posted_anywhere_else(http: httpx.AsyncClient, running: Running) -> None:
    act = {"kind": "raw", "params": {"a": "b"}, "url": "https://elsewhere.example/hook"}

    assert (await http.post("/control/inbound", json=act)).status_code == 409


def test_webhooks_may_be_delivered_to_another_address_than_the_signed_one() -> None:
    config = SimulatorConfig(public_url="https://acuerdo.test", deliver_url="http://127.0.0.1:9")

    assert config.reachable("https://acuerdo.test/webhooks/telegram") == (
        "http://127.0.0.1:9/webhooks/telegram"
    )
    assert config.reachable("https://elsewhere.test/x") == "https://elsewhere.test/x"
    assert not config.belongs_to_product("https://acuerdo.test.evil/x")
