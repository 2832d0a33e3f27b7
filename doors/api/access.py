"""Who may call the REST API."""

import hmac
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from acuerdo.bootstrap import Acuerdo
from doors.api.problems import ApiError

_bearer = HTTPBearer(auto_error=False)


def _core(request: Request) -> Acuerdo:
    core: Acuerdo = request.app.state.acuerdo
    return core


Core = Annotated[Acuerdo, Depends(_core)]


def _caller(
    core: Core, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> str:
    """The name of the caller whose key was given; 401 otherwise."""
    given = "" if credentials is None else credentials.credentials
    for key, name in core.settings.api.by_key.items():
        if hmac.compare_digest(key.encode(), given.encode()):
            return name
    raise ApiError(HTTPStatus.UNAUTHORIZED, "unauthorized", "A valid API key is needed.")


Caller = Annotated[str, Depends(_caller)]
