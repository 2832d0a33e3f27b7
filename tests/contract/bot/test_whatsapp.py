"""The door for WhatsApp lets in what Twilio signed, and nothing else."""

import json
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from acuerdo.conversations.models import MessageState
from acuerdo.conversations.ports import DeliveryUpdate, InboundMessage, Stray
from tests.contract.bot.doors import MAX_BYTES, PUBLIC_URL, Doors, twilio_signature
from tests.unit.providers.forms import a_status, an_inbound

OURS = UUID("0190b8a0-0000-7000-8000-000000000001")
STATUS = "/webhooks/twilio/whatsapp/status"


async def test_a_signed_message_goes_in(doors: Doors) -> None:
    answer = await doors.twilio(an_inbound())

    assert (answer.status_code, answer.text) == (200, "<Response/>")
    assert answer.headers["content-type"].startswith("text/xml")
    (event,) = doors.received
    assert isinstance(event, InboundMessage)
    assert event.text == "hola, ¿cuánto debo? 🙂"


async def test_a_status_brings_our_own_id_back(doors: Doors) -> None:
    answer = await doors.twilio(a_status("delivered"), f"{STATUS}?message={OURS}")

    assert (answer.status_code, answer.text) == (200, "<Response/>")
    (event,) = doors.received
    assert isinstance(event, DeliveryUpdate)
    assert (event.message_id, event.state) == (OURS, MessageState.DELIVERED)


@pytest.mark.parametrize("path", [STATUS, f"{STATUS}?message=", f"{STATUS}?message=nonsense"])
async def test_a_status_without_our_id_counts_too(doors: Doors, path: str) -> None:
    assert (await doors.twilio(a_status("read"), path)).status_code == 200
    assert isinstance(doors.received[0], DeliveryUpdate)


async def test_the_same_webhook_again_is_the_same_event(doors: Doors) -> None:
    for _ in range(3):
        assert (await doors.twilio(an_inbound())).status_code == 200
    assert len(set(map(repr, doors.received))) == 1
    (webhook,) = set(doors.kept)
    assert webhook.source == "twilio.whatsapp"
    assert json.loads(webhook.body) == an_inbound()


@pytest.mark.parametrize("path", ["/webhooks/twilio/whatsapp", STATUS])
async def test_forged_webhooks_leave_no_trace(doors: Doors, path: str) -> None:
    answers = [
        await doors.post(path, b"", {}),
        await doors.post(path, b"Body=hola", {"X-Twilio-Signature": "bm8="}),
        await doors.twilio(an_inbound(), path, secret="another"),
        await doors.twilio(an_inbound(), path, signed_as=an_inbound(Body="otra cosa")),
        await doors.twilio(an_inbound(), path, url=f"{PUBLIC_URL}/elsewhere"),
        await doors.twilio(an_inbound(), f"{path}?message={OURS}", url=PUBLIC_URL + path),
        await doors.twilio(
            an_inbound(),
            path,
            url=f"https://evil.example{path}",
            headers={"X-Forwarded-Host": "evil.example", "Host": "evil.example"},
        ),
    ]

    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert answers[0].json()["code"] == "webhook_forged"
    assert doors.received == []


@pytest.mark.parametrize(
    "fields",
    [{}, {"Unknown": "1"}, an_inbound(From="+15550001111"), an_inbound(MessageSid="a\nb")],
)
async def test_what_is_signed_but_says_nothing_is_kept(
    doors: Doors, fields: dict[str, str]
) -> None:
    assert (await doors.twilio(fields)).status_code == 200
    assert isinstance(doors.received[0], Stray)


async def test_a_body_that_is_no_form_is_not_proven(doors: Doors) -> None:
    signature = twilio_signature(f"{PUBLIC_URL}/webhooks/twilio/whatsapp", {})
    body = b"\xff\xfe{}=%ZZ&&&;\x00"
    answer = await doors.post("/webhooks/twilio/whatsapp", body, {"X-Twilio-Signature": signature})
    assert answer.status_code == 403


async def test_a_huge_body_is_not_read(doors: Doors) -> None:
    answer = await doors.twilio(an_inbound(Body="x" * MAX_BYTES))

    assert answer.status_code == 413
    assert answer.json()["code"] == "webhook_too_large"
    assert doors.received == []


async def test_a_body_without_an_announced_length_is_cut_off(doors: Doors) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 100 * MAX_BYTES:
            read += 1000
            yield b"x" * 1000

    signature = twilio_signature(f"{PUBLIC_URL}/webhooks/twilio/whatsapp", {})
    headers = {"X-Twilio-Signature": signature}
    answer = await doors.post("/webhooks/twilio/whatsapp", endless(), headers)

    assert answer.status_code == 413
    assert read <= MAX_BYTES + 1000
    assert doors.received == []


@pytest.mark.parametrize("signature", [None, "", "x", "=" * 28, "a" * 27, "ñ" * 28, "a" * 300])
async def test_c1_without_a_signature_nothing_is_read(doors: Doors, signature: str | None) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield b"Body=hola"

    headers = {} if signature is None else {"X-Twilio-Signature": signature.encode()}
    answer = await doors.post("/webhooks/twilio/whatsapp", body(), headers)

    assert (answer.status_code, answer.json()["code"], read) == (403, "webhook_forged", 0)


@pytest.mark.parametrize(
    "body",
    [
        b"&".join(b"%x" % number for number in range(4000)),
        b"&" * (MAX_BYTES - 1),
        b"a=&" * (MAX_BYTES // 3),
        b"Body=" + b"%25" * 6000 + b"&a" * 300,
    ],
)
async def test_c1_more_fields_than_twilio_sends_are_forged(doors: Doors, body: bytes) -> None:
    signature = twilio_signature(f"{PUBLIC_URL}/webhooks/twilio/whatsapp", {})
    for path in ("/webhooks/twilio/whatsapp", STATUS):
        answer = await doors.post(path, body, {"X-Twilio-Signature": signature})
        assert (answer.status_code, answer.json()["code"]) == (403, "webhook_forged")
