"""Webhooks of WhatsApp through Twilio."""

from fastapi import APIRouter
from starlette.responses import Response

from acuerdo.providers.twilio.whatsapp_inbound import parse_inbound, parse_status
from bot.core import TheCore
from bot.errors import WebhookRoute
from bot.signatures import TwilioForm

router = APIRouter(prefix="/webhooks/twilio/whatsapp", route_class=WebhookRoute)


def _nothing_to_say() -> Response:
    return Response("<Response/>", media_type="text/xml")


@router.post("", include_in_schema=False)
async def receive_message(core: TheCore, form: TwilioForm) -> Response:
    """Take a message of a person; answers go out through the API, never in this response."""
    await core.conversations.inbox.receive(parse_inbound(form))
    return _nothing_to_say()


@router.post("/status", include_in_schema=False)
async def receive_status(core: TheCore, form: TwilioForm, message: str = "") -> Response:
    """Take news of a message of ours; `message` is our own id for it."""
    await core.conversations.inbox.receive(parse_status(form, message))
    return _nothing_to_say()
