"""What open desks are told: which conversations changed, a few times a second at most."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from uuid import UUID

from redis.exceptions import RedisError

from acuerdo.platform.logging import get_logger

_log = get_logger()


async def gathered(
    changes: AsyncIterator[UUID], *, pause_seconds: float, lasting_seconds: float
) -> AsyncGenerator[frozenset[UUID], None]:
    """The conversations that change, gathered for a pause so that a busy hour is no storm.

    Ends after `lasting_seconds`, or when the changes end, also when Redis goes away: whoever
    follows must ask again, and prove again that they may.
    """
    changed: set[UUID] = set()
    news = asyncio.Event()
    collecting = asyncio.create_task(_collect(changes, changed, news))
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + lasting_seconds
    try:
        while not collecting.done() and loop.time() < ends_at:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), ends_at - loop.time())
                await asyncio.sleep(pause_seconds)
            news.clear()
            batch = frozenset(changed)
            changed.clear()
            if batch:
                yield batch
    finally:
        collecting.cancel()
        with suppress(asyncio.CancelledError):
            await collecting


async def _collect(changes: AsyncIterator[UUID], changed: set[UUID], news: asyncio.Event) -> None:
    try:
        async for conversation_id in changes:
            changed.add(conversation_id)
            news.set()
    except (RedisError, OSError) as error:
        _log.warning("live_view_lost", exc_info=error)
    finally:
        news.set()
