"""News of conversations over a real Redis: the id only, and no trouble where there is none."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from acuerdo.platform.announcements import TOPIC, Announcements, announce
from acuerdo.platform.db.embedded import EmbeddedRedis
from tests.integration.announcing import publish
from tests.integration.world import World


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


async def test_who_follows_hears_which_conversation_changed(redis_server: EmbeddedRedis) -> None:
    announcements = Announcements(redis_server.url)
    heard = announcements.follow()
    first = asyncio.ensure_future(anext(heard))
    conversation = uuid4()
    while not first.done():
        # a subscription takes a moment; what is announced before it is not heard
        await publish(announcements, conversation)
        await asyncio.wait([first], timeout=0.01)
    assert await first == conversation
    assert await announcements.reachable()
    await heard.aclose()
    await announcements.close()


async def test_without_redis_nothing_breaks(tmp_path: Path) -> None:
    announcements = Announcements(f"unix://{tmp_path}/nobody.sock")
    await publish(announcements, uuid4())
    assert not await announcements.reachable()
    await announcements.close()


async def test_a_change_is_announced_once_it_is_committed(world: World) -> None:
    announced, first, second = world.outside.announcements.announced, uuid4(), uuid4()
    async with world.db.transaction() as session:
        for conversation_id in (first, second, first):
            announce(session, conversation_id)
        assert announced == []
    assert announced == [first, second]
    async with world.db.statement() as session:
        announce(session, second)
    assert announced == [first, second, second]


async def test_what_is_rolled_back_is_announced_to_nobody(world: World) -> None:
    async def fails() -> None:
        async with world.db.transaction() as session:
            announce(session, uuid4())
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert world.outside.announcements.announced == []


async def test_m6_all_who_follow_share_one_subscription(redis_server: EmbeddedRedis) -> None:
    announcements = Announcements(redis_server.url)
    heard = [announcements.follow() for _ in range(120)]
    first = [asyncio.ensure_future(anext(each)) for each in heard]
    conversation = uuid4()
    while not all(each.done() for each in first):
        await publish(announcements, conversation)
        await asyncio.wait(first, timeout=0.01)
    assert {each.result() for each in first} == {conversation}
    (count,) = await _subscriptions(announcements)
    assert count == 1
    for each in heard:
        await each.aclose()
    await announcements.close()


async def test_m6_who_follows_again_after_all_left_hears_again(redis_server: EmbeddedRedis) -> None:
    announcements = Announcements(redis_server.url)
    for _ in range(3):
        heard = announcements.follow()
        first = asyncio.ensure_future(anext(heard))
        while not first.done():
            await publish(announcements, uuid4())
            await asyncio.wait([first], timeout=0.01)
        await heard.aclose()
    await announcements.close()


async def _subscriptions(announcements: Announcements) -> list[int]:
    found = await announcements._publisher.pubsub_numsub(TOPIC)
    return [count for _, count in found]
