"""Waiting for what a running product does in its own time."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

_PAUSE_SECONDS: Final = 0.02

_Found = TypeVar("_Found")


class DidNotHappen(AssertionError):
    """Something that was waited for did not come about in time, or came about differently."""


def eventually(
    look: Callable[[], _Found | None],
    what: str,
    *,
    seconds: float = 15,
    pause_seconds: float = _PAUSE_SECONDS,
) -> _Found:
    """Give the first truthy thing that `look` finds; raises DidNotHappen naming `what`."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise DidNotHappen(what)
        time.sleep(pause_seconds)
