"""The text doors' one table of errors: what a provider is answered when a webhook fails."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi.routing import APIRoute
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError as DatabaseGone
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from acuerdo.platform.errors import AcuerdoError
from acuerdo.platform.logging import get_logger


class WebhookForged(Exception):
    """Nobody proved that the provider sent this."""


class WebhookTooLarge(Exception):
    """The body is larger than any webhook; it was not read to its end."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An HTTP status and the machine code that goes with it."""

    status: HTTPStatus
    code: str


_NOT_NOW: Final = Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")

# Whatever goes wrong behind a genuine webhook, the provider can only do one thing: send it again.
PROBLEMS: Final[dict[type[Exception], Problem]] = {
    WebhookForged: Problem(HTTPStatus.FORBIDDEN, "webhook_forged"),
    WebhookTooLarge: Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "webhook_too_large"),
    AcuerdoError: _NOT_NOW,
    OperationalError: _NOT_NOW,
    InterfaceError: _NOT_NOW,
    PoolExhausted: _NOT_NOW,
    DatabaseGone: _NOT_NOW,
    ConnectorException: _NOT_NOW,
    ConnectionError: _NOT_NOW,
}


def problem_of(error: Exception) -> Problem:
    """The problem for an error or its nearest ancestor in the table."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


class WebhookRoute(APIRoute):
    """A route whose errors are answered as problem details (RFC 9457)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with the table of errors around it."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except tuple(PROBLEMS) as error:
                problem = problem_of(error)
                get_logger().warning(
                    "webhook not taken",
                    path=self.path,
                    status=int(problem.status),
                    code=problem.code,
                    error=type(error).__name__,
                )
                return _as_response(problem)

        return answer


def _as_response(problem: Problem) -> JSONResponse:
    return JSONResponse(
        {
            "type": "about:blank",
            "title": problem.status.phrase,
            "status": int(problem.status),
            "code": problem.code,
        },
        status_code=problem.status,
        media_type="application/problem+json",
    )
