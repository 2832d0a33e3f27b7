"""M6: a session has a few open streams, and the oldest makes way with a clear event."""

import asyncio
from collections.abc import AsyncIterator

from hypothesis import given
from hypothesis import strategies as st

from doors.console.streams import MOST_STREAMS, SessionStreams, until


def test_m6_the_oldest_of_too_many_ends() -> None:
    streams = SessionStreams()
    mine = [streams.begin("a") for _ in range(110)]
    other = streams.begin("b")
    assert [each.is_set() for each in mine] == [True] * 105 + [False] * MOST_STREAMS
    assert not other.is_set()
    for each in mine:
        streams.end("a", each)
    assert streams.count() == 1


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=60))
def test_m6_no_session_ever_has_more_than_the_limit(steps: list[tuple[str, bool]]) -> None:
    streams, open_ones = SessionStreams(), {"a": list[asyncio.Event](), "b": list[asyncio.Event]()}
    for session, begins in steps:
        if begins or not open_ones[session]:
            open_ones[session].append(streams.begin(session))
        else:
            streams.end(session, open_ones[session].pop())
        assert streams.count() <= 2 * MOST_STREAMS
        for each in open_ones.values():
            assert len([one for one in each if not one.is_set()]) <= MOST_STREAMS


async def test_m6_a_stream_that_waits_ends_when_it_is_replaced() -> None:
    async def never() -> AsyncIterator[int]:
        yield 1
        await asyncio.Event().wait()

    replaced = asyncio.Event()
    seen = []
    async for change in until(replaced, never()):
        seen.append(change)
        asyncio.get_running_loop().call_soon(replaced.set)
    assert seen == [1]


async def test_m6_a_stream_ends_with_its_changes() -> None:
    async def two() -> AsyncIterator[int]:
        yield 1
        yield 2

    assert [change async for change in until(asyncio.Event(), two())] == [1, 2]
