"""Webhooks of WhatsApp through Twilio."""

from fastapi import APIRouter
from starlette.responses import Response

from acuerdo.providers.twilio.whatsapp_inbound import parse_inbound, parse_status, webhook_of
from bot.errors import WebhookRoute
from doors.http import TheCore
from doors.webhooks.twilio import TwilioForm

router = APIRouter(
    prefix="/webhooks/twilio/whatsapp", route_class=WebhookRoute, include_in_schema=False
)


@router.post("")
async def receive_message(core: TheCore, form: TwilioForm) -> Response:
    """Take a person's message in; the answer goes out through the API, never in this response."""
    await core.conversations.inbox.receive(webhook_of(form), parse_inbound(form))
    return _empty_twiml()


@router.post("/status")
async def receive_status(core: TheCore, form: TwilioForm, message: str = "") -> Response:
    """Take in what became of a message of ours; `message` is our own id of it."""
    await core.conversations.inbox.receive(webhook_of(form), parse_status(form, message))
    return _empty_twiml()


def _empty_twiml() -> Response:
    return Response("<Response/>", media_type="text/xml")
