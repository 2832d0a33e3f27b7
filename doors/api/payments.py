"""Where payment gateways tell that money came."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from doors.api.access import Core
from doors.api.bodies import body_within

router = APIRouter(prefix="/webhooks/payments", tags=["webhooks"])


@router.post("/{gateway}", summary="A payment event of a gateway")
async def payment_event(core: Core, gateway: str, request: Request) -> JSONResponse:
    """Take an event in; the same one again changes nothing, one we cannot read is kept too."""
    body = await body_within(request, core.settings.max_webhook_bytes)
    await core.payments.events.receive(gateway, request.headers, body)
    return JSONResponse({"received": True})
