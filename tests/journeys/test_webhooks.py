"""What comes in at the doors: only what a provider signed counts, and only once."""

from collections.abc import Iterator
from typing import Any

import pytest

from quality.product import Product
from tests.journeys.people import Someone

_TABLES = ("message", "external_event", "contact_point", "conversation", "payment", "turn")


def _stored(product: Product) -> dict[str, int]:
    product.settle()
    return {
        table: product.rows(f"select count(*) as n from {table}")[0]["n"]  # noqa: S608
        for table in _TABLES
    }


def _raw(product: Product, **what: Any) -> list[int]:
    done = product.control.post("/inbound", json={"kind": "raw", **what})
    assert done.status_code == 200, done.text
    return [receipt["status"] for receipt in done.json()["receipts"]]


@pytest.fixture(autouse=True)
def impatient_providers(product: Product) -> Iterator[None]:
    """Providers repeat what was refused at once, not after their usual pauses."""
    product.control.patch("/pace", json={"retry_delay_ms": 0}).raise_for_status()
    yield
    product.control.patch("/pace", json={"retry_delay_ms": 250}).raise_for_status()


def _message(sender: str, text: str, sid: str) -> dict[str, str]:
    return {
        "MessageSid": sid,
        "AccountSid": "AC" + "0" * 32,
        "From": f"whatsapp:{sender}",
        "To": "whatsapp:+15005550006",
        "WaId": sender.removeprefix("+"),
        "Body": text,
        "NumMedia": "0",
        "MessageType": "text",
    }


@pytest.mark.parametrize("signature", ["unsigned", "forged", "altered"])
def test_whatsapp_that_twilio_did_not_sign(
    product: Product, someone: Someone, signature: str
) -> None:
    ana = someone()
    before = _stored(product)
    params = _message(ana.number, "no me escriban más", f"SM{signature:0>32}")
    assert _raw(product, params=params, signature=signature) == [403]
    assert _stored(product) == before
    assert ana.ledger.stops() == []


@pytest.mark.parametrize("signature", ["unsigned", "forged"])
def test_telegram_without_the_secret(product: Product, signature: str) -> None:
    before = _stored(product)
    update = {"update_id": 987_654_321, "message": {"message_id": 1, "text": "hola"}}
    assert _raw(product, update=update, signature=signature) == [403]
    assert _stored(product) == before


@pytest.mark.parametrize("signature", ["unsigned", "forged", "altered"])
def test_a_payment_nobody_made(product: Product, someone: Someone, signature: str) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("mándeme el link", "enlace")
    (link,) = product.rows(
        "select l.* from payment_link l join debt t on t.id = l.debt_id where t.external_id = %s",
        ana.row["debts"][0]["id"],
    )
    before = _stored(product)
    event = {
        "type": "payment.succeeded",
        "payment_id": f"pay_{signature}",
        "link_id": link["gateway_id"],
        "reference": str(link["id"]),
        "amount": "120.50",
        "currency": "PEN",
        "paid_at": "2026-11-24T15:10:00+00:00",
    }
    assert _raw(product, event=event, signature=signature) == [403]
    assert _stored(product) == before
    assert ana.ledger.debt()["balance"] == "320.50"


def test_a_replayed_message_changes_nothing(product: Product, someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 el viernes", "¿Lo confirmo?")
    (receipt,) = ana.phone.writes("sí")
    ana.phone.hears("Anoté")
    before = _stored(product)
    for _ in range(3):
        again = product.control.post(f"/webhooks/{receipt['number']}/replay")
        assert again.json()["status"] == 200
    ana.phone.hears_nothing()
    assert _stored(product) == before
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_a_replayed_payment_counts_once(product: Product, someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("mándeme el link de pago", "120.50")
    (link,) = product.rows(
        "select l.* from payment_link l join debt t on t.id = l.debt_id where t.external_id = %s",
        ana.row["debts"][0]["id"],
    )
    paid = product.control.post("/payments", json={"link_id": link["gateway_id"]})
    ana.phone.hears("Gracias")
    for receipt in paid.json()["receipts"] * 2:
        product.control.post(f"/webhooks/{receipt['number']}/replay")
    ana.phone.hears_nothing()
    assert len(ana.ledger.payments()) == 1
    assert ana.ledger.debt()["balance"] == "200.00"


@pytest.mark.parametrize(
    "params",
    [
        {"MessageSid": "SMmalformed1", "From": "whatsapp:", "Body": "x"},
        {"SomethingNew": "1"},
        {"MessageSid": "SMmalformed2", "From": "not-a-phone", "NumMedia": "many"},
    ],
)
def test_a_signed_message_nobody_understands_is_kept(
    product: Product, params: dict[str, str]
) -> None:
    before = _stored(product)
    assert _raw(product, params=params) == [200]
    after = _stored(product)
    assert after["external_event"] == before["external_event"] + 1
    assert after["message"] == before["message"]


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 55_000_001, "poll": {"id": "1"}},
        {"update_id": 55_000_002, "message": {"message_id": 1}},
        {"nothing": True},
    ],
)
def test_a_genuine_update_nobody_understands_is_kept(
    product: Product, update: dict[str, Any]
) -> None:
    before = _stored(product)
    assert _raw(product, update=update) == [200]
    assert _stored(product)["external_event"] == before["external_event"] + 1


def test_the_newer_signature_is_accepted(product: Product, someone: Someone) -> None:
    ana = someone()
    product.control.patch("/pace", json={"signature": "HMAC_SHA256"})
    try:
        ana.phone.says("hola", "¿Hablo con")
    finally:
        product.control.patch("/pace", json={"signature": "HMAC_SHA1"})


def test_each_webhook_three_times(product: Product, someone: Someone) -> None:
    ana = someone()
    product.control.patch("/faults", json={"webhook_copies": 3})
    try:
        ana.verified()
        ana.phone.says("pago 100 el viernes", "¿Lo confirmo?")
        ana.phone.says("sí", "Anoté")
        ana.phone.hears_nothing()
    finally:
        product.control.delete("/faults")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_statuses_out_of_order_never_go_back(product: Product, someone: Someone) -> None:
    ana = someone()
    product.control.patch("/faults", json={"status_order": "reversed", "webhook_copies": 2})
    try:
        ana.phone.says("hola", "¿Hablo con")
        product.settle()
    finally:
        product.control.delete("/faults")
    assert [m["state"] for m in ana.ledger.messages() if m["direction"] == "out"] == ["read"]


def test_a_portfolio_with_an_error_is_not_half_imported(product: Product) -> None:
    wrong = {
        "creditors": [],
        "debtors": [{"id": "d-wrong", "name": "X", "country": "PE", "timezone": "America/Lima",
                     "debts": [{"id": "x", "creditor": "nobody", "product": "p", "currency": "PEN",
                                "balance": "1.00", "overdue": "0.00", "due_on": "2026-01-01"}]}],
    }  # fmt: skip
    assert product.api.post("/portfolio", json=wrong).status_code == 422
    assert product.api.get("/debtors/d-wrong").status_code == 404


def test_the_rest_call_wants_a_key(product: Product) -> None:
    answer = product.http.get("/api/v1/debtors/anybody")
    assert answer.status_code == 401
    assert answer.json()["code"]
