"""A job that waits for the lock of another is announced when that one ends."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import psycopg
import pytest
from procrastinate.jobs import Status

from acuerdo.conversations.jobs import reply_to
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs

_TOPIC = "procrastinate_any_queue_v1"
_MARK = "until here"


@pytest.fixture
async def heard(database_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """A connection that hears what wakes a worker."""
    connection = await psycopg.AsyncConnection.connect(database_url, autocommit=True)
    await connection.execute(f"LISTEN {_TOPIC}")
    yield connection
    await connection.close()


async def _queue(db: Database, jobs: Jobs, lock: UUID) -> None:
    async with db.transaction() as session:
        await jobs.enqueue(session, reply_to(conversation_id=lock), lock=lock)


async def _count(connection: psycopg.AsyncConnection) -> int:
    """How often workers were woken since the last time; notes arrive in the order of commits."""
    await connection.execute("select pg_notify(%s, %s)", (_TOPIC, _MARK))
    count = 0
    async for note in connection.notifies():
        if note.payload == _MARK:
            break
        count += 1
    return count


@pytest.mark.parametrize("delete", [True, False])
async def test_the_end_of_a_job_wakes_for_the_one_that_waits_for_its_lock(
    db: Database, jobs: Jobs, heard: psycopg.AsyncConnection, delete: bool
) -> None:
    # given a job at work and one that waits for it
    lock = uuid4()
    await _queue(db, jobs, lock)
    await _queue(db, jobs, lock)
    manager = jobs.app.job_manager
    worker = await manager.register_worker()
    first = await manager.fetch_job(queues=None, worker_id=worker)
    assert first is not None
    assert await manager.fetch_job(queues=None, worker_id=worker) is None
    await _count(heard)

    # when it ends
    await manager.finish_job(first, Status.SUCCEEDED, delete_job=delete)

    # then workers are told, and find the other
    assert await _count(heard) == 1
    assert await manager.fetch_job(queues=None, worker_id=worker) is not None


async def test_nobody_is_woken_where_nothing_waits(
    db: Database, jobs: Jobs, heard: psycopg.AsyncConnection
) -> None:
    # given a job at work, and one of another conversation
    await _queue(db, jobs, uuid4())
    manager = jobs.app.job_manager
    worker = await manager.register_worker()
    first = await manager.fetch_job(queues=None, worker_id=worker)
    assert first is not None
    await _queue(db, jobs, uuid4())
    await _count(heard)

    # when it ends
    await manager.finish_job(first, Status.SUCCEEDED, delete_job=True)

    # then nothing is said
    assert await _count(heard) == 0
