"""The sandbox gateway over HTTP, against a recording stand-in."""

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime

import orjson

from acuerdo.payments.ports import CreatedLink, PaymentGateway, PaymentState
from acuerdo.providers.sandbox_gateway.gateway import SandboxGateway
from acuerdo.values.money import Money
from tests.clock import NOW
from tests.contract.providers.gateway_contract import AMOUNT, REFERENCE, GatewayContract
from tests.contract.providers.payloads import items, payload
from tests.contract.providers.provider import Answer, Asked, Provider, running

MADE = {"id": "link-1", "url": "https://pay.example/1", "expires_at": "2026-11-24T00:00:00+00:00"}
SECRET = "a key"
RECORDED = {
    PaymentState.PENDING: "pending",
    PaymentState.PAID: "succeeded",
    PaymentState.REJECTED: "failed",
    PaymentState.EXPIRED: "expired",
    PaymentState.REFUNDED: "refunded",
    PaymentState.CHARGED_BACK: "chargeback",
    PaymentState.CHARGEBACK_WON: "chargeback_won",
}
MOVEMENTS = {
    PaymentState.REFUNDED: "refund_id",
    PaymentState.CHARGED_BACK: "dispute_id",
    PaymentState.CHARGEBACK_WON: "dispute_id",
}


def as_sandbox(asked: Asked) -> Answer:
    """The gateway on a good day."""
    return Answer(status=201, json=MADE)


class TestSandboxGateway(GatewayContract):
    """The merchant account at the simulator."""

    name = "sandbox"

    def serving(self) -> AbstractAsyncContextManager[Provider]:
        return running(as_sandbox)

    def build(self, base_url: str) -> PaymentGateway:
        return SandboxGateway(base_url, SECRET, timeout_seconds=1)

    def posted(
        self,
        state: PaymentState = PaymentState.PAID,
        *,
        amount: Money = AMOUNT,
        event: str = "1",
        movement: str = "1",
    ) -> bytes:
        recorded = payload("sandbox_gateway", RECORDED[state])
        changes = {"reference": str(REFERENCE), "amount": amount.plain()}
        if state is PaymentState.PAID:
            changes["payment_id"] = f"pay_{movement}"
        elif state in MOVEMENTS:
            changes[MOVEMENTS[state]] = movement
        data = recorded["data"] | changes
        return orjson.dumps(recorded | {"id": f"evt_{event}", "data": data})

    def posted_of_something_else(self) -> bytes:
        return orjson.dumps(payload("sandbox_gateway", "unknown_type"))

    def misshapen(self) -> Mapping[str, bytes]:
        return {
            item["name"]: orjson.dumps(item["payload"])
            for item in items("sandbox_gateway")
            if item["says"]["kind"] == "Stray" and item["name"] != "unknown_type"
        }

    def headers(self, body: bytes) -> Mapping[str, str]:
        stamp = str(int(NOW.timestamp()))
        signed = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256)
        return {"X-Sandbox-Signature": f"t={stamp},v1={signed.hexdigest()}"}

    async def test_our_reference_is_the_key_of_the_link(
        self, gateway: PaymentGateway, provider: Provider
    ) -> None:
        link = await gateway.create_link(REFERENCE, AMOUNT, "servicio eléctrico")
        expires_at = datetime(2026, 11, 24, tzinfo=UTC)
        assert link == CreatedLink("link-1", "https://pay.example/1", expires_at)
        (asked,) = provider.asked
        assert asked.headers["Idempotency-Key"] == str(REFERENCE)
        assert asked.authorization == f"Bearer {SECRET}"
        assert asked.body == {
            "reference": str(REFERENCE),
            "amount": "120.50",
            "currency": "PEN",
            "description": "servicio eléctrico",
        }

    async def test_a_link_may_last_for_ever(
        self, gateway: PaymentGateway, provider: Provider
    ) -> None:
        provider.answer_next(Answer(json=MADE | {"expires_at": None}))
        assert (await gateway.create_link(REFERENCE, AMOUNT, "x")).expires_at is None
