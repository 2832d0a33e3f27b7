"""A product that only writes down the webhooks that it gets."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from fastapi import FastAPI, Request, Response


@dataclass(frozen=True)
class Heard:
    """One webhook as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes
    answered: int

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        return dict(orjson.loads(self.body))


@dataclass
class Product:
    """Answers 200, or the statuses it was told to answer next."""

    heard: list[Heard] = field(default_factory=list)
    next_statuses: deque[int] = field(default_factory=deque)

    def on(self, path: str) -> list[Heard]:
        return [heard for heard in self.heard if heard.path == path]

    def forms(self, path: str = "/webhooks/twilio/whatsapp") -> list[dict[str, str]]:
        return [heard.form for heard in self.on(path)]

    def updates(self) -> list[dict[str, Any]]:
        return [heard.json for heard in self.on("/webhooks/telegram")]

    def statuses(self) -> list[str]:
        return [form["MessageStatus"] for form in self.forms("/webhooks/twilio/whatsapp/status")]

    def forget(self) -> None:
        self.heard.clear()
        self.next_statuses.clear()

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/{path:path}")
        async def hear(request: Request, path: str) -> Response:
            status = self.next_statuses.popleft() if self.next_statuses else 200
            body = await request.body()
            self.heard.append(Heard(f"/{path}", dict(request.headers), body, status))
            return Response(status_code=status)

        return app
