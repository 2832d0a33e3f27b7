"""Workers that die between two things that last.

What a killed process leaves behind is what it had committed and what it had asked of others. So
there is nothing to tell apart between the end of one such thing and the beginning of the next,
and a death is tried before and after each: a transaction (before it, at its end, after its
commit), a call of the engine, a call of a provider.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.db.session import Database


class Killed(BaseException):
    """The process is gone; nothing of ours may catch this."""


class Fate:
    """Lets a worker live for some steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self) -> None:
        """One step; the last one kills."""
        if self._left == 0:
            raise Killed
        self._left -= 1


class DoomedDatabase(Database):
    """A database whose user dies before, at the end of, or after a transaction."""

    def __init__(self, db: Database, fate: Fate) -> None:
        self._db = db
        self._fate = fate

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A transaction in which nothing is certain."""
        self._fate.step()
        async with self._db.transaction() as session:
            yield session
            await session.flush()
            self._fate.step()
        self._fate.step()

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[AsyncSession]:
        """One question or change, which nothing can undo once it was asked."""
        self._fate.step()
        async with self._db.statement() as session:
            yield session
        self._fate.step()


async def at_every_step(one_try: Callable[[int], Awaitable[bool]]) -> int:
    """Call with 0, 1, 2... steps to live until the work is done; gives how many there were."""
    steps = 0
    while await one_try(steps):
        steps += 1
    return steps
