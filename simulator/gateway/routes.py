"""The gateway's API for the product and its page for the one who pays."""

import hmac
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from simulator.config import SimulatorConfig
from simulator.gateway.errors import GatewayRefusal
from simulator.gateway.payments import Gateway, Link, Outcome

# How amounts are written where the currency is used.
_POINT_IS_DECIMAL = frozenset({"MXN", "PEN", "USD"})
_WITHOUT_CENTS = frozenset({"CLP"})


def gateway_router(
    config: SimulatorConfig, gateway: Gateway, templates: Jinja2Templates
) -> APIRouter:
    """Routes of links, payments and the page of a link."""
    router = APIRouter(prefix="/gateway")

    def authenticated(authorization: Annotated[str, Header()] = "") -> None:
        expected = f"Bearer {config.gateway_secret}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            raise GatewayRefusal(401, "not_authenticated", "The key is not valid.")

    @router.post("/links", status_code=201, dependencies=[Depends(authenticated)])
    async def create_link(
        body: dict[str, Any], idempotency_key: Annotated[str, Header()] = ""
    ) -> dict[str, Any]:
        return gateway.create_link(body, idempotency_key).as_json()

    @router.get("/payments", dependencies=[Depends(authenticated)])
    async def payments(reference: str = "") -> dict[str, Any]:
        found = gateway.payments(reference)
        return {
            "data": [
                {**payment.as_json(), "status": "succeeded" if payment.succeeded else "failed"}
                for payment in found
            ]
        }

    @router.get("/pay/{link_id}")
    async def pay_page(request: Request, link_id: str) -> Response:
        link = gateway.link(link_id)
        shown = {
            "base": request.scope.get("root_path", ""),
            "link": link,
            "amount": _shown_amount(link),
            "payments": gateway.payments_of(link),
            "paid": any(payment.succeeded for payment in gateway.payments_of(link)),
            "expired": gateway.is_expired(link),
        }
        return templates.TemplateResponse(request, "pay.html", shown)

    @router.post("/pay/{link_id}")
    async def pay(request: Request, link_id: str, outcome: Annotated[Outcome, Form()]) -> Response:
        await gateway.pay(gateway.link(link_id), outcome)
        return RedirectResponse(request.url.path, status_code=303)

    return router


def _shown_amount(link: Link) -> str:
    whole = link.currency in _WITHOUT_CENTS
    text = f"{Decimal(link.amount):,.0f}" if whole else f"{Decimal(link.amount):,.2f}"
    if link.currency not in _POINT_IS_DECIMAL:
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{link.currency} {text}"
