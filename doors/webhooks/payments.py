"""The door of payment gateways: they report that money came."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from doors.http import TheCore
from doors.webhooks.body import webhook_body

router = APIRouter(prefix="/webhooks/payments", tags=["webhooks"])


@router.post("/{gateway}", summary="A payment event of a gateway")
async def payment_event(core: TheCore, gateway: str, request: Request) -> JSONResponse:
    """Take an event in; the same one again changes nothing, one we cannot read is stored too."""
    body = await webhook_body(request, core)
    await core.payments.events.receive(gateway, request.headers, body)
    return JSONResponse({"received": True})
