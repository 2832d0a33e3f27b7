"""A browser without a screen, and an engine that must not be asked."""

import re
from collections.abc import Mapping
from html import unescape
from uuid import UUID

import httpx

from acuerdo.conversations.ports import EngineAnswer, Scalar


class NoEngine:
    """Stands where the engine would be; a person at the desk never causes a question to it."""

    async def send(
        self,
        *,
        conversation: UUID,
        turn: UUID,
        text: str | None,
        intent: str | None,
        medium: str,
        facts: Mapping[str, Scalar],
    ) -> EngineAnswer:
        """Fail the test."""
        raise AssertionError("the engine was asked")

    async def ready(self) -> bool:
        return False

    async def close(self) -> None:
        """Nothing to give back."""


class Browser:
    """Reads pages as text and sends their forms with the token they carry."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self._token = ""

    async def log_in(self, login: str, password: str) -> httpx.Response:
        """Fill in the login page."""
        form = await self.client.get("/desk/login")
        return await self.client.post(
            "/desk/login",
            data={"login": login, "password": password, "csrf_token": token_in(form.text)},
        )

    async def read(self, path: str) -> str:
        """The words on a page, whole or a part."""
        response = await self.client.get(path)
        assert response.status_code == 200, response.status_code
        self._token = token_in(response.text) or self._token
        return words_in(response.text)

    async def send(self, path: str, *, by_htmx: bool = False, **fields: str) -> httpx.Response:
        """Send a form of the page read last."""
        headers = {"HX-Request": "true", "X-CSRF-Token": self._token} if by_htmx else {}
        data = fields if by_htmx else {**fields, "csrf_token": self._token}
        return await self.client.post(path, data=data, headers=headers)


def token_in(html: str) -> str:
    """The token that the forms of a page carry."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    return found.group(1) if found else ""


def words_in(html: str) -> str:
    """What a person reads on a page."""
    without_head = re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_head)).split())
