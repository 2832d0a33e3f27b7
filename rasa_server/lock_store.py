"""One turn at a time per conversation, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore


class ProcessLockStore(LockStore):
    """Locks held in this process: a waiting turn starts the moment the one before it ends.

    Limit: all turns of one conversation must reach the same engine process. The core's job lock
    already sends them one at a time; more engines are added by giving each its share of the
    conversations (a hash of the id), never by Sanic workers behind one port.
    """

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._locks: dict[str, asyncio.Lock] = {}
        self._interested: dict[str, int] = {}

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = 0,
        wait_time_in_seconds: float = 0,
    ) -> AsyncIterator[None]:
        """Holds the conversation; Rasa's life and polling times mean nothing here."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._interested[conversation_id] = self._interested.get(conversation_id, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._interested[conversation_id] -= 1
            if not self._interested[conversation_id]:
                del self._interested[conversation_id]
                del self._locks[conversation_id]
