"""Who may call the REST API: callers with a key, proven before anything they send is read."""

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
from doors.http import TheCore, core_of
from doors.problems import WrongRequest

_bearer = HTTPBearer(auto_error=False)


def _proven(settings: Settings, given: str) -> str:
    for key, name in settings.api.by_key.items():
        if hmac.compare_digest(key.encode(), given.encode()):
            return name
    raise WrongRequest(HTTPStatus.UNAUTHORIZED, "unauthorized", "A valid API key is needed.")


class ProvenRoute(APIRoute):
    """A route that proves the key before the framework reads the body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler behind the proof."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            scheme, _, given = request.headers.get("authorization", "").partition(" ")
            _proven(core_of(request).settings, given if scheme.lower() == "bearer" else "")
            return await handle(request)

        return answer


async def _caller(
    core: TheCore, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> str:
    """Return the name of the caller that gave its key. Raises WrongRequest, 401, for any other."""
    return _proven(core.settings, "" if credentials is None else credentials.credentials)


Caller = Annotated[str, Depends(_caller)]
