"""Tells open pages what happens, as it happens."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_QUEUE_LIMIT = 1000


@dataclass(frozen=True)
class Event:
    """Something a page may show. `channel` and `address` are empty when it concerns everybody."""

    name: str
    data: dict[str, Any]
    channel: str = ""
    address: str = ""

    def concerns(self, channel: str, address: str) -> bool:
        """Whether a page that shows this chat wants the event."""
        return not self.channel or (self.channel, self.address) == (channel, address)


class Broadcast:
    """Fans events out to the pages that listen; a page too slow to read loses events."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()

    def tell(self, event: Event) -> None:
        """Hand the event to every listener, without waiting."""
        for listener in self._listeners:
            if not listener.full():
                listener.put_nowait(event)

    @contextmanager
    def _listening(self) -> Iterator[asyncio.Queue[Event]]:
        queue: asyncio.Queue[Event] = asyncio.Queue(_QUEUE_LIMIT)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def listen(self, channel: str, address: str) -> AsyncIterator[Event]:
        """Yield, for ever, the events that concern one chat or everybody.

        The first one, "listening", says that nothing is missed from now on; it comes again when
        everything was forgotten, so that a page reads its chat anew.
        """
        with self._listening() as queue:
            yield Event("listening", {})
            while True:
                event = await queue.get()
                if event.concerns(channel, address):
                    yield event
