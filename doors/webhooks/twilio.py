"""What Twilio signed: the forms of messages and calls, and the address of a stream."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection, Request

from acuerdo.platform.settings import Settings
from acuerdo.providers.twilio.signature import (
    SETTINGS_HEADER,
    SIGNATURE_HEADER,
    UnreadableForm,
    may_be_signature,
    parse_form,
    signature_is_valid,
)
from doors.http import TheCore
from doors.webhooks.body import WebhookForged, webhook_body


def is_signed(
    request: HTTPConnection,
    settings: Settings,
    url: str,
    fields: Sequence[tuple[str, str]] = (),
) -> bool:
    """Tell whether the request's headers sign these fields for this public URL."""
    return signature_is_valid(
        url,
        fields,
        request.headers.get(SIGNATURE_HEADER),
        request.headers.get(SETTINGS_HEADER),
        auth_token=settings.twilio.auth_token.get_secret_value(),
        signing_secret=settings.twilio.signing_secret.get_secret_value(),
    )


async def _signed_form(request: Request, core: TheCore) -> dict[str, str]:
    """Return the form signed for our configured public address.

    Raises WebhookForged: before anything is read where no signature is given, and where there are
    more fields than Twilio sends before any is looked at. Raises BodyTooLarge.
    Forwarded-Host headers are never believed: anybody can send them.
    """
    if not may_be_signature(request.headers.get(SIGNATURE_HEADER)):
        raise WebhookForged
    try:
        fields = parse_form(await webhook_body(request, core))
    except UnreadableForm as error:
        raise WebhookForged from error
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{core.settings.base_url}{request.url.path}{query}"
    if not is_signed(request, core.settings, url, fields):
        raise WebhookForged
    return dict(fields)


TwilioForm = Annotated[dict[str, str], Depends(_signed_form)]
