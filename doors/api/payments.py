"""Where payment gateways tell that money came."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from acuerdo.platform.errors import GatewayEventForged, NotFound
from acuerdo.providers.sandbox_gateway import inbound
from doors.api.access import Core
from doors.api.bodies import body_within

router = APIRouter(prefix="/webhooks/payments", tags=["webhooks"])


@router.post("/{gateway}", summary="A payment event of a gateway")
async def payment_event(core: Core, gateway: str, request: Request) -> JSONResponse:
    """Record a payment; the same event again changes nothing, other events are ignored."""
    if gateway not in core.outside.gateways:
        raise NotFound
    body = await body_within(request, core.settings.max_webhook_bytes)
    secret = core.settings.gateway.secret.get_secret_value()
    signature = request.headers.get(inbound.SIGNATURE_HEADER, "")
    if not inbound.signature_is_valid(body, signature, secret, now=core.outside.clock.now()):
        raise GatewayEventForged
    news = inbound.parse_event(body)
    if news is not None:
        await core.payments.receive(news)
    return JSONResponse({"received": True})
