"""Who may call the REST API: callers with a key, proven before anything they send is read."""

import asyncio
import hmac
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from acuerdo.platform.settings import Settings
from acuerdo.values.scope import EVERY_CREDITOR, CreditorScope
from doors.api.rate import RequestRate
from doors.http import TheCore, core_of, uuid_in
from doors.problems import WrongRequest, problem

_bearer = HTTPBearer(auto_error=False)


def _proven(settings: Settings, given: str) -> str:
    for key, name in settings.api.by_key.items():
        if hmac.compare_digest(key.encode(), given.encode()):
            return name
    raise WrongRequest(HTTPStatus.UNAUTHORIZED, "unauthorized", "A valid API key is needed.")


class ProvenRoute(APIRoute):
    """A route that proves the key, and counts the request, before the framework reads the body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler behind the proof and the count."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            scheme, _, given = request.headers.get("authorization", "").partition(" ")
            settings = core_of(request).settings
            caller = _proven(settings, given if scheme.lower() == "bearer" else "")
            if wait := _rate_of(request).seconds_until_free(
                caller, asyncio.get_running_loop().time()
            ):
                words = f"No more than {settings.api.requests_per_minute} requests a minute."
                refused = problem(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", words)
                refused.headers["Retry-After"] = str(wait)
                return refused
            return await handle(request)

        return answer


def _rate_of(request: Request) -> RequestRate:
    """Return the counts of this process, made at the first request."""
    state = request.app.state
    if not hasattr(state, "request_rate"):
        state.request_rate = RequestRate(core_of(request).settings.api.requests_per_minute)
    rate: RequestRate = state.request_rate
    return rate


async def _caller(
    core: TheCore, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> str:
    """Return the name of the caller that gave its key. Raises WrongRequest, 401, for any other."""
    return _proven(core.settings, "" if credentials is None else credentials.credentials)


Caller = Annotated[str, Depends(_caller)]


async def _scope(core: TheCore, caller: Caller) -> CreditorScope:
    """Return whose debtors the caller may reach."""
    return core.settings.api.scope_by_name.get(caller, EVERY_CREDITOR)


Scope = Annotated[CreditorScope, Depends(_scope)]


async def within_reach(request: Request, core: TheCore, caller: Caller, scope: Scope) -> None:
    """Note a look at whom the path names. Raises NotFound where they are out of the caller's reach.

    It stands before every route, so that none can forget it.
    """
    by = f"api:{caller}"
    if external_id := debtor_in(request):
        await core.views.reach.debtor(external_id, scope, by=by)
    if (case_id := uuid_in(request, "case_id")) is not None:
        await core.views.reach.case(case_id, scope, by=by)


def debtor_in(request: Request) -> str:
    """Return the identifier of a person that the path names; empty where it names none.

    An identifier may itself end in `/file`, its slash written as %2F.
    """
    external_id = str(request.path_params.get("external_id", ""))
    path, raw_path = request.url.path, request.scope.get("raw_path", b"/file")
    is_its_own_end = path.endswith("/file") and not raw_path.endswith(b"/file")
    if is_its_own_end and not external_id.endswith("/file"):
        return f"{external_id}/file"
    return external_id
