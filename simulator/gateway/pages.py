"""The gateway's pages: of a link for the one who pays, of a payment for the merchant."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from simulator.gateway.account import Act, Outcome
from simulator.gateway.amounts import shown
from simulator.gateway.errors import GatewayRefusal
from simulator.gateway.gateway import Gateway
from simulator.gateway.payments import Link, Payment

_Amount = Annotated[str, Form()]


@dataclass(frozen=True)
class _Pages:
    """Renders what is true of a link or a payment, and why something was refused."""

    gateway: Gateway
    templates: Jinja2Templates

    def of_link(
        self, request: Request, link: Link, refusal: GatewayRefusal | None = None
    ) -> Response:
        account = self.gateway.account
        tried = account.payments_of(link)
        context = {
            "link": link,
            "amount": shown(Decimal(link.amount), link.currency),
            "payments": tried,
            "paid": any(payment.paid_at for payment in tried),
            "expired": account.is_expired(link),
        }
        return self._render(request, "pay.html", context, refusal)

    def of_payment(
        self, request: Request, payment: Payment, refusal: GatewayRefusal | None = None
    ) -> Response:
        events = self.gateway.account.events(payment.link.reference)
        context = {
            "link": payment.link,
            "payment": payment,
            "events": [each for each in events if each.data.get("payment_id") == payment.id],
        }
        return self._render(request, "payment.html", context, refusal)

    def _render(
        self,
        request: Request,
        template: str,
        context: dict[str, Any],
        refusal: GatewayRefusal | None,
    ) -> Response:
        common = {
            "base": request.scope.get("root_path", ""),
            "shown": shown,
            "problem": refusal.code if refusal else "",
        }
        status = refusal.http_status if refusal else 200
        return self.templates.TemplateResponse(
            request, template, common | context, status_code=status
        )


def pages_router(gateway: Gateway, templates: Jinja2Templates) -> APIRouter:
    """Routes of the pages. What is refused comes back as the page that says why."""
    router = APIRouter(prefix="/gateway/pay")
    account, pages = gateway.account, _Pages(gateway, templates)

    @router.get("/{link_id}")
    async def see_link(request: Request, link_id: str) -> Response:
        return pages.of_link(request, account.link(link_id))

    @router.post("/{link_id}")
    async def pay(
        request: Request,
        link_id: str,
        outcome: Annotated[Outcome | Literal["expire"], Form()],
        amount: _Amount = "",
    ) -> Response:
        link = account.link(link_id)
        try:
            if outcome == "expire":
                await gateway.expire(link)
            else:
                await gateway.pay(link, outcome, amount.strip())
        except GatewayRefusal as refusal:
            return pages.of_link(request, link, refusal)
        return RedirectResponse(request.url.path, status_code=303)

    @router.get("/{link_id}/{payment_id}")
    async def see_payment(request: Request, link_id: str, payment_id: str) -> Response:
        return pages.of_payment(request, _payment_of(gateway, link_id, payment_id))

    @router.post("/{link_id}/{payment_id}")
    async def act(
        request: Request,
        link_id: str,
        payment_id: str,
        act: Annotated[Act | Literal["post_again"], Form()],
        amount: _Amount = "",
        event_id: Annotated[str, Form()] = "",
    ) -> Response:
        payment = _payment_of(gateway, link_id, payment_id)
        try:
            if act == "post_again":
                await gateway.post_again([event_id])
            else:
                await gateway.act(payment, act, amount.strip())
        except GatewayRefusal as refusal:
            return pages.of_payment(request, payment, refusal)
        return RedirectResponse(request.url.path, status_code=303)

    return router


def _payment_of(gateway: Gateway, link_id: str, payment_id: str) -> Payment:
    payment = gateway.account.payment(payment_id)
    if payment.link.id != link_id:
        raise GatewayRefusal(404, "payment_not_found", "There is no such payment.")
    return payment
