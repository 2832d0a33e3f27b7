"""Problem details (RFC 9457) with a machine code: how a caller is told that something is wrong.

The table below is the one of REST, of payment events and of operation. Webhooks of messages, calls
and the desk answer otherwise and have tables of their own.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from acuerdo.platform import errors
from acuerdo.platform.logging import get_logger
from acuerdo.platform.transient import TRANSIENT
from acuerdo.portfolio.importer import Rejected
from doors.http import BodyTooLarge, BodyTooSlow

_Entry = TypeVar("_Entry")

# What the database, or its driver, says of a value from outside that no column can hold.
UNSTORABLE: Final[tuple[type[Exception], ...]] = (DataError, UnicodeEncodeError)
# A body that is wrong in a thousand places is told of some.
_MOST_FAULTS: Final = 20

STATUS_OF: Final[dict[type[errors.AcuerdoError], HTTPStatus]] = {
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.IdentityNotVerified: HTTPStatus.FORBIDDEN,
    errors.VerificationLocked: HTTPStatus.FORBIDDEN,
    errors.DebtNotChosen: HTTPStatus.CONFLICT,
    errors.NothingOwed: HTTPStatus.CONFLICT,
    errors.ProposalNotOpen: HTTPStatus.CONFLICT,
    errors.DebtInReview: HTTPStatus.CONFLICT,
    errors.PortfolioRejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    Rejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PortfolioMalformed: HTTPStatus.BAD_REQUEST,
    errors.EncodingUnknown: HTTPStatus.BAD_REQUEST,
    errors.IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.IdempotencyKeyInvalid: HTTPStatus.BAD_REQUEST,
    errors.RequestInProgress: HTTPStatus.CONFLICT,
    errors.CaseResolved: HTTPStatus.CONFLICT,
    errors.AmountNeeded: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.DebtNeeded: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.StopStays: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BadCursor: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PeriodBackwards: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.LimitsContradict: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.ConversationNotYours: HTTPStatus.CONFLICT,
    errors.SpokenOnly: HTTPStatus.CONFLICT,
    errors.EngineUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.CallEnded: HTTPStatus.CONFLICT,
    errors.EngineRefused: HTTPStatus.BAD_GATEWAY,
    errors.ProviderError: HTTPStatus.BAD_GATEWAY,
    errors.ProviderUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.OutcomeUnknown: HTTPStatus.BAD_GATEWAY,
    errors.ProviderRefused: HTTPStatus.BAD_GATEWAY,
    errors.ProviderMisused: HTTPStatus.BAD_GATEWAY,
    errors.NotRepeatable: HTTPStatus.CONFLICT,
    errors.BadCredentials: HTTPStatus.UNAUTHORIZED,
    errors.PasswordRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.OutOfScope: HTTPStatus.FORBIDDEN,
    errors.LoginTaken: HTTPStatus.CONFLICT,
    errors.UnsafeInstallation: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.GatewayEventForged: HTTPStatus.FORBIDDEN,
}


class WrongRequest(Exception):
    """The request is wrong before the core is asked; `detail` is shown to the caller."""

    def __init__(self, status: HTTPStatus, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


def entry_of(table: Mapping[type[Exception], _Entry], error: Exception) -> _Entry:
    """Return a door's entry for an error, or for its nearest ancestor in the table."""
    return next(table[kind] for kind in type(error).__mro__ if kind in table)


def problem(status: int, code: str, detail: str = "", **more: Any) -> JSONResponse:
    """Return a problem document; without words where there is nothing to add to the code."""
    body = problem_body(status, code, detail, **more)
    return JSONResponse(body, status_code=int(status), media_type="application/problem+json")


def problem_body(status: int, code: str, detail: str = "", **more: Any) -> dict[str, Any]:
    """Return what a problem document says, as plain data."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
    }
    if detail:
        body["detail"] = detail
    return body | more


async def _acuerdo_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.AcuerdoError)  # noqa: S101 - registered for this class only
    status = STATUS_OF.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, Rejected):
        return problem(status, error.code, str(error), **error.report.as_json())
    return problem(status, error.code, str(error))


async def _wrong_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, WrongRequest)  # noqa: S101 - registered for this class only
    return problem(error.status, error.code, error.detail)


async def _too_large(_request: Request, _error: Exception) -> JSONResponse:
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "The body is too large.")


async def _too_slow(_request: Request, _error: Exception) -> JSONResponse:
    return problem(HTTPStatus.REQUEST_TIMEOUT, "too_slow", "The body did not arrive in time.")


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    fields = [
        {"field": ".".join(str(part) for part in each["loc"]), "problem": each["msg"]}
        for each in error.errors()[:_MOST_FAULTS]
    ]
    return problem(422, "invalid_request", "The request is not as documented.", errors=fields)


async def _unstorable(_request: Request, error: Exception) -> JSONResponse:
    """Answer a text or number that no column can hold: NUL, half a surrogate pair, too large."""
    get_logger().warning("value_not_storable", error=type(error).__name__)
    return problem(422, "invalid_request", "A value cannot be stored.")


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, phrase.lower().replace(" ", "_"), str(error.detail))


async def _not_now(_request: Request, error: Exception) -> JSONResponse:
    get_logger().warning("api_unavailable", exc_info=error)
    return problem(503, "unavailable", "It cannot be done now; try again.")


async def _mistake(_request: Request, error: Exception) -> JSONResponse:
    get_logger().error("api_failed", exc_info=error)
    return problem(500, "internal_error", "Something is wrong on our side.")


def install(app: FastAPI) -> None:
    """Let an application answer every error that a route of its own does not with a problem."""
    for kind in TRANSIENT:
        app.add_exception_handler(kind, _not_now)
    app.add_exception_handler(Exception, _mistake)
    for unstorable in UNSTORABLE:
        app.add_exception_handler(unstorable, _unstorable)
    app.add_exception_handler(errors.AcuerdoError, _acuerdo_error)
    app.add_exception_handler(WrongRequest, _wrong_request)
    app.add_exception_handler(BodyTooLarge, _too_large)
    app.add_exception_handler(BodyTooSlow, _too_slow)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
