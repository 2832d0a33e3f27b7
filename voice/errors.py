"""The voice door's one table of errors: what Twilio is answered when a webhook fails.

An error status would let the caller hear the provider's own error voice. Behind a genuine request
of a call that goes on, trouble is therefore answered with words: a moment of patience and the same
request again, and at last an apology.
"""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, Final

from fastapi.routing import APIRoute
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError as DatabaseGone
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from acuerdo.calls.phrases import phrase
from acuerdo.platform.errors import AcuerdoError, CallEnded, NotFound
from acuerdo.platform.logging import get_logger
from acuerdo.values.countries import country
from voice import twiml

_MOST_AGAIN: Final = 3
AGAIN: Final = "again"
# Whom we do not know yet is spoken to in the neutral voice.
_NEUTRAL: Final = twiml.Style(country("PE"))


class WebhookForged(Exception):
    """Nobody proved that the provider sent this."""


class WebhookTooLarge(Exception):
    """The body is larger than any webhook; it was not read to its end."""


STATUSES: Final[dict[type[Exception], HTTPStatus]] = {
    WebhookForged: HTTPStatus.FORBIDDEN,
    WebhookTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NotFound: HTTPStatus.NOT_FOUND,
}
_NOT_NOW: Final = (
    AcuerdoError,
    OperationalError,
    InterfaceError,
    PoolExhausted,
    DatabaseGone,
    ConnectorException,
    ConnectionError,
)


class CallRoute(APIRoute):
    """A route of a call that goes on: trouble is told to the caller in words."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with the table of errors around it."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except tuple(STATUSES) as error:
                return _refusal(next(STATUSES[k] for k in type(error).__mro__ if k in STATUSES))
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
    """A document as Twilio wants it."""
    return Response(document, media_type="text/xml")


def _refusal(status: HTTPStatus) -> JSONResponse:
    return JSONResponse(
        {"type": "about:blank", "title": status.phrase, "status": int(status)},
        status_code=status,
        media_type="application/problem+json",
    )
