"""What every answer tells the browser, whoever made it: a page, a file, the framework's own 404."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doors.console.security import HEADERS

# A year, as browsers ask for; without sub-domains, of which others may be somebody else's.
_HTTPS_ONLY: Final = "max-age=31536000"


class BrowserHeaders:
    """Adds the desk's headers below `/desk`, and HSTS everywhere where we are reached by HTTPS."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        self._is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to its answer what it lacks."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_desk = scope["path"] == "/desk" or scope["path"].startswith("/desk/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if self._is_https:
                    headers.setdefault("Strict-Transport-Security", _HTTPS_ONLY)
                if is_desk:
                    for name, value in HEADERS.items():
                        headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
