"""Engines, requests and people for tests."""

from __future__ import annotations

import itertools
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

from rasa_server.contract import Answer, TurnRequest
from rasa_server.errors import TrackerUnavailable
from rasa_server.lock_store import ProcessLockStore
from rasa_server.records import MemoryRecords, Records
from rasa_server.startup import Engine, assemble
from rasa_server.tracker_store import ShortLivedTrackerStore
from tests.engine.fake_actions import SECRET, SECRET_HEADER

_numbers = itertools.count(1)


def a_turn(
    text: str | None = None,
    *,
    intent: str | None = None,
    conversation: str = "c-1",
    message_id: str | None = None,
    medium: str = "chat",
    locale: str | None = None,
    facts: dict[str, Any] | None = None,
) -> TurnRequest:
    """A request with a message id of its own."""
    return TurnRequest(
        conversation=conversation,
        message_id=message_id or f"m-{next(_numbers)}",
        text=text,
        intent=intent,
        medium=medium,
        locale=locale,
        facts=facts or {},
    )


class AnEngine:
    """An assembled engine that can be talked to, and restarted on the same records."""

    def __init__(
        self,
        agent: Agent,
        actions_url: str,
        *,
        records: Records | None = None,
        fact_slots: tuple[str, ...] = (),
        turn_timeout_seconds: float = 10.0,
        action_timeout_seconds: float = 5.0,
    ) -> None:
        self.records = records or MemoryRecords()
        agent.tracker_store = ShortLivedTrackerStore(agent.domain, records=self.records)
        agent.lock_store = ProcessLockStore()
        agent.action_endpoint = EndpointConfig(
            actions_url,
            headers={SECRET_HEADER: SECRET},
            timeout_seconds=action_timeout_seconds,
            connect_timeout_seconds=1,
        )
        self.engine: Engine = assemble(agent, fact_slots, turn_timeout_seconds)

    async def take(self, request: TurnRequest) -> Answer:
        """Takes one turn."""
        return await self.engine.turns.take(request)

    async def hears(self, *texts: str, conversation: str = "c-1") -> list[str]:
        """What the assistant says to the last of the texts."""
        said: list[str] = []
        for text in texts:
            answer = await self.take(a_turn(text, conversation=conversation))
            said = [reply["text"] for reply in answer.replies]
        return said

    async def tracker(self, conversation: str = "c-1") -> Any:
        """The conversation's tracker as it is saved."""
        return (await self.engine.tracker_store.load(conversation)).tracker

    async def close(self) -> None:
        """Closes the engine's connections."""
        await self.engine.close(1.0)


class BrokenRecords(MemoryRecords):
    """Records that can be told to fail."""

    def __init__(self) -> None:
        super().__init__()
        self.failing: set[str] = set()

    async def get(self, key: str) -> bytes | None:
        if "get" in self.failing:
            raise TrackerUnavailable("read")
        return await super().get(key)

    async def put(self, key: str, value: bytes, ttl_seconds: float) -> None:
        if "put" in self.failing:
            raise TrackerUnavailable("saved")
        await super().put(key, value, ttl_seconds)

    async def ping(self) -> None:
        if "ping" in self.failing:
            raise TrackerUnavailable("reached")
