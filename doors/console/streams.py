"""The open streams of each session: a few, and the newest ones are those that somebody looks at."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final, TypeVar

MOST_STREAMS: Final = 5
_T = TypeVar("_T")


class SessionStreams:
    """Which streams are open, by session; each is an event that is set when it must end."""

    def __init__(self) -> None:
        self._open: defaultdict[str, deque[asyncio.Event]] = defaultdict(deque)

    def begin(self, session: str) -> asyncio.Event:
        """Open a stream; the oldest of more than `MOST_STREAMS` is told to end."""
        mine = asyncio.Event()
        streams = self._open[session]
        streams.append(mine)
        if len(streams) > MOST_STREAMS:
            streams.popleft().set()
        return mine

    def end(self, session: str, mine: asyncio.Event) -> None:
        """Forget a stream that has ended."""
        with suppress(ValueError):
            self._open[session].remove(mine)
        if not self._open[session]:
            del self._open[session]

    def count(self) -> int:
        """Give how many streams are open."""
        return sum(len(each) for each in self._open.values())


async def until(replaced: asyncio.Event, changes: AsyncIterator[_T]) -> AsyncIterator[_T]:
    """Give what comes until an event is set."""
    ending = asyncio.ensure_future(replaced.wait())
    coming: asyncio.Future[_T] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(changes))
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
            if ending.done():
                return
            try:
                change = coming.result()
            except StopAsyncIteration:
                return
            yield change
    finally:
        ending.cancel()
        if coming is not None:
            coming.cancel()
            with suppress(asyncio.CancelledError, StopAsyncIteration):
                await coming
