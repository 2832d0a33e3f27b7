"""Links of the sandbox gateway, against its answers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from acuerdo.payments.ports import CreatedLink
from acuerdo.platform.errors import ProviderMisused, ProviderRefused, ProviderUnavailable
from acuerdo.providers.sandbox_gateway.gateway import SandboxGateway
from acuerdo.values.money import Money

REFERENCE = UUID(int=7)
MADE = {"id": "link-1", "url": "https://pay.example/1", "expires_at": "2026-11-24T00:00:00+00:00"}


async def create(answer: Callable[[httpx.Request], httpx.Response]) -> CreatedLink:
    """What comes of asking for a link of 120.50 soles."""
    gateway = SandboxGateway("http://gateway.example", "a key", timeout_seconds=1)
    await gateway._client.aclose()
    gateway._client = httpx.AsyncClient(
        base_url="http://gateway.example",
        headers={"Authorization": "Bearer a key"},
        transport=httpx.MockTransport(answer),
    )
    try:
        return await gateway.create_link(REFERENCE, Money(12050, "PEN"), "servicio eléctrico")
    finally:
        await gateway.close()


async def test_a_link_is_made_with_our_reference_as_its_key() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(201, json=MADE)

    link = await create(answer)
    assert link == CreatedLink(
        "link-1", "https://pay.example/1", datetime(2026, 11, 24, tzinfo=UTC)
    )
    (request,) = asked
    assert request.headers["Idempotency-Key"] == str(REFERENCE)
    assert request.headers["Authorization"] == "Bearer a key"
    assert json.loads(request.content) == {
        "reference": str(REFERENCE),
        "amount": "120.50",
        "currency": "PEN",
        "description": "servicio eléctrico",
    }


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, ProviderMisused),
        (403, ProviderMisused),
        (400, ProviderRefused),
        (422, ProviderRefused),
        (429, ProviderUnavailable),
        (500, ProviderUnavailable),
        (503, ProviderUnavailable),
    ],
)
async def test_a_status_is_one_of_three_kinds_of_errors(
    status: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await create(lambda _: httpx.Response(status, json={}))


async def test_a_gateway_that_cannot_be_reached_is_unavailable() -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("no")

    with pytest.raises(ProviderUnavailable):
        await create(fail)


@pytest.mark.parametrize(
    "made",
    [b"", b"{}", b"[]", b'{"id": "x"}', b'{"id": "x", "url": "u", "expires_at": "soon"}'],
)
async def test_a_link_that_makes_no_sense_is_no_link(made: bytes) -> None:
    with pytest.raises(ProviderUnavailable):
        await create(lambda _: httpx.Response(200, content=made))


async def test_a_link_may_last_for_ever() -> None:
    made: dict[str, Any] = {**MADE, "expires_at": None}
    assert (await create(lambda _: httpx.Response(200, json=made))).expires_at is None
