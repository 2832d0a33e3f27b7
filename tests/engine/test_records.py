"""Every place that keeps conversations behaves the same."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from rasa_server.errors import TrackerUnavailable
from rasa_server.records import MemoryRecords, Records, RedisRecords
from tests.engine.redis_server import RedisServer


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


class RecordsContract:
    """What holds for all records."""

    async def test_gives_back_what_was_put_last(self, records: Records) -> None:
        await records.put("a", b"1", 60)
        await records.put("a", b"2", 60)
        await records.put("b", b"3", 60)
        assert await records.get("a") == b"2"

    async def test_knows_nothing_of_other_keys(self, records: Records) -> None:
        assert await records.get("nobody") is None

    async def test_forgets_when_the_time_is_over(self, records: Records) -> None:
        await records.put("a", b"1", 0.001)
        await asyncio.to_thread(_a_moment)
        assert await records.get("a") is None

    async def test_is_reachable(self, records: Records) -> None:
        await records.ping()


def _a_moment() -> None:
    asyncio.run(asyncio.sleep(0.005))


class TestMemoryRecords(RecordsContract):
    @pytest.fixture
    def records(self) -> Records:
        return MemoryRecords()

    async def test_does_not_keep_what_nobody_asks_for_again(self) -> None:
        now = [0.0]
        records = MemoryRecords(now=lambda: now[0])
        for number in range(100):
            now[0] = float(number)
            await records.put(f"c-{number}", b"x", 10)
        assert len(records._values) == 10


class TestRedisRecords(RecordsContract):
    @pytest.fixture
    async def records(self, redis_server: RedisServer) -> AsyncIterator[Records]:
        records = RedisRecords(redis_server.url)
        yield records
        await records.close()

    async def test_a_redis_that_is_gone_is_an_error_and_heals(
        self, redis_server: RedisServer
    ) -> None:
        records = RedisRecords(redis_server.url)
        await records.put("a", b"1", 60)
        redis_server.stop()
        with pytest.raises(TrackerUnavailable):
            await records.get("a")
        with pytest.raises(TrackerUnavailable):
            await records.put("a", b"1", 60)
        with pytest.raises(TrackerUnavailable):
            await records.ping()
        redis_server.start()
        await records.put("a", b"2", 60)
        assert await records.get("a") == b"2"
        await records.close()
