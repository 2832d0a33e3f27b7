"""Webhook of Telegram."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from acuerdo.providers.telegram.inbound import parse_update
from bot.core import TheCore
from bot.errors import WebhookRoute
from bot.signatures import TelegramBody

router = APIRouter(prefix="/webhooks/telegram", route_class=WebhookRoute)


@router.post("", include_in_schema=False)
async def receive_update(core: TheCore, body: TelegramBody) -> JSONResponse:
    """Take an update: a message, a pressed button, or the news that somebody blocked the bot."""
    await core.conversations.inbox.receive(parse_update(body))
    return JSONResponse({})
