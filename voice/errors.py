"""The voice door's one table of errors: how Twilio is answered when a webhook fails.

An error status would let the caller hear the provider's own error voice. Behind a genuine request
of a call that goes on, trouble is therefore answered with words: a moment of patience and the same
request again, and at last an apology.
"""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from acuerdo.calls.phrases import phrase
from acuerdo.platform.errors import AcuerdoError, CallEnded, NotFound
from acuerdo.platform.logging import get_logger
from acuerdo.platform.transient import TRANSIENT
from acuerdo.values.countries import country
from doors.http import BodyTooLarge, BodyTooSlow
from doors.problems import entry_of, problem
from doors.webhooks.body import WebhookForged
from voice import twiml

_MOST_AGAIN: Final = 3
AGAIN: Final = "again"
# Whom we do not know yet is spoken to in the neutral voice.
_NEUTRAL: Final = twiml.Style(country("PE"))


STATUSES: Final[dict[type[Exception], tuple[HTTPStatus, str]]] = {
    WebhookForged: (HTTPStatus.FORBIDDEN, "webhook_forged"),
    BodyTooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "webhook_too_large"),
    BodyTooSlow: (HTTPStatus.REQUEST_TIMEOUT, "webhook_too_slow"),
    NotFound: (HTTPStatus.NOT_FOUND, NotFound.code),
}
_NOT_NOW: Final[tuple[type[Exception], ...]] = (AcuerdoError, *TRANSIENT)


class CallRoute(APIRoute):
    """A route of a call that goes on: trouble is answered with words for the caller to hear."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler with the table of errors around it."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except tuple(STATUSES) as error:
                return problem(*entry_of(STATUSES, error))
            except CallEnded:
                return as_twiml(twiml.hang_up())
            except _NOT_NOW as error:
                get_logger().warning("call_in_trouble", path=self.path, error=type(error).__name__)
                return as_twiml(_words(request))

        return answer


def _words(request: Request) -> str:
    again = request.query_params.get(AGAIN, "0")
    times = int(again) if again.isdecimal() else 0
    if times >= _MOST_AGAIN:
        return twiml.hang_up(_NEUTRAL, phrase("failed"))
    query = {**request.query_params, AGAIN: str(times + 1)}
    url = f"{request.url.path}?{'&'.join(f'{name}={value}' for name, value in query.items())}"
    return twiml.wait(_NEUTRAL, phrase("filler"), url)


def as_twiml(document: str) -> Response:
    """Return a document as Twilio takes it."""
    return Response(document, media_type="text/xml")
