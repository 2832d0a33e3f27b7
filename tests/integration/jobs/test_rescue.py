"""Jobs of a dead worker are taken up by another; those of a slow one are left to it.

What a living worker has lost, because the database was away at the wrong moment, is done again.
"""

from uuid import UUID, uuid4

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from sqlalchemy import text

from acuerdo.conversations.jobs import reply_to
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.worker import ForgottenJobs, QueueWorker, rescue_stalled_jobs


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


async def test_a_job_whose_end_could_not_be_written_down_is_done_again(
    db: Database, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a worker that lives on, and whose database was away when a job had ended
    done: list[str] = []

    async def carried_out(conversation_id: str) -> None:
        done.append(conversation_id)

    monkeypatch.setattr(jobs.app.tasks[reply_to.name], "func", carried_out)

    async def away(job: Job, status: Status, delete_job: bool) -> None:
        raise ConnectorException

    conversation_id, following = uuid4(), uuid4()
    await queued(db, jobs, conversation_id)
    worker = QueueWorker(jobs.app, wait=False, listen_notify=False)
    with monkeypatch.context() as outage:
        outage.setattr(jobs.app.job_manager, "finish_job", away)
        await worker.run()  # type: ignore[no-untyped-call]
    assert await waiting(db) == 0
    # when it looks twice: what has just been given to it may not have begun
    own = await _alive(db)
    await _given_to(db, own)
    forgotten = ForgottenJobs(jobs, worker)
    worker.worker_id = own
    assert [await forgotten.rescue() for _ in range(3)] == [0, 1, 0]
    # then the job is done again, and what waited behind it after it
    await queued(db, jobs, conversation_id)
    await queued(db, jobs, following)
    again = QueueWorker(jobs.app, wait=False, listen_notify=False)
    await again.run()  # type: ignore[no-untyped-call]
    assert done.count(str(conversation_id)) == 3
    assert await waiting(db) == 0


async def test_what_a_worker_is_doing_is_not_forgotten(
    db: Database, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = QueueWorker(jobs.app, wait=False, listen_notify=False)
    forgotten = ForgottenJobs(jobs, worker)
    looked: list[int] = []

    async def carried_out(conversation_id: str) -> None:
        looked.extend([await forgotten.rescue() for _ in range(3)])

    monkeypatch.setattr(jobs.app.tasks[reply_to.name], "func", carried_out)
    await queued(db, jobs, uuid4())
    await worker.run()  # type: ignore[no-untyped-call]
    assert looked == [0, 0, 0]


async def queued(db: Database, jobs: Jobs, conversation_id: UUID) -> None:
    """Queue an answer to a conversation."""
    async with db.transaction() as session:
        await jobs.enqueue(session, reply_to(conversation_id=conversation_id), lock=conversation_id)


async def _alive(db: Database) -> int:
    """The id of a worker whose heart beats."""
    async with db.transaction() as session:
        found = await session.execute(
            text("insert into procrastinate_workers default values returning id")
        )
        return int(found.scalar_one())


async def _given_to(db: Database, worker_id: int) -> None:
    """Let what is being done be that worker's; the one that ended has given up its id."""
    async with db.transaction() as session:
        await session.execute(
            text("update procrastinate_jobs set worker_id = :id where status = 'doing'"),
            {"id": worker_id},
        )
