"""What every door needs of a request: the core behind it, and its body within a limit."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request

from acuerdo.bootstrap import Acuerdo


class BodyTooLarge(HTTPException):
    """The body is longer than this door takes; it was not read to its end.

    It is the framework's own kind of error because the framework, reading a body, takes every
    other one for a body that is malformed.
    """

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class BodyTooSlow(HTTPException):
    """The body did not arrive in the time that is given to it."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_TIMEOUT)


def core_of(connection: HTTPConnection) -> Acuerdo:
    """Return the core that `doors.web` put into the application; for WebSockets too."""
    core: Acuerdo = connection.app.state.acuerdo
    return core


async def _core_of(connection: HTTPConnection) -> Acuerdo:
    return core_of(connection)


TheCore = Annotated[Acuerdo, Depends(_core_of)]


def uuid_in(request: Request, parameter: str) -> UUID | None:
    """Return an identifier of the path; None where there is none, or what is none."""
    try:
        return UUID(request.path_params[parameter])
    except (KeyError, ValueError):
        return None


async def body_within(request: Request, limit: int) -> bytes:
    """Read a body of at most `limit` bytes.

    Raises BodyTooLarge: at once where a longer one is announced, otherwise at the first byte
    beyond the limit, whatever was announced.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise BodyTooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge
    return bytes(body)
