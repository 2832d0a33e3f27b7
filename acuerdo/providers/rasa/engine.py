"""Speaks the engine's one contract over HTTP."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin
from uuid import UUID

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from acuerdo.contact.ports import Button
from acuerdo.conversations.call_cue import CallCue
from acuerdo.conversations.ports import EngineAnswer, EngineReply, Scalar
from acuerdo.platform.errors import EngineRefused, EngineUnavailable
from acuerdo.providers.rasa.secret import SECRET_HEADER

_CONNECT_SECONDS: Final = 2
_HEALTH_SECONDS: Final = 2
# Shorter than the 5 seconds after which the engine closes an idle connection: we close first.
_IDLE_SECONDS: Final = 4
_MOST_CONNECTIONS: Final = 200
_NO_ANSWER: Final = (ClientError, TimeoutError, OSError)


class HttpEngine:
    """The engine behind `POST /webhooks/acuerdo/turn`, over connections kept open."""

    def __init__(
        self, url: str, secret: str, *, timeout_seconds: float, actions_url: str = ""
    ) -> None:
        self._url = url.rstrip("/")
        self._healths = [f"{self._url}/webhooks/acuerdo/health"]
        if actions_url:
            self._healths.append(urljoin(actions_url, "/health/live"))
        self._headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
        self._limits = ClientTimeout(total=timeout_seconds, sock_connect=_CONNECT_SECONDS)
        self._session: ClientSession | None = None

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
        """The answer to one turn; see `acuerdo.conversations.ports.Engine`."""
        body: dict[str, Any] = {
            "conversation": str(conversation),
            "message_id": str(turn),
            "medium": medium,
            "facts": dict(facts),
        }
        body["intent" if intent is not None else "text"] = intent if intent is not None else text
        try:
            async with self._open_session().post(
                f"{self._url}/webhooks/acuerdo/turn",
                data=orjson.dumps(body),
                headers=self._headers,
                allow_redirects=False,
            ) as response:
                answer = await response.read()
        except _NO_ANSWER as error:
            raise EngineUnavailable from error
        if response.status == 200:
            return _read(answer)
        if 400 <= response.status < 500 and response.status not in (408, 409, 425, 429):
            raise EngineRefused(f"the engine answered {response.status}")
        raise EngineUnavailable(f"the engine answered {response.status}")

    async def ready(self) -> bool:
        """Whether the engine can take a turn, and the actions it calls can answer it."""
        return all([await self._answers(url) for url in self._healths])

    async def _answers(self, url: str) -> bool:
        limits = ClientTimeout(total=_HEALTH_SECONDS)
        try:
            async with self._open_session().get(url, timeout=limits) as response:
                return response.status == 200
        except _NO_ANSWER:
            return False

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                timeout=self._limits,
                cookie_jar=DummyCookieJar(),
                connector=TCPConnector(limit=_MOST_CONNECTIONS, keepalive_timeout=_IDLE_SECONDS),
            )
        return self._session


def _read(answer: bytes) -> EngineAnswer:
    try:
        body = orjson.loads(answer)
        return EngineAnswer(
            replies=tuple(
                EngineReply(
                    text=_text(reply["text"]),
                    buttons=tuple(
                        Button(_text(button["title"]), _text(button["payload"]))
                        for button in reply.get("buttons") or ()
                    ),
                    call=CallCue.of_json(reply.get("call")),
                )
                for reply in body["replies"]
            ),
            intent=body["intent"],
            confidence=body["confidence"],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineUnavailable("the engine's answer makes no sense") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
