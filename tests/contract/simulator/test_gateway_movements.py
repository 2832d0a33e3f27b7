"""What becomes of a payment at the gateway, and the events that tell of it, in any order."""

from typing import Any

import httpx
import pytest

from tests.contract.simulator.conftest import Control, Running
from tests.contract.simulator.till import PATH, Till, a_link


@pytest.fixture
async def till(running: Running, http: httpx.AsyncClient) -> Till:
    await a_link(running, http)
    return Till(running, http)


async def test_a_payment_is_given_back_in_parts_and_whole(till: Till) -> None:
    (payment_id,) = (await till.pays())["payments"]

    await till.does(payment_id, "refund", amount="20.50")
    part = await till.record()
    await till.does(payment_id, "refund")

    paid, first, second = till.heard()
    assert [each["data"]["amount"] for each in (paid, first, second)] == [
        "120.50",
        "20.50",
        "100.00",
    ]
    assert {each["data"]["payment_id"] for each in (paid, first, second)} == {payment_id}
    assert first["data"]["refund_id"] != second["data"]["refund_id"]
    assert first["data"]["refunded_at"] == first["created_at"]
    assert (part["status"], part["left"]) == ("partially_refunded", "100.00")
    assert (await till.record())["status"] == "refunded"


async def test_a_bank_takes_back_what_is_left_and_the_merchant_wins_it_again(till: Till) -> None:
    (payment_id,) = (await till.pays())["payments"]
    await till.does(payment_id, "refund", amount="20.50")

    await till.does(payment_id, "charge_back")
    disputed = await till.record()
    await till.does(payment_id, "win_chargeback")

    *_, lost, won = till.heard()
    assert till.kinds()[-2:] == ["chargeback", "chargeback_won"]
    assert lost["data"]["amount"] == won["data"]["amount"] == "100.00"
    assert lost["data"]["dispute_id"] == won["data"]["dispute_id"]
    assert (disputed["status"], disputed["left"]) == ("charged_back", "0.00")
    assert (await till.record())["left"] == "100.00"


async def test_a_voucher_is_paid_later_even_after_its_time(till: Till) -> None:
    (payment_id,) = (await till.pays("pending"))["payments"]

    await till.posts("/control/links/expire", {"reference": "d-1-a"})
    await till.does(payment_id, "complete")

    pending, expired, paid = till.heard()
    assert till.kinds() == ["pending", "expired", "succeeded"]
    assert {each["data"]["payment_id"] for each in (pending, expired, paid)} == {payment_id}
    assert pending["data"]["paid_at"] is None
    assert paid["data"]["paid_at"] is not None


async def test_a_link_whose_time_is_over_cannot_be_paid_and_its_news_names_no_payment(
    till: Till, http: httpx.AsyncClient
) -> None:
    done = await till.posts("/control/links/expire", {"reference": "d-1-a"})

    refused = await http.post("/control/payments", json={"reference": "d-1-a"})

    (event,) = till.heard()
    assert (done["payments"], till.kinds()) == ([], ["expired"])
    assert event["data"]["reference"] == "d-1-a"
    assert "payment_id" not in event["data"]
    assert refused.status_code == 410


@pytest.mark.parametrize("amount", ["500.00", "50", "0.01"])
async def test_another_amount_than_the_link_says_is_paid(till: Till, amount: str) -> None:
    await till.pays(amount=amount)

    (event,) = till.heard()
    assert event["data"]["amount"] == amount


@pytest.mark.parametrize(
    ("outcome", "act", "amount", "code"),
    [
        ("approve", "refund", "120.51", "more_than_left"),
        ("approve", "refund", "1,00", "amount_invalid"),
        ("approve", "refund", "0", "amount_invalid"),
        ("approve", "win_chargeback", "", "no_chargeback"),
        ("approve", "complete", "", "not_pending"),
        ("pending", "refund", "", "nothing_left"),
        ("decline", "charge_back", "", "nothing_left"),
        ("decline", "complete", "", "not_pending"),
    ],
)
async def test_what_cannot_happen_is_refused_and_told_to_nobody(
    till: Till, http: httpx.AsyncClient, outcome: str, act: str, amount: str, code: str
) -> None:
    (payment_id,) = (await till.pays(outcome))["payments"]

    answer = await http.post(f"/control/payments/{payment_id}", json={"act": act, "amount": amount})

    assert answer.status_code in (400, 409)
    assert answer.json()["error"]["code"] == code
    assert len(till.heard()) == 1


async def test_events_are_posted_in_the_order_that_is_asked_for_and_again(till: Till) -> None:
    paid = await till.pays(quietly=True)
    back = await till.does(paid["payments"][0], "refund", quietly=True)
    assert till.heard() == []

    order = back["events"] + paid["events"]
    await till.posts("/control/payment-events", {"ids": order})
    again = await till.posts("/control/payment-events", {"ids": order, "renamed": True})

    first, second = till.heard()[:2], till.heard()[2:]
    assert till.kinds() == ["refunded", "succeeded"] * 2
    assert [event["id"] for event in first] == order
    assert [event["id"] for event in second] == again["events"]
    assert not set(order) & set(again["events"])
    assert [event["data"] for event in first] == [event["data"] for event in second]


async def test_the_events_of_a_reference_are_listed(till: Till, http: httpx.AsyncClient) -> None:
    done = await till.pays("twice")

    listed = (await http.get("/control/payment-events?reference=d-1-a")).json()
    others = (await http.get("/control/payment-events?reference=other")).json()

    assert [event["id"] for event in listed] == done["events"]
    assert listed == till.heard()
    assert others == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/control/payments", {"reference": "other"}),
        ("/control/payments", {}),
        ("/control/payments/pay_0", {"act": "refund"}),
        ("/control/links/expire", {"link_id": "lnk_0"}),
        ("/control/payment-events", {"ids": ["evt_0"]}),
    ],
)
async def test_what_is_not_there_is_not_found(
    till: Till, http: httpx.AsyncClient, path: str, body: dict[str, Any]
) -> None:
    assert (await http.post(path, json=body)).status_code == 404


async def test_the_pages_do_what_the_control_api_does(
    running: Running, http: httpx.AsyncClient, control: Control
) -> None:
    link = await a_link(running, http)
    bad = await http.post(link["url"], data={"outcome": "approve", "amount": "100,00"})
    await http.post(link["url"], data={"outcome": "approve", "amount": " 100.5 "})
    (record,) = (await http.get("/control/payments")).json()
    page = f"{link['url']}/{record['payment_id']}"

    refused = await http.post(page, data={"act": "refund", "amount": "100.51"})
    for act in ("charge_back", "win_chargeback", "refund"):
        assert (await http.post(page, data={"act": act})).status_code == 303
    told = running.product.on(PATH)[0]
    again = {"act": "post_again", "event_id": told.json["id"]}
    assert (await http.post(page, data=again)).status_code == 303

    assert (bad.status_code, refused.status_code) == (400, 409)
    assert "Ese monto no se puede usar" in bad.text
    assert "queda menos que eso" in refused.text
    assert [heard.json["type"].removeprefix("payment.") for heard in running.product.on(PATH)] == [
        "succeeded",
        "chargeback",
        "chargeback_won",
        "refunded",
        "succeeded",
    ]
    seen = (await http.get(page)).text
    assert "Pago devuelto" in seen
    assert "Avisos a Acuerdo (4)" in seen
    other = await a_link(running, http, "k-2", reference="d-2")
    assert (await http.get(f"{other['url']}/{record['payment_id']}")).status_code == 404
    expired = await http.post(link["url"], data={"outcome": "expire"})
    assert expired.status_code == 303
    assert "Este enlace ya venció" in (await http.get(link["url"])).text
