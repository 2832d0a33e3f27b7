"""What browsers are told beside every answer."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from doors.headers import BrowserHeaders


async def _answer(_: object) -> PlainTextResponse:
    return PlainTextResponse("here", headers={"Cache-Control": "private"})


def _browser(*, is_https: bool) -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/desk/page", _answer), Route("/api", _answer)])
    app.add_middleware(BrowserHeaders, is_https=is_https)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here")


@pytest.mark.parametrize("path", ["/desk", "/desk/", "/desk/nothing", "/desk/page"])
async def test_every_answer_of_the_desk_is_protected_unknown_pages_too(path: str) -> None:
    async with _browser(is_https=False) as browser:
        headers = (await browser.get(path)).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    # what the page itself says holds
    assert headers["cache-control"] == ("private" if path == "/desk/page" else "no-store")
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", ["/api", "/desk/page", "/nothing"])
async def test_by_https_the_browser_is_told_to_stay_there(path: str) -> None:
    async with _browser(is_https=True) as browser:
        headers = (await browser.get(path)).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert ("x-frame-options" in headers) == path.startswith("/desk")
