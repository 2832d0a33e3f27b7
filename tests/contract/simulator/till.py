"""The gateway as the product uses it, and the control API as payers and merchants do."""

from typing import Any

import httpx

from tests.contract.simulator.conftest import Running

PATH = "/webhooks/payments/sandbox"
REQUEST = {
    "reference": "d-1-a",
    "amount": "120.50",
    "currency": "PEN",
    "description": "Luz Norte",
}


def headers(running: Running, key: str = "k-1") -> dict[str, str]:
    return {"Authorization": f"Bearer {running.config.gateway_secret}", "Idempotency-Key": key}


async def a_link(
    running: Running, http: httpx.AsyncClient, key: str = "k-1", **changes: str
) -> dict[str, Any]:
    body = {**REQUEST, **changes}
    response = await http.post("/gateway/links", json=body, headers=headers(running, key))
    response.raise_for_status()
    return dict(response.json())


class Till:
    """The control API in the words of who pays, and of the merchant."""

    def __init__(self, running: Running, http: httpx.AsyncClient) -> None:
        self.running, self.http = running, http

    async def pays(self, outcome: str = "approve", **more: Any) -> dict[str, Any]:
        body = {"reference": "d-1-a", "outcome": outcome, **more}
        return await self.posts("/control/payments", body)

    async def does(self, payment_id: str, act: str, **more: Any) -> dict[str, Any]:
        return await self.posts(f"/control/payments/{payment_id}", {"act": act, **more})

    async def posts(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self.http.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def record(self) -> dict[str, Any]:
        """The only payment, as the gateway has it."""
        (record,) = (await self.http.get("/control/payments")).json()
        return dict(record)

    def heard(self) -> list[dict[str, Any]]:
        """The events that the product got, in their order."""
        return [heard.json for heard in self.running.product.on(PATH)]

    def kinds(self) -> list[str]:
        """What they tell."""
        return [event["type"].removeprefix("payment.") for event in self.heard()]
