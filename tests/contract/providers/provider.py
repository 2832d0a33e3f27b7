"""A recording stand-in for a provider's HTTP API, on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    authorization: str | None
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What to answer: JSON, or bytes of some type; `hangs_up` breaks off instead."""

    status: int = 200
    json: Any = None
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    never: bool = False


Handler = Callable[[Asked], Answer]


class Provider:
    """Remembers what it was asked; answers as the test says, else as `usually`."""

    def __init__(self, usually: Handler) -> None:
        self.asked: list[Asked] = []
        self.url = ""
        self._usually = usually
        self._next: list[tuple[str, Answer]] = []
        self._over = asyncio.Event()

    def answer_next(self, answer: Answer, *, path: str = "") -> None:
        """Answer the next request whose path holds `path` in this way."""
        self._next.append((path, answer))

    def to(self, path: str, method: str = "") -> list[Asked]:
        """The requests whose path holds `path`."""
        return [one for one in self.asked if path in one.path and method in one.method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Record and answer one request."""
        asked = Asked(
            request.method,
            request.path,
            dict(request.query),
            _fields(request.content_type, await request.read()),
            request.headers.get("Authorization"),
            request.headers,
        )
        self.asked.append(asked)
        answer = self._planned(asked.path) or self._usually(asked)
        if answer.never:
            await self._over.wait()
        if answer.hangs_up or answer.never:
            assert request.transport is not None
            request.transport.close()
        if answer.content is not None:
            return web.Response(body=answer.content, status=answer.status, headers=answer.headers)
        return web.json_response(
            answer.json, status=answer.status, headers=answer.headers, dumps=_dumps
        )

    def stop(self) -> None:
        """Let go of the requests that are never answered."""
        self._over.set()

    def _planned(self, path: str) -> Answer | None:
        for index, (part, answer) in enumerate(self._next):
            if part in path:
                del self._next[index]
                return answer
        return None


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def _fields(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type == "application/json":
        return dict(orjson.loads(body))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


@asynccontextmanager
async def running(usually: Handler) -> AsyncIterator[Provider]:
    """The provider, served on a free port of loopback."""
    provider = Provider(usually)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", provider.handle)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    provider.url = f"http://127.0.0.1:{server.port}"
    try:
        yield provider
    finally:
        provider.stop()
        await server.close()
