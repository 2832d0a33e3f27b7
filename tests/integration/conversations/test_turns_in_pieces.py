"""Who writes in pieces is waited for, also by a job that the pieces before have left over."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from tests.clock import FixedClock
from tests.integration.world import World


class MeanwhileDatabase(Database):
    """A database after whose first transaction something happens."""

    def __init__(self, db: Database, meanwhile: Callable[[], Awaitable[object]]) -> None:
        self._db = db
        self._meanwhile: Callable[[], Awaitable[object]] | None = meanwhile

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A transaction; after the first, the world goes on."""
        async with self._db.transaction() as session:
            yield session
        if self._meanwhile is not None:
            meanwhile, self._meanwhile = self._meanwhile, None
            await meanwhile()

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[AsyncSession]:
        """One question or change."""
        async with self._db.statement() as session:
            yield session


async def test_a_job_that_is_left_over_does_not_answer_the_first_piece_alone(
    db: Database, clock: FixedClock, jobs: Jobs
) -> None:
    # given two pieces that were answered by the job of the first
    world = World(db, clock, jobs, burst_seconds=1)
    conversation_id = await world.someone_writes("cuánto")
    await world.someone_writes("debo")
    await world.turns.reply_to(conversation_id)
    # when the job of the second runs in the moment in which the next piece comes in
    doomed = MeanwhileDatabase(db, lambda: world.someone_writes("pago 100"))
    other = World(doomed, clock, jobs, world.outside, burst_seconds=1)
    await other.turns.reply_to(conversation_id)
    clock.advance(seconds=0.5)
    await world.someone_writes("el viernes")
    await world.turns.reply_to(conversation_id)
    # then the piece waited for the rest
    assert [asked.text for asked in world.engine.asked] == ["cuánto\ndebo", "pago 100\nel viernes"]
    assert len(world.whatsapp.sent) == 2
