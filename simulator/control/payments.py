"""The part of the control API that is about money: who pays, and what becomes of it."""

from typing import Any

from fastapi import APIRouter

from simulator.control.requests import ActOnPayment, Expire, Pay, PostEvents
from simulator.gateway.gateway import Gateway


def payments_router(gateway: Gateway) -> APIRouter:
    """Routes of payments, links and the events that tell of them; refused as the gateway refuses.

    What happens answers with the ids of its payments and events, and the product's receipts.
    """
    router = APIRouter(prefix="/control")
    account = gateway.account

    @router.post("/payments")
    async def pay(body: Pay) -> dict[str, Any]:
        link = account.link_of(body.link_id, body.reference)
        done = await gateway.pay(link, body.outcome, body.amount, quietly=body.quietly)
        return done.as_json()

    @router.get("/payments")
    async def payments(reference: str = "") -> list[dict[str, Any]]:
        return [payment.as_record() for payment in account.payments(reference)]

    @router.post("/payments/{payment_id}")
    async def act(payment_id: str, body: ActOnPayment) -> dict[str, Any]:
        payment = account.payment(payment_id)
        return (await gateway.act(payment, body.act, body.amount, quietly=body.quietly)).as_json()

    @router.post("/links/expire")
    async def expire(body: Expire) -> dict[str, Any]:
        link = account.link_of(body.link_id, body.reference)
        return (await gateway.expire(link, quietly=body.quietly)).as_json()

    @router.get("/payment-events")
    async def events(reference: str = "") -> list[dict[str, Any]]:
        return [event.as_json() for event in account.events(reference)]

    @router.post("/payment-events")
    async def post_again(body: PostEvents) -> dict[str, Any]:
        return (await gateway.post_again(body.ids, renamed=body.renamed)).as_json()

    return router
