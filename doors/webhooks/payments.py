"""The door of payment gateways: they report that money came."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from acuerdo.platform.errors import GatewayEventForged, NotFound
from acuerdo.providers.sandbox_gateway import inbound
from doors.http import TheCore
from doors.webhooks.body import webhook_body

router = APIRouter(prefix="/webhooks/payments", tags=["webhooks"])


@router.post("/{gateway}", summary="A payment event of a gateway")
async def payment_event(core: TheCore, gateway: str, request: Request) -> JSONResponse:
    """Record a payment; the same event again changes nothing, other events are ignored."""
    if gateway not in core.outside.gateways:
        raise NotFound
    body = await webhook_body(request, core)
    secret = core.settings.gateway.secret.get_secret_value()
    signature = request.headers.get(inbound.SIGNATURE_HEADER, "")
    if not inbound.signature_is_valid(body, signature, secret, now=core.outside.clock.now()):
        raise GatewayEventForged
    news = inbound.parse_event(body)
    if news is not None:
        await core.payments.receive(news)
    return JSONResponse({"received": True})
