"""The payment gateway: links, paying, signed events, reconciliation."""

import hmac
from hashlib import sha256

import httpx
import pytest

from tests.contract.simulator.conftest import Control, Running
from tests.contract.simulator.till import PATH, REQUEST, a_link, headers


async def test_a_link_is_made_once_for_a_key(running: Running, http: httpx.AsyncClient) -> None:
    first = await a_link(running, http)
    again = await a_link(running, http)
    other = await http.post(
        "/gateway/links", json={**REQUEST, "amount": "1.00"}, headers=headers(running)
    )

    assert first == again
    assert set(first) == {"id", "url", "expires_at"}
    assert other.status_code == 409


async def test_paying_posts_a_signed_event(running: Running, http: httpx.AsyncClient) -> None:
    link = await a_link(running, http)

    answer = await http.post(link["url"], data={"outcome": "approve"})

    (heard,) = running.product.on(PATH)
    stamp, _, signature = heard.headers["x-sandbox-signature"].partition(",")
    signed = stamp.removeprefix("t=").encode() + b"." + heard.body
    expected = hmac.new(running.config.gateway_secret.encode(), signed, sha256).hexdigest()
    assert signature == f"v1={expected}"
    assert heard.json["type"] == "payment.succeeded"
    assert heard.json["data"]["link_id"] == link["id"]
    assert {k: heard.json["data"][k] for k in ("reference", "amount", "currency")} == {
        "reference": "d-1-a",
        "amount": "120.50",
        "currency": "PEN",
    }
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("outcome", "types", "statuses"),
    [
        ("decline", ["payment.failed"], ["failed"]),
        ("twice", ["payment.succeeded"] * 2, ["succeeded"] * 2),
        ("pending", ["payment.pending"], ["pending"]),
    ],
)
async def test_whatever_comes_of_paying_can_be_reconciled(
    running: Running,
    http: httpx.AsyncClient,
    outcome: str,
    types: list[str],
    statuses: list[str],
) -> None:
    await a_link(running, http)

    await http.post("/control/payments", json={"reference": "d-1-a", "outcome": outcome})

    events = [heard.json for heard in running.product.on(PATH)]
    listed = await http.get("/gateway/payments?reference=d-1-a", headers=headers(running))
    assert [event["type"] for event in events] == types
    assert len({event["data"]["payment_id"] for event in events}) == len(types)
    assert [payment["status"] for payment in listed.json()["data"]] == statuses


async def test_an_event_that_is_not_accepted_comes_again_unchanged(
    running: Running, http: httpx.AsyncClient
) -> None:
    await a_link(running, http)
    running.product.next_statuses.append(503)

    await http.post("/control/payments", json={"reference": "d-1-a"})

    first, second = running.product.on(PATH)
    assert first.body == second.body


@pytest.mark.parametrize("signature", ["unsigned", "forged", "altered"])
async def test_an_event_with_a_bad_signature_can_be_asked_for(
    running: Running, control: Control, signature: str
) -> None:
    await control.do("raw", event={"type": "payment.succeeded"}, signature=signature)

    (heard,) = running.product.on(PATH)
    stamp, _, given = heard.headers.get("x-sandbox-signature", "t=0,v1=").partition(",")
    signed = stamp.removeprefix("t=").encode() + b"." + heard.body
    expected = hmac.new(running.config.gateway_secret.encode(), signed, sha256).hexdigest()
    assert given != f"v1={expected}"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": "0"}, "amount_invalid"),
        ({"amount": "mucho"}, "amount_invalid"),
        ({"amount": "1E+1000000"}, "amount_invalid"),
        ({"amount": "100,00"}, "amount_invalid"),
        ({"amount": "1.50", "currency": "CLP"}, "amount_invalid"),
        ({"currency": "soles"}, "currency_invalid"),
        ({"reference": ""}, "reference_missing"),
    ],
)
async def test_a_link_that_makes_no_sense_is_refused(
    running: Running, http: httpx.AsyncClient, changes: dict[str, str], code: str
) -> None:
    response = await http.post(
        "/gateway/links", json={**REQUEST, **changes}, headers=headers(running)
    )

    assert (response.status_code, response.json()["error"]["code"]) == (400, code)


async def test_a_wrong_key_is_refused(http: httpx.AsyncClient, running: Running) -> None:
    wrong = {"Authorization": "Bearer wrong"}

    made = await http.post("/gateway/links", json=REQUEST, headers=wrong)
    listed = await http.get("/gateway/payments", headers=wrong)

    assert (made.status_code, listed.status_code) == (401, 401)
