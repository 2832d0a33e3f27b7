"""Speaks the engine's one contract over HTTP."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from acuerdo.contact.ports import Button
from acuerdo.conversations.ports import EngineAnswer, EngineReply, Scalar
from acuerdo.dialogue.secret import SECRET_HEADER
from acuerdo.errors import EngineRefused, EngineUnavailable


class HttpEngine:
    """The engine behind `POST /webhooks/acuerdo/turn`, over connections kept open."""

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        timeout_seconds: float,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={SECRET_HEADER: secret},
            timeout=httpx.Timeout(timeout_seconds, connect=2),
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=50),
            transport=transport,
        )

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
            response = await self._client.post("/webhooks/acuerdo/turn", json=body)
        except httpx.HTTPError as error:
            raise EngineUnavailable from error
        if response.status_code == 200:
            return _read(response)
        if 400 <= response.status_code < 500 and response.status_code not in (408, 409, 425, 429):
            raise EngineRefused(f"the engine answered {response.status_code}")
        raise EngineUnavailable(f"the engine answered {response.status_code}")

    async def ready(self) -> bool:
        """Whether the engine can take a turn."""
        try:
            response = await self._client.get("/webhooks/acuerdo/health", timeout=2)
        except httpx.HTTPError:
            return False
        return response.status_code == 200

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.aclose()


def _read(response: httpx.Response) -> EngineAnswer:
    try:
        body = response.json()
        return EngineAnswer(
            replies=tuple(
                EngineReply(
                    text=reply["text"],
                    buttons=tuple(
                        Button(button["title"], button["payload"])
                        for button in reply.get("buttons") or ()
                    ),
                )
                for reply in body["replies"]
            ),
            intent=body["intent"],
            confidence=body["confidence"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise EngineUnavailable("the engine's answer makes no sense") from error
