"""What Telegram sent: it proves itself with the secret that its webhook was registered with."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from acuerdo.providers.telegram.inbound import SECRET_HEADER, secret_is_valid
from doors.http import TheCore
from doors.webhooks.body import WebhookForged, webhook_body


async def _proven_body(request: Request, core: TheCore) -> bytes:
    """Return the body of a caller that knows the secret.

    Raises WebhookForged before anything is read, or BodyTooLarge.
    """
    secret = core.settings.telegram.webhook_secret.get_secret_value()
    if not secret_is_valid(request.headers.get(SECRET_HEADER), secret):
        raise WebhookForged
    return await webhook_body(request, core)


TelegramBody = Annotated[bytes, Depends(_proven_body)]
