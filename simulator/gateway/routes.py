"""The gateway's API for the product: links, and the payments for reconciliation."""

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header

from simulator.config import SimulatorConfig
from simulator.gateway.errors import GatewayRefusal
from simulator.gateway.gateway import Gateway


def gateway_router(config: SimulatorConfig, gateway: Gateway) -> APIRouter:
    """Routes of links and payments."""
    router = APIRouter(prefix="/gateway")

    def authenticated(authorization: Annotated[str, Header()] = "") -> None:
        expected = f"Bearer {config.gateway_secret}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            raise GatewayRefusal(401, "not_authenticated", "The key is not valid.")

    @router.post("/links", status_code=201, dependencies=[Depends(authenticated)])
    async def create_link(
        body: dict[str, Any], idempotency_key: Annotated[str, Header()] = ""
    ) -> dict[str, Any]:
        return gateway.account.create_link(body, idempotency_key).as_json()

    @router.get("/payments", dependencies=[Depends(authenticated)])
    async def payments(reference: str = "") -> dict[str, Any]:
        return {"data": [each.as_record() for each in gateway.account.payments(reference)]}

    return router
