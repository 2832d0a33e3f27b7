"""The door for Telegram lets in who knows the secret, and nobody else."""

import pytest

from acuerdo.conversations.ports import InboundMessage, Reachability, Stray
from tests.contract.bot.doors import MAX_BYTES, Doors
from tests.unit.providers.updates import a_membership, a_message_update


async def test_a_message_goes_in(doors: Doors) -> None:
    answer = await doors.telegram(a_message_update(text="hola"))

    assert (answer.status_code, answer.json()) == (200, {})
    (event,) = doors.received
    assert isinstance(event, InboundMessage)
    assert event.text == "hola"
    (webhook,) = doors.kept
    assert (webhook.source, webhook.event_id) == ("telegram", "5001")
    assert webhook.body.encode() == a_message_update(text="hola")


async def test_a_block_goes_in(doors: Doors) -> None:
    assert (await doors.telegram(a_membership("kicked"))).status_code == 200
    assert isinstance(doors.received[0], Reachability)


@pytest.mark.parametrize("secret", [None, "", "another", "a-telegram-secret2"])
async def test_without_the_secret_nothing_is_kept(doors: Doors, secret: str | None) -> None:
    answer = await doors.telegram(a_message_update(text="hola"), secret=secret)

    assert answer.status_code == 403
    assert answer.json()["code"] == "webhook_forged"
    assert doors.received == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"update_id": 1}', b"\xff\x00"])
async def test_what_says_nothing_is_kept(doors: Doors, body: bytes) -> None:
    assert (await doors.telegram(body)).status_code == 200
    assert isinstance(doors.received[0], Stray)


async def test_a_huge_body_is_not_read(doors: Doors) -> None:
    answer = await doors.telegram(a_message_update(text="x" * MAX_BYTES))

    assert answer.status_code == 413
    assert doors.received == []


async def test_a_stranger_is_sent_away_before_the_body_is_read(doors: Doors) -> None:
    answer = await doors.telegram(b"x" * MAX_BYTES * 2, secret="another")

    assert answer.status_code == 403
