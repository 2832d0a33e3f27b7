"""News of conversations over a real Redis: the id only, and no trouble where there is none."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from acuerdo.platform.announcements import Announcements
from acuerdo.platform.db.embedded import EmbeddedRedis


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
        await announcements.announce(conversation)
        await asyncio.wait([first], timeout=0.01)
    assert await first == conversation
    assert await announcements.reachable()
    await heard.aclose()
    await announcements.close()


async def test_without_redis_nothing_breaks(tmp_path: Path) -> None:
    announcements = Announcements(f"unix://{tmp_path}/nobody.sock")
    await announcements.announce(uuid4())
    assert not await announcements.reachable()
    await announcements.close()
