"""Where conversations are kept between turns: bytes under a key, for a limited time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Protocol

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from rasa_server.errors import TrackerUnavailable

REDIS_TIMEOUT_SECONDS = 2.0


class Records(Protocol):
    """Keeps bytes by key; every failure is `TrackerUnavailable`, never an empty answer."""

    kind: str

    async def get(self, key: str) -> bytes | None:
        """Gives what was last put under the key, or None if never or too long ago."""

    async def put(self, key: str, value: bytes, ttl_seconds: float) -> None:
        """Replaces what the key holds, at once and completely, for `ttl_seconds` from now."""

    async def ping(self) -> None:
        """Returns if records can be kept now."""

    async def close(self) -> None:
        """Gives back what is held open."""


class RedisRecords:
    """Records in Redis; one `SET` with an expiry per save, so a save is whole or absent."""

    kind = "redis"

    def __init__(self, url: str) -> None:
        # Repeating a command on a fresh connection is safe: reads, and writes of whole values.
        self._redis = redis.asyncio.Redis.from_url(
            url,
            socket_timeout=REDIS_TIMEOUT_SECONDS,
            socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 1),
            retry_on_error=[RedisConnectionError],
        )

    async def get(self, key: str) -> bytes | None:
        """See `Records`."""
        try:
            value: bytes | None = await self._redis.get(key)
        except (RedisError, OSError) as error:
            raise _unavailable("read", error) from error
        return value

    async def put(self, key: str, value: bytes, ttl_seconds: float) -> None:
        """See `Records`."""
        try:
            await self._redis.set(key, value, px=max(1, round(ttl_seconds * 1000)))
        except (RedisError, OSError) as error:
            raise _unavailable("saved", error) from error

    async def ping(self) -> None:
        """See `Records`."""
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            raise _unavailable("reached", error) from error

    async def close(self) -> None:
        """See `Records`."""
        await self._redis.close()


class MemoryRecords:
    """Records in this process: for development and tests, gone when the engine stops."""

    kind = "memory"

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._values: dict[str, tuple[float, bytes]] = {}

    async def get(self, key: str) -> bytes | None:
        """See `Records`."""
        expires, value = self._values.get(key, (0.0, b""))
        return value if expires > self._now() else None

    async def put(self, key: str, value: bytes, ttl_seconds: float) -> None:
        """See `Records`."""
        now = self._now()
        self._values.pop(key, None)
        self._values[key] = (now + ttl_seconds, value)
        # The order of saving is the order of expiry, so what has expired stands in front.
        for stale in list(itertools.takewhile(lambda k: self._values[k][0] <= now, self._values)):
            del self._values[stale]

    async def ping(self) -> None:
        """See `Records`."""

    async def close(self) -> None:
        """See `Records`."""


def _unavailable(what: str, error: Exception) -> TrackerUnavailable:
    return TrackerUnavailable(f"the conversation could not be {what} ({type(error).__name__})")
