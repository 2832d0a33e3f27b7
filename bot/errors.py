"""The chat bot's one table of errors: what a provider is answered when a webhook fails."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from acuerdo.platform.errors import AcuerdoError
from acuerdo.platform.logging import get_logger
from acuerdo.platform.transient import TRANSIENT
from doors.http import BodyTooLarge, BodyTooSlow
from doors.problems import entry_of, problem
from doors.webhooks.body import WebhookForged


@dataclass(frozen=True, slots=True)
class Problem:
    """An HTTP status and the machine code that goes with it."""

    status: HTTPStatus
    code: str


_NOT_NOW: Final = Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")

# Whatever goes wrong behind a genuine webhook, the provider can only do one thing: send it again.
PROBLEMS: Final[dict[type[Exception], Problem]] = {
    WebhookForged: Problem(HTTPStatus.FORBIDDEN, "webhook_forged"),
    BodyTooLarge: Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "webhook_too_large"),
    BodyTooSlow: Problem(HTTPStatus.REQUEST_TIMEOUT, "webhook_too_slow"),
    AcuerdoError: _NOT_NOW,
    **dict.fromkeys(TRANSIENT, _NOT_NOW),
}


def problem_of(error: Exception) -> Problem:
    """Return the problem for an error or its nearest ancestor in the table."""
    return entry_of(PROBLEMS, error)


class WebhookRoute(APIRoute):
    """A route whose errors are answered as problem details."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler with the table of errors around it."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except tuple(PROBLEMS) as error:
                found = problem_of(error)
                get_logger().warning(
                    "webhook_not_taken",
                    path=self.path,
                    status=int(found.status),
                    code=found.code,
                    error=type(error).__name__,
                )
                return problem(found.status, found.code)

        return answer
