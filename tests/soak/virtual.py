"""Time that a test moves on, for the database too, and workers that die in it."""

import random
from collections import Counter
from datetime import datetime
from typing import Final

import procrastinate.utils
import pytest
from procrastinate.jobs import Job, Status
from sqlalchemy import text

from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Backoff, Jobs
from acuerdo.tasks import JOBS
from acuerdo.worker import rescue_stalled_jobs
from tests.clock import FixedClock
from tests.integration.killing import DoomedDatabase, Fate, Killed
from tests.integration.world import World

_BY_NAME: Final = {each.name: each for each in JOBS}
# A use case has about this many steps between which a worker can die.
_STEPS: Final = 14
_STALLED_SECONDS: Final = 30
# In the schema named before pg_catalog, `now()` is the test's.
_OWN_NOW: Final = (
    "create schema virtual",
    "create table virtual.clock (at timestamptz not null)",
    "insert into virtual.clock values (pg_catalog.now())",
    "create function virtual.now() returns timestamptz language sql stable"
    " as 'select at from virtual.clock'",
)


async def own_time(db: Database, jobs: Jobs, clock: FixedClock, patch: pytest.MonkeyPatch) -> None:
    """Let the database and the queue live in the test's time from now on."""
    async with db.transaction() as session:
        for statement in _OWN_NOW:
            await session.execute(text(statement))
        name = (await session.execute(text("select current_database()"))).scalar_one()
        await session.execute(
            text(f'alter database "{name}" set search_path = virtual, public, pg_catalog')
        )
    # connections that are open keep the search path they began with
    await db.engine.dispose()
    await jobs.app.close_async()
    await jobs.app.open_async()
    patch.setattr(procrastinate.utils, "utcnow", clock.now)


class VirtualWorkers:
    """Workers of which some die over their jobs; others take the jobs up again."""

    def __init__(
        self,
        world: World,
        dice: random.Random,
        *,
        deaths: float,
    ) -> None:
        self._world = world
        self._dice = dice
        self._deaths = deaths
        self._id: int | None = None
        self.done: Counter[str] = Counter()
        self.killed = 0

    async def move_to(self, moment: datetime) -> None:
        """Let everybody's clock stand at a moment."""
        self._world.clock.move_to(moment)
        async with self._world.db.transaction() as session:
            await session.execute(text("update virtual.clock set at = :at"), {"at": moment})

    async def next_job_at(self) -> datetime | None:
        """When the next job is due; all that is due now was done, or waits for one that is not."""
        async with self._world.db.statement() as session:
            found = await session.execute(
                text(
                    "select min(scheduled_at) from procrastinate_jobs"
                    " where status = 'todo' and scheduled_at > now()"
                )
            )
            at: datetime | None = found.scalar()
            return at

    async def work(self) -> None:
        """Do all that is due, however many workers it costs."""
        manager = self._world.jobs.app.job_manager
        while True:
            if self._id is None:
                self._id = await manager.register_worker()
            job = await manager.fetch_job(queues=None, worker_id=self._id)
            if job is None:
                return
            if not await self._does(job):
                await self._rescue()

    async def _rescue(self) -> None:
        """A worker died: another one notices that its heart stands still."""
        self._id = None
        self.killed += 1
        async with self._world.db.transaction() as session:
            await session.execute(
                text("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
            )
        await rescue_stalled_jobs(self._world.jobs, _STALLED_SECONDS, own_id=None)

    async def _does(self, job: Job) -> bool:
        """Whether the worker has survived the job."""
        manager = self._world.jobs.app.job_manager
        try:
            await self._carry_out(job)
        except Killed:
            return False
        except Exception as error:  # noqa: BLE001 - as the queue's own worker does
            decision = Backoff().get_retry_decision(exception=error, job=job)
            if decision is None:
                await manager.finish_job(job, Status.FAILED, delete_job=False)
            else:
                await manager.retry_job(job, retry_at=decision.retry_at)
            return True
        self.done[job.task_name] += 1
        await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
        return True

    async def _carry_out(self, job: Job) -> None:
        if self._dice.random() >= self._deaths:
            await perform(self._world, job)
            return
        fate = Fate(self._dice.randrange(_STEPS))
        doomed = World(
            DoomedDatabase(self._world.db, fate),
            self._world.clock,
            self._world.jobs,
            self._world.outside,
        )
        with self._world.outside.at_the_mercy_of(fate):
            await perform(doomed, job)


async def perform(world: World, job: Job) -> None:
    """Run a job on one process's core, as the worker does."""
    work = _BY_NAME[job.task_name]
    await work.run(world.core, **work.read({k: str(v) for k, v in job.task_kwargs.items()}))
