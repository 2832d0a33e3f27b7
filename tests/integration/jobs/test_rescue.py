"""Jobs of a dead worker are taken up by another; those of a slow one are left to it."""

from uuid import uuid4

from sqlalchemy import text

from acuerdo.conversations.jobs import reply_to
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.worker import rescue_stalled_jobs


async def a_worker(db: Database, jobs: Jobs, *, seconds_silent: float) -> int:
    """A worker that has begun a job and whose heart last beat so long ago."""
    async with db.transaction() as session:
        await jobs.enqueue(session, reply_to(conversation_id=uuid4()))
        found = await session.execute(
            text(
                "insert into procrastinate_workers (last_heartbeat)"
                " values (now() - make_interval(secs => :seconds)) returning id"
            ),
            {"seconds": seconds_silent},
        )
        worker_id = int(found.scalar_one())
        await session.execute(
            text(
                "update procrastinate_jobs set status = 'doing', worker_id = :worker"
                " where status = 'todo'"
            ),
            {"worker": worker_id},
        )
    return worker_id


async def waiting(db: Database) -> int:
    """How many jobs wait for a worker."""
    async with db.transaction() as session:
        return int(
            (
                await session.execute(
                    text("select count(*) from procrastinate_jobs where status = 'todo'")
                )
            ).scalar_one()
        )


async def test_the_job_of_a_dead_worker_is_queued_again(db: Database, jobs: Jobs) -> None:
    await a_worker(db, jobs, seconds_silent=10)
    alive = await a_worker(db, jobs, seconds_silent=0)
    assert await rescue_stalled_jobs(jobs, 5, own_id=alive) == 1
    assert await waiting(db) == 1


async def test_a_worker_that_was_paused_does_not_begin_its_own_jobs_again(
    db: Database, jobs: Jobs
) -> None:
    paused = await a_worker(db, jobs, seconds_silent=10)
    assert await rescue_stalled_jobs(jobs, 5, own_id=paused) == 0
    assert await waiting(db) == 0
    assert await rescue_stalled_jobs(jobs, 5, own_id=None) == 1
