"""Payment events: signed and fresh, or nothing."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from acuerdo.bootstrap import Acuerdo
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.payments.ports import NOT_ABOUT_MONEY
from tests.integration.doors.api.gateway_events import PATH, an_event, signed


async def kept(core: Acuerdo) -> list[tuple[EventState, str | None]]:
    """What is kept of events: how far each is, and why no further."""
    async with core.db.transaction() as session:
        found = await session.scalars(select(ExternalEvent))
        return [(event.state, event.reason) for event in found]


async def queued(core: Acuerdo, name: str = "payments.handle_event") -> int:
    """How many events wait for their job."""
    async with core.db.transaction() as session:
        names = await session.scalars(text("select task_name from procrastinate_jobs"))
        return list(names).count(name)


async def test_a_genuine_event_is_kept_once_with_its_job(
    stranger: httpx.AsyncClient, core: Acuerdo
) -> None:
    body = an_event()
    for _ in range(3):
        answer = await stranger.post(PATH, content=body, headers=signed(body))
        assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert await kept(core) == [(EventState.RECEIVED, None)]
    assert await queued(core) == 1


@pytest.mark.parametrize(
    "headers",
    [
        lambda body: {},
        lambda body: {"X-Sandbox-Signature": ""},
        lambda body: {"X-Sandbox-Signature": "t=1,v1=abc"},
        lambda body: signed(body, secret="guessed"),
        lambda body: signed(body, secret=""),
        lambda body: signed(body + b" "),
        lambda body: signed(body, age=301),
        lambda body: signed(body, age=-400),
    ],
    ids=["unsigned", "empty", "nonsense", "guessed", "no secret", "tampered", "old", "future"],
)
async def test_what_the_gateway_did_not_sign_just_now_is_refused_and_not_stored(
    stranger: httpx.AsyncClient, core: Acuerdo, headers: Any
) -> None:
    body = an_event()
    answer = await stranger.post(PATH, content=body, headers=headers(body))
    assert answer.status_code == 403
    assert answer.json()["code"] == "gateway_event_forged"
    assert await kept(core) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"[]", "not_as_described"),
        (b"\x00\xff", "not_json"),
        (b'{"type": "refund.created", "data": {}}', "unknown_movement"),
        (b'{"type": "customer.updated", "data": {}}', NOT_ABOUT_MONEY),
        (an_event(amount="-1"), "impossible_payment"),
        (an_event(amount="100,00"), "amount_unreadable"),
        (an_event(amount=100.005), "amount_too_fine"),
        (an_event(amount="1e40"), "amount_unreadable"),
        (an_event(amount="1E+1000000"), "amount_unreadable"),
        (an_event(amount=int("9" * 4_000)), "amount_unreadable"),
        (an_event(currency="soles"), "currency_unreadable"),
        (an_event(paid_at="2026-11-23T15:00:00"), "moment_without_zone"),
        (an_event(paid_at="9999-12-31T23:59:59-14:00"), "impossible_moment"),
        (an_event(payment_id="\x00"), "identifier_unreadable"),
        (b"[" * 200_000, "too_long"),
        (b'{"data":' * 5_000 + b"1" + b"}" * 5_000, "nested_too_deep"),
        (an_event(more="x" * 200_000), "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_signed_event_that_makes_no_sense_is_kept_and_breaks_nothing(
    stranger: httpx.AsyncClient, core: Acuerdo, body: bytes, reason: str
) -> None:
    for _ in range(2):
        answer = await stranger.post(PATH, content=body, headers=signed(body))
        assert answer.status_code == 200
    assert await kept(core) == [(EventState.UNREADABLE, reason)]
    assert await queued(core) == 0
    # and a person is asked once, but for what is about no money
    asked = await queued(core, "bookkeeping.ask_people")
    assert asked == (0 if reason == NOT_ABOUT_MONEY else 1)


async def test_a_gateway_that_is_not_in_use_is_not_found(stranger: httpx.AsyncClient) -> None:
    body = an_event()
    answer = await stranger.post("/webhooks/payments/other", content=body, headers=signed(body))
    assert answer.status_code == 404


async def test_a_body_without_end_is_not_read_before_it_is_proven(
    stranger: httpx.AsyncClient, core: Acuerdo
) -> None:
    read = 0

    async def endless():  # type: ignore[no-untyped-def]
        nonlocal read
        for _ in range(100):
            read += 1
            yield b"x" * (core.settings.max_webhook_bytes // 10)

    answer = await stranger.post(PATH, content=endless())
    assert answer.status_code == 413
    assert read < 20
