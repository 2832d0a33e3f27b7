"""What a request may bring: so many bytes, within so many seconds, before any door reads it.

Plain ASGI, around all doors: forms and JSON are read by the framework before a door is asked, so a
limit that a door keeps would come too late.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doors.http import BodyTooLarge, BodyTooSlow
from doors.problems import problem

_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """How long a body may be, and how long in all the next piece of it is waited for."""

    most_bytes: int
    most_seconds: float


USUAL: Final = BodyLimit(_MEGABYTE, 15)
MAX_PORTFOLIO_BYTES: Final = 64 * _MEGABYTE
# By the beginning of the path, the first that fits.
LIMITS: Final[Mapping[str, BodyLimit]] = {
    # read only once the key is proven
    "/api/v1/portfolio": BodyLimit(MAX_PORTFOLIO_BYTES, 300),
    "/desk": BodyLimit(_MEGABYTE // 4, 15),
    "/voice": BodyLimit(_MEGABYTE // 4, 5),
}


class BodyLimits:
    """Cuts off bodies that are longer or slower than the path's limit: 413 and 408."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, BodyLimit] = LIMITS) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body counted; refuse at once what announces too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(_limit_of(scope["path"], self._limits), receive, send)
        if body.is_announced_too_large(scope):
            too_large = problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
            await too_large(scope, body.receive, body.send)
            return
        await self._app(scope, body.receive, body.send)


def _limit_of(path: str, limits: Mapping[str, BodyLimit]) -> BodyLimit:
    return next((limit for begins, limit in limits.items() if path.startswith(begins)), USUAL)


class _Body:
    """The body of one request while it arrives."""

    def __init__(self, limit: BodyLimit, receive: Receive, send: Send) -> None:
        self._bytes_left = limit.most_bytes
        self._seconds_left = limit.most_seconds
        self._receive = receive
        self._send = send
        self._is_whole = False
        self._is_expected = False

    def is_announced_too_large(self, scope: Scope) -> bool:
        """Tell whether more is announced than may come; a length that is no number is too much."""
        for name, value in scope["headers"]:
            if name == b"transfer-encoding":
                self._is_expected = True
            if name == b"content-length":
                if not value.isdigit() or len(value) > 15:
                    return True
                self._is_expected = int(value) > 0
                if int(value) > self._bytes_left:
                    return True
        return False

    async def receive(self) -> Message:
        """Give the next piece. Raises BodyTooLarge or BodyTooSlow."""
        if self._is_whole:
            return await self._receive()
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(self._seconds_left):
                message = await self._receive()
        except TimeoutError:
            raise BodyTooSlow from None
        self._seconds_left -= now() - began
        if message["type"] == "http.request":
            self._bytes_left -= len(message.get("body", b""))
            self._is_whole = not message.get("more_body", False)
            if self._bytes_left < 0:
                raise BodyTooLarge
        return message

    async def send(self, message: Message) -> None:
        """Answer; the connection ends where a body is left that nobody reads."""
        unread = self._is_expected and not self._is_whole
        if unread and message["type"] == "http.response.start":
            message = {
                **message,
                "headers": [*message.get("headers", ()), (b"connection", b"close")],
            }
        await self._send(message)
