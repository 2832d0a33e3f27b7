"""The desk's one table of errors: what a person is told, and with which HTTP status."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import NoResultFound
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acuerdo.platform.errors import (
    AcuerdoError,
    AmountNeeded,
    BadCredentials,
    CaseResolved,
    ConversationNotYours,
    DebtNeeded,
    LimitsContradict,
    NotAllowed,
    NotFound,
    PeriodBackwards,
    SpokenOnly,
    StopStays,
)
from acuerdo.platform.logging import get_logger
from acuerdo.platform.transient import TRANSIENT
from doors.console import login_redirect
from doors.console.rendering import error_notice, error_page
from doors.console.security import protect
from doors.problems import UNSTORABLE, entry_of


class LoginRequired(Exception):
    """Nobody is logged in; a browser is sent to the login page."""


class PageExpired(Exception):
    """A form came without its token, or with one of another session."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An HTTP status and the name of the sentence in `words.yml`."""

    status: HTTPStatus
    words: str


_NOT_NOW: Final = Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")
_NOT_FOUND: Final = Problem(HTTPStatus.NOT_FOUND, "not_found")

PROBLEMS: Final[dict[type[Exception], Problem]] = {
    PageExpired: Problem(HTTPStatus.FORBIDDEN, "page_expired"),
    RequestValidationError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "incomplete"),
    **dict.fromkeys(UNSTORABLE, Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "incomplete")),
    ConversationNotYours: Problem(HTTPStatus.CONFLICT, "conversation_not_yours"),
    SpokenOnly: Problem(HTTPStatus.CONFLICT, "spoken_only"),
    BadCredentials: Problem(HTTPStatus.UNAUTHORIZED, "bad_credentials"),
    NotAllowed: Problem(HTTPStatus.FORBIDDEN, "not_allowed"),
    LimitsContradict: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "limits_contradict"),
    CaseResolved: Problem(HTTPStatus.CONFLICT, "case_resolved"),
    AmountNeeded: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "amount_needed"),
    DebtNeeded: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "debt_needed"),
    StopStays: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "stop_stays"),
    PeriodBackwards: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "period_backwards"),
    NotFound: _NOT_FOUND,
    NoResultFound: _NOT_FOUND,
    AcuerdoError: _NOT_NOW,
    **dict.fromkeys(TRANSIENT, _NOT_NOW),
}


def problem_of(error: Exception) -> Problem:
    """Return the problem for an error or its nearest ancestor in the table."""
    return entry_of(PROBLEMS, error)


class DeskRoute(APIRoute):
    """A route with the table of errors around it; every answer is made safe for a browser."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler with the table of errors around it."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await handle(request)
            except LoginRequired:
                response = _to_login(request)
            except tuple(PROBLEMS) as error:
                response = _explain(request, error, self.path)
            return protect(response)

        return answer


def _explain(request: Request, error: Exception, path: str) -> Response:
    problem = problem_of(error)
    if problem is _NOT_NOW:
        get_logger().warning("desk_failed", path=path, exc_info=error)
    show = error_notice if is_fragment(request) else error_page
    return show(request, problem.words, problem.status)


def is_fragment(request: Request) -> bool:
    """Tell whether htmx asks, for a part of a page."""
    return request.headers.get("hx-request") == "true"


def _to_login(request: Request) -> Response:
    """Lead to the login page, and from there back to the page that was open."""
    if is_fragment(request):
        back = login_redirect.of_url(request.headers.get("hx-current-url", ""))
        return Response(
            status_code=HTTPStatus.UNAUTHORIZED,
            headers={"HX-Redirect": login_redirect.login_url(back)},
        )
    asked = str(request.url) if request.method == "GET" else ""
    return RedirectResponse(
        login_redirect.login_url(login_redirect.of_url(asked)), status_code=HTTPStatus.SEE_OTHER
    )
