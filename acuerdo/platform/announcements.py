"""Tells open desks that a conversation changed: its id only, over Redis; never what was said.

Losing an announcement loses nothing but freshness: the desk asks the database for what it shows.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final
from uuid import UUID

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.logging import get_logger

TOPIC = "acuerdo:conversations"
_MOST_WAITING: Final = 1_000
_CHANGED: Final = "changed_conversations"
_log = get_logger()


def announce(session: AsyncSession, conversation_id: UUID) -> None:
    """Note that a conversation changed; open desks hear of it once the change is committed."""
    session.info.setdefault(_CHANGED, {})[conversation_id] = None


def changed_in(session: AsyncSession) -> tuple[UUID, ...]:
    """Give the conversations noted in a session, each once, in the order noted."""
    return tuple(session.info.pop(_CHANGED, ()))


class Announcements:
    """Publishes and follows changes of conversations."""

    def __init__(self, url: str) -> None:
        # nobody waits for an announcement: one quick try, no second one
        self._publisher = redis.asyncio.Redis.from_url(
            url, socket_connect_timeout=0.5, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)
        )
        self._follower = redis.asyncio.Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=None, health_check_interval=15
        )
        # one subscription of this process, whoever follows
        self._followers: set[asyncio.Queue[UUID | None]] = set()
        self._listening: asyncio.Task[None] | None = None

    async def publish(self, session: AsyncSession) -> None:
        """Publish what changed in a committed session; a silent Redis is logged, then ignored."""
        try:
            for conversation_id in changed_in(session):
                await self._publisher.publish(TOPIC, str(conversation_id))
        except (RedisError, OSError) as error:
            _log.warning("announcement_lost", exc_info=error)

    async def follow(self) -> AsyncGenerator[UUID, None]:
        """The conversations that change from now on; ends when Redis goes away.

        All who follow in this process share one subscription. Who falls `_MOST_WAITING` behind is
        ended: they ask the database for what they missed.
        """
        waiting: asyncio.Queue[UUID | None] = asyncio.Queue(_MOST_WAITING)
        self._followers.add(waiting)
        try:
            if self._listening is None or self._listening.done():
                self._listening = asyncio.create_task(self._listen())
            while (conversation_id := await waiting.get()) is not None:
                yield conversation_id
        finally:
            self._followers.discard(waiting)
            if not self._followers and self._listening is not None:
                self._listening.cancel()
                self._listening = None

    async def _listen(self) -> None:
        """Hand on what Redis tells until it goes away; then every follower ends."""
        try:
            async with self._follower.pubsub() as pubsub:
                await pubsub.subscribe(TOPIC)
                async for message in pubsub.listen():
                    if message["type"] == "message":
                        self._hand_on(UUID(message["data"].decode()))
        except (RedisError, OSError) as error:
            _log.warning("live_view_lost", exc_info=error)
        finally:
            for waiting in self._followers:
                _end(waiting)

    def _hand_on(self, conversation_id: UUID) -> None:
        for waiting in self._followers:
            if waiting.full():
                _end(waiting)
            else:
                waiting.put_nowait(conversation_id)

    async def reachable(self) -> bool:
        """Whether Redis answers."""
        try:
            await self._publisher.ping()
        except (RedisError, OSError):
            return False
        return True

    async def close(self) -> None:
        """Give back the connections."""
        if self._listening is not None:
            self._listening.cancel()
        await self._publisher.aclose()
        await self._follower.aclose()


def _end(waiting: asyncio.Queue[UUID | None]) -> None:
    """Let a follower come to its end, whatever else waits for it."""
    while not waiting.empty():
        waiting.get_nowait()
    waiting.put_nowait(None)
