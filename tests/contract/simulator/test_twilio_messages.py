"""The real Twilio SDK against the stand-in: sending, reporting, looking up, refusing."""

import json
from datetime import timedelta
from typing import Any

import aiohttp
import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.rest import Client

from tests.contract.simulator.conftest import WITHOUT_TLS, Control, Running
from tests.contract.simulator.twilio_sdk import (
    ANA,
    STATUS_PATH,
    WITHOUT_AIOHTTP_WARNINGS,
    send,
)

pytestmark = WITHOUT_AIOHTTP_WARNINGS


async def test_a_reply_is_shown_reported_and_found(
    running: Running, control: Control, twilio: Client
) -> None:
    await control.say(ANA, "hola")

    sent = await send(twilio, running, body="Buenos días")
    await control.settle()

    (shown,) = await control.inbox(ANA)
    assert (shown["id"], shown["text"], shown["status"]) == (sent.sid, "Buenos días", "read")
    assert running.product.statuses() == ["queued", "sent", "delivered", "read"]
    fetched = await twilio.messages(sent.sid).fetch_async()
    assert (fetched.status, fetched.direction) == ("read", "outbound-api")


async def test_status_reports_carry_what_twilio_adds(
    running: Running, control: Control, twilio: Client
) -> None:
    await control.say(ANA, "hola")

    await send(twilio, running, body="Buenos días")
    await control.settle()

    read = running.product.forms(STATUS_PATH)[-1]
    assert read["EventType"] == "READ"
    assert read["ChannelToAddress"].endswith("XXXX")
    assert "ErrorCode" not in read


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
async def test_webhooks_are_signed_as_twilios_validator_wants(
    running: Running, control: Control, http: httpx.AsyncClient, algorithm: str
) -> None:
    await http.patch("/control/pace", json={"signature": algorithm})

    await control.say(ANA, "¡Señal! 💡 &=+ \u200f")

    (heard,) = running.product.on("/webhooks/twilio/whatsapp")
    named = get_signature_algorithm(heard.headers.get("x-twilio-webhooks-signature-settings", ""))
    url = f"{running.config.public_url}/webhooks/twilio/whatsapp"
    assert named == algorithm
    assert RequestValidator(running.config.twilio_auth_token).validate(
        url, heard.form, heard.headers["x-twilio-signature"], named
    )
    assert heard.headers["i-twilio-idempotency-token"]


@pytest.mark.parametrize("signature", ["unsigned", "forged", "altered"])
async def test_a_bad_signature_can_be_asked_for(
    running: Running, control: Control, signature: str
) -> None:
    await control.do("raw", params={"Body": "hola"}, signature=signature)

    (heard,) = running.product.on("/webhooks/twilio/whatsapp")
    url = f"{running.config.public_url}/webhooks/twilio/whatsapp"
    assert not RequestValidator(running.config.twilio_auth_token).validate(
        url, heard.form, heard.headers.get("x-twilio-signature", "")
    )


async def test_an_inbound_text_has_twilios_parameters(running: Running, control: Control) -> None:
    await control.do("text", address="+5215512345678", text="hola", name="María López")

    (form,) = running.product.forms()
    assert form["From"] == "whatsapp:+5215512345678"
    assert form["To"] == running.config.whatsapp_sender
    assert (form["WaId"], form["ProfileName"]) == ("5215512345678", "María López")
    assert (form["MessageType"], form["NumMedia"]) == ("text", "0")
    assert form["MessageSid"].startswith("SM")
    assert form["MessageSid"] == form["SmsMessageSid"] == form["SmsSid"]
    assert json.loads(form["ChannelMetadata"])["type"] == "whatsapp"


async def test_both_spellings_of_a_mexican_mobile_are_one_phone(
    running: Running, control: Control, twilio: Client
) -> None:
    await control.say("+5215512345678", "hola")

    await send(twilio, running, to="+525512345678", body="Hola, María")

    assert [m["text"] for m in await control.inbox("+5215512345678", count=1)] == ["Hola, María"]


async def test_media_is_downloaded_with_the_account_and_a_redirect(
    running: Running, control: Control
) -> None:
    await control.do("photo", address=ANA, caption="mi comprobante")
    await control.do("voice", address=ANA)
    photo, voice = running.product.forms()
    account = (running.config.twilio_account_sid, running.config.twilio_auth_token)

    async with httpx.AsyncClient(follow_redirects=True, verify=WITHOUT_TLS) as client:
        refused = await client.get(photo["MediaUrl0"])
        loaded = await client.get(photo["MediaUrl0"], auth=account)

    assert refused.status_code == 401
    assert (loaded.history[0].status_code, loaded.status_code) == (307, 200)
    assert loaded.headers["content-type"] == photo["MediaContentType0"] == "image/png"
    assert loaded.content.startswith(b"\x89PNG")
    assert (photo["Body"], photo["MessageType"]) == ("mi comprobante", "image")
    assert photo["MessageSid"].startswith("MM")
    assert voice["MediaContentType0"] == "audio/ogg"
    assert "Body" not in voice


async def test_a_free_text_outside_the_window_is_accepted_and_then_fails(
    running: Running, control: Control, twilio: Client, http: httpx.AsyncClient
) -> None:
    await control.say(ANA, "hola")
    await http.post("/control/window", json={"address": ANA})

    sent = await send(twilio, running, body="Buenos días")
    await control.settle()

    assert sent.status == "queued"
    assert running.product.forms(STATUS_PATH)[-1]["ErrorCode"] == "63016"
    fetched = await twilio.messages(sent.sid).fetch_async()
    assert (fetched.status, fetched.error_code) == ("failed", 63016)
    assert await control.inbox(ANA) == []


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"to": ""}, 400, 21604),
        ({"to": "+51987654321"}, 400, 21211),
        ({"from_": "whatsapp:+14155238886"}, 400, 63007),
        ({"body": ""}, 400, 21602),
        ({"body": "x" * 1601}, 400, 21617),
        ({"content_sid": "HX" + "0" * 32}, 400, 21655),
        ({"status_callback": "https://elsewhere.example/status"}, 400, 21609),
    ],
)
async def test_what_twilio_refuses_is_refused_in_its_words(
    running: Running, control: Control, twilio: Client, fields: Any, status: int, code: int
) -> None:
    fields = {"body": "Buenos días", "to": f"whatsapp:{ANA}", **fields}
    fields.setdefault("from_", running.config.whatsapp_sender)

    with pytest.raises(TwilioRestException) as refused:
        await twilio.messages.create_async(**fields)

    assert (refused.value.status, refused.value.code) == (status, code)
    assert await control.inbox(ANA) == []


async def test_another_auth_token_is_refused(running: Running) -> None:
    client = Client(running.config.twilio_account_sid, "another-token")
    client.api.base_url = f"{running.url}/twilio"

    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=f"whatsapp:{ANA}", from_="whatsapp:+1", body="hola")

    assert (refused.value.status, refused.value.code) == (401, 20003)


async def test_an_unknown_message_is_not_found(running: Running, twilio: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await twilio.messages("SM" + "0" * 32).fetch_async()

    assert (refused.value.status, refused.value.code) == (404, 20404)


async def test_the_list_of_messages_is_filtered_and_paged(
    running: Running, control: Control, twilio: Client
) -> None:
    started = running.config.now() - timedelta(seconds=1)
    for address in (ANA, "+5491123456789"):
        await control.say(address, "hola")
        for number in range(3):
            await send(twilio, running, to=address, body=f"{number}")

    to_ana = await twilio.messages.list_async(
        to=f"whatsapp:{ANA}", from_=running.config.whatsapp_sender, page_size=2
    )
    since = await twilio.messages.list_async(date_sent_after=started)
    later = await twilio.messages.list_async(date_sent_after=started + timedelta(hours=1))
    today = await twilio.messages.list_async(date_sent=running.config.now(), page_size=3)

    assert [message.body for message in to_ana] == ["2", "1", "0"]
    assert (len(since), len(later), len(today)) == (8, 0, 8)


async def test_a_broken_connection_leaves_the_message_to_be_looked_up(
    running: Running, control: Control, twilio: Client
) -> None:
    await control.say(ANA, "hola")
    await control.faults(sends=[{"outcome": "drop"}, {"outcome": "lose"}])

    for body in ("stored", "lost"):
        with pytest.raises(aiohttp.ClientError):
            await send(twilio, running, body=body)

    found = await twilio.messages.list_async(to=f"whatsapp:{ANA}")
    assert [message.body for message in found] == ["stored"]
    assert [message["text"] for message in await control.inbox(ANA)] == ["stored"]


async def test_the_next_sends_can_be_refused(
    running: Running, control: Control, twilio: Client
) -> None:
    await control.say(ANA, "hola")
    fault = {"outcome": "refuse", "times": 2, "http_status": 429, "code": 20429}
    await control.faults(sends=[fault])

    codes = []
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            await send(twilio, running, body="hola")
        codes.append((refused.value.status, refused.value.code))
    await send(twilio, running, body="third")

    assert codes == [(429, 20429)] * 2
    assert [message["text"] for message in await control.inbox(ANA, count=1)] == ["third"]


async def test_an_accepted_message_can_be_reported_as_failed(
    running: Running, control: Control, twilio: Client
) -> None:
    await control.say(ANA, "hola")
    await control.faults(sends=[{"outcome": "undelivered", "code": 63024, "message": "Invalid"}])

    await send(twilio, running, body="hola")
    await control.settle()

    assert running.product.statuses() == ["queued", "failed"]
    assert running.product.forms(STATUS_PATH)[-1]["ErrorCode"] == "63024"
