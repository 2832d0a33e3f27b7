"""Webhook of Telegram."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from acuerdo.providers.telegram.inbound import parse_update, webhook_of
from bot.errors import WebhookRoute
from doors.http import TheCore
from doors.webhooks.telegram import TelegramBody

router = APIRouter(prefix="/webhooks/telegram", route_class=WebhookRoute, include_in_schema=False)


@router.post("")
async def receive_update(core: TheCore, body: TelegramBody) -> JSONResponse:
    """Take an update in: a message, a pressed button, or the report that the bot was blocked."""
    await core.conversations.inbox.receive(webhook_of(body), parse_update(body))
    return JSONResponse({})
