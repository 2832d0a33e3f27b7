"""Open desks hear of changes in gathered bursts, and the stream always ends."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

from redis.exceptions import ConnectionError as RedisGone

from acuerdo.views.desk.live import gathered

ONE, OTHER = uuid4(), uuid4()


async def changes(*ids: UUID) -> AsyncIterator[UUID]:
    for each in ids:
        yield each


async def lost_changes(*ids: UUID) -> AsyncIterator[UUID]:
    for each in ids:
        yield each
    raise RedisGone


async def silence() -> AsyncIterator[UUID]:
    await asyncio.Event().wait()
    yield ONE


async def heard(source: AsyncIterator[UUID], *, lasting: float = 5) -> list[frozenset[UUID]]:
    return [each async for each in gathered(source, pause_seconds=0, lasting_seconds=lasting)]


async def test_changes_in_quick_succession_are_told_together_and_once() -> None:
    assert await heard(changes(ONE, OTHER, ONE)) == [frozenset({ONE, OTHER})]


async def test_nothing_is_lost_when_the_source_ends_at_once() -> None:
    assert await heard(changes(ONE)) == [frozenset({ONE})]


async def test_losing_redis_ends_the_stream_without_an_error() -> None:
    assert await heard(lost_changes(ONE)) == [frozenset({ONE})]


async def test_a_silent_stream_ends_in_time() -> None:
    assert await heard(silence(), lasting=0.01) == []


async def test_whoever_stops_listening_leaves_nothing_behind() -> None:
    stream = gathered(changes(ONE), pause_seconds=0, lasting_seconds=5)
    await anext(stream)
    before = len(asyncio.all_tasks())

    await stream.aclose()  # type: ignore[attr-defined]

    assert len(asyncio.all_tasks()) <= before
