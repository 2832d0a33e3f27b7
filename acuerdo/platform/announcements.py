"""Tells open desks that a conversation changed: its id only, over Redis; never what was said.

Losing an announcement loses nothing but freshness: the desk asks the database for what it shows.
"""

from collections.abc import AsyncIterator
from uuid import UUID

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from acuerdo.platform.logging import get_logger

TOPIC = "acuerdo:conversations"
_log = get_logger()


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

    async def announce(self, conversation_id: UUID) -> None:
        """Say that a conversation changed; a silent Redis is logged and otherwise ignored."""
        try:
            await self._publisher.publish(TOPIC, str(conversation_id))
        except (RedisError, OSError) as error:
            _log.warning("announcement_lost", exc_info=error)

    async def follow(self) -> AsyncIterator[UUID]:
        """The conversations that change from now on; ends when Redis goes away."""
        async with self._follower.pubsub() as pubsub:
            await pubsub.subscribe(TOPIC)
            async for message in pubsub.listen():
                if message["type"] == "message":
                    yield UUID(message["data"].decode())

    async def reachable(self) -> bool:
        """Whether Redis answers."""
        try:
            await self._publisher.ping()
        except (RedisError, OSError):
            return False
        return True

    async def close(self) -> None:
        """Give back the connections."""
        await self._publisher.aclose()
        await self._follower.aclose()
