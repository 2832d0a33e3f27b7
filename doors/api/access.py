"""Who may call the REST API: callers with a key."""

import hmac
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from doors.http import TheCore
from doors.problems import WrongRequest

_bearer = HTTPBearer(auto_error=False)


async def _caller(
    core: TheCore, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> str:
    """Return the name of the caller that gave its key. Raises WrongRequest, 401, for any other."""
    given = "" if credentials is None else credentials.credentials
    for key, name in core.settings.api.by_key.items():
        if hmac.compare_digest(key.encode(), given.encode()):
            return name
    raise WrongRequest(HTTPStatus.UNAUTHORIZED, "unauthorized", "A valid API key is needed.")


Caller = Annotated[str, Depends(_caller)]
