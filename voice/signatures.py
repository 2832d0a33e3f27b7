"""Proof that a webhook of a call comes from Twilio, before anything of it is used."""

from typing import Annotated, cast
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from acuerdo.bootstrap import Acuerdo
from acuerdo.providers.twilio.signature import SETTINGS_HEADER, SIGNATURE_HEADER, signature_is_valid
from voice.errors import WebhookForged, WebhookTooLarge


def _core_of(request: Request) -> Acuerdo:
    return cast(Acuerdo, request.app.state.acuerdo)


TheCore = Annotated[Acuerdo, Depends(_core_of)]


async def _twilio_form(request: Request, core: TheCore) -> dict[str, str]:
    """The form Twilio signed for our configured public address.

    Raises WebhookForged, or WebhookTooLarge before the body was read to its end.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > core.settings.max_webhook_bytes:
            raise WebhookTooLarge
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    query = f"?{request.url.query}" if request.url.query else ""
    url = core.settings.base_url + request.url.path + query
    if not is_signed(
        core,
        url,
        fields,
        request.headers.get(SIGNATURE_HEADER),
        request.headers.get(SETTINGS_HEADER),
    ):
        raise WebhookForged
    return dict(fields)


def is_signed(
    core: Acuerdo,
    url: str,
    fields: list[tuple[str, str]],
    signature: str | None,
    settings: str | None,
) -> bool:
    """Whether Twilio signed these fields for this public URL."""
    return signature_is_valid(
        url,
        fields,
        signature,
        settings,
        auth_token=core.settings.twilio.auth_token.get_secret_value(),
        signing_secret=core.settings.twilio.signing_secret.get_secret_value(),
    )


TwilioForm = Annotated[dict[str, str], Depends(_twilio_form)]
