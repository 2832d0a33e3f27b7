"""Dependencies that prove who sent a webhook before anything of it is used."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from acuerdo.providers.telegram.inbound import SECRET_HEADER, secret_is_valid
from acuerdo.providers.twilio.signature import SETTINGS_HEADER, SIGNATURE_HEADER, signature_is_valid
from bot.core import TheCore
from bot.errors import WebhookForged, WebhookTooLarge


async def _body(request: Request, core: TheCore) -> bytes:
    """The body, read only as far as a webhook may be long. Raises WebhookTooLarge."""
    limit = core.settings.max_webhook_bytes
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise WebhookTooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise WebhookTooLarge
    return bytes(body)


async def _twilio_form(
    request: Request, core: TheCore, body: Annotated[bytes, Depends(_body)]
) -> dict[str, str]:
    """The form Twilio signed for our configured public address. Raises WebhookForged.

    Forwarded-Host headers are never believed: anybody can send them.
    """
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    query = f"?{request.url.query}" if request.url.query else ""
    if not signature_is_valid(
        core.settings.base_url + request.url.path + query,
        fields,
        request.headers.get(SIGNATURE_HEADER),
        request.headers.get(SETTINGS_HEADER),
        auth_token=core.settings.twilio.auth_token.get_secret_value(),
        signing_secret=core.settings.twilio.signing_secret.get_secret_value(),
    ):
        raise WebhookForged
    return dict(fields)


async def _telegram_body(request: Request, core: TheCore) -> bytes:
    """The update of a caller that knows our secret. Raises WebhookForged."""
    secret = core.settings.telegram.webhook_secret.get_secret_value()
    if not secret_is_valid(request.headers.get(SECRET_HEADER), secret):
        raise WebhookForged
    return await _body(request, core)


TwilioForm = Annotated[dict[str, str], Depends(_twilio_form)]
TelegramBody = Annotated[bytes, Depends(_telegram_body)]
