"""The body of a webhook, and the error of one whose sender is not proven."""

from starlette.requests import Request

from doors.http import TheCore, body_within


class WebhookForged(Exception):
    """The request does not prove that the provider sent it."""


async def webhook_body(request: Request, core: TheCore) -> bytes:
    """Read the body as far as a webhook may be long. Raises BodyTooLarge."""
    return await body_within(request, core.settings.max_webhook_bytes)
