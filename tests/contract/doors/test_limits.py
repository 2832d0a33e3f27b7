"""H8: what a body may be is decided before any door reads it, and the key before the body."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from types import SimpleNamespace
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Body, FastAPI, Form, Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

import doors.problems
from acuerdo.platform.settings import Settings
from doors.api import cases, portfolio, v1
from doors.limits import LIMITS, USUAL, BodyLimit, BodyLimits

SMALL = BodyLimit(1000, 0.05)


def an_app() -> FastAPI:
    app = FastAPI()
    doors.problems.install(app)
    app.state.acuerdo = SimpleNamespace(
        views=SimpleNamespace(reach=None),
        settings=Settings.model_validate({"api": {"keys": "erp:the-key"}}),
    )
    for router in (v1.router, cases.router, portfolio.router):
        app.include_router(router)

    @app.post("/json")
    async def with_json(body: Annotated[dict[str, Any], Body()]) -> int:
        return len(body)

    @app.post("/form")
    async def with_form(field: Annotated[str, Form()]) -> int:
        return len(field)

    @app.post("/stream")
    async def with_stream(request: Request) -> int:
        return len(await request.body())

    @app.post("/unread")
    async def without_body() -> int:
        return 0

    app.add_middleware(BodyLimits, limits=dict.fromkeys(("/json", "/form", "/stream"), SMALL))
    return app


def a_client(app: FastAPI | None = None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app or an_app())
    return httpx.AsyncClient(transport=transport, base_url="http://product")


class Pieces:
    """A body that comes in pieces and counts what was taken of it."""

    def __init__(self, pieces: Iterable[bytes], *, stalls: bool = False) -> None:
        self._pieces = pieces
        self._stalls = stalls
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            self.taken += len(piece)
            yield piece
        if self._stalls:
            await asyncio.Event().wait()


FORM = {"content-type": "application/x-www-form-urlencoded"}
MULTIPART = {"content-type": "multipart/form-data; boundary=x"}
PART = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'


@pytest.mark.parametrize(
    ("path", "headers", "first"),
    [
        ("/json", {"content-type": "application/json"}, b'{"a":"'),
        ("/form", FORM, b"field="),
        ("/form", MULTIPART, PART),
        ("/stream", {}, b""),
    ],
)
async def test_h8_a_body_without_end_is_cut_off(
    path: str, headers: dict[str, str], first: bytes
) -> None:
    body = Pieces([first, *[b"x" * 100] * 1000])
    async with a_client() as client:
        answer = await client.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"
    assert body.taken <= SMALL.most_bytes + 200


@pytest.mark.parametrize("announced", ["1001", "9" * 15, "9" * 4000, "-1", "1e3", "²", ""])
async def test_h8_what_announces_too_much_is_not_read(announced: str) -> None:
    body = Pieces([b"x"])
    headers = {b"content-length": announced.encode()}
    async with a_client() as client:
        answer = await client.post("/json", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"], body.taken) == (413, "too_large", 0)


@pytest.mark.parametrize("path", ["/json", "/form", "/stream"])
async def test_h8_a_body_that_never_comes_is_not_waited_for(path: str) -> None:
    headers = FORM if path == "/form" else {}
    async with a_client() as client:
        body = Pieces([b"f"], stalls=True)
        answer = await client.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (408, "too_slow")
    assert answer.headers["connection"] == "close"


async def test_h8_a_body_that_is_not_read_ends_the_connection() -> None:
    async with a_client() as client:
        assert (await client.post("/unread", content=b"x")).headers["connection"] == "close"
        assert "connection" not in (await client.post("/unread")).headers
        whole = await client.post("/stream", content=b"x")
    assert "connection" not in whole.headers


@given(st.lists(st.integers(0, 400), max_size=8))
def test_h8_what_fits_goes_through_unchanged(sizes: list[int]) -> None:
    async def asked() -> httpx.Response:
        async with a_client() as client:
            return await client.post("/stream", content=Pieces([b"x" * size for size in sizes]))

    answer = asyncio.run(asked())
    total = sum(sizes)
    assert answer.status_code == (200 if total <= SMALL.most_bytes else 413)
    if answer.is_success:
        assert answer.json() == total


API = [
    ("POST", "/api/v1/contacts"),
    ("POST", "/api/v1/portfolio"),
    ("PATCH", "/api/v1/cases/0190b8a0-0000-7000-8000-000000000001"),
]


@pytest.mark.parametrize(
    "key", [None, "Bearer", "Bearer ", "Bearer no", "Basic the-key", "the-key"]
)
@pytest.mark.parametrize(("method", "path"), API)
async def test_h8_without_a_key_no_body_is_read(method: str, path: str, key: str | None) -> None:
    body = Pieces([b"x" * 100] * 1000)
    headers = {} if key is None else {"authorization": key}
    async with a_client() as client:
        answer = await client.request(method, path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert body.taken == 0


async def test_h8_a_body_wrong_in_many_places_gets_a_short_answer() -> None:
    body = {"debtor": "d", "channel": "voice", **{f"extra{number}": 1 for number in range(5000)}}
    headers = {"authorization": "Bearer the-key"}
    async with a_client() as client:
        answer = await client.post("/api/v1/contacts", json=body, headers=headers)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) <= 20


def test_h8_only_a_portfolio_may_be_longer_than_a_megabyte() -> None:
    assert [path for path, each in LIMITS.items() if each.most_bytes > USUAL.most_bytes] == [
        "/api/v1/portfolio"
    ]


async def test_h8_news_after_the_body_is_waited_for_without_a_limit() -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    seen: list[Message] = []

    async def app(_scope: object, receive: Any, _send: object) -> None:
        seen.append(await receive())
        seen.append(await receive())

    limits = BodyLimits(app, {"/": BodyLimit(1, 0)})
    await limits({"type": "http", "path": "/", "headers": []}, receive, _nowhere)
    assert len(seen) == 2


async def _nowhere(_message: Message) -> None:
    return None
