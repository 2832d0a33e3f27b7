"""Jobs exist exactly when their data do, and those of a dead worker are taken up."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from procrastinate.jobs import Status
from sqlalchemy import text

from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.jobs import reply_to
from acuerdo.platform.errors import EngineUnavailable, ProviderUnavailable
from acuerdo.platform.jobs import TRIES_OF_A_MISTAKE, new_app
from acuerdo.tasks import JOBS
from acuerdo.worker import register, rescue_stalled_jobs
from tests.integration.world import World


async def statuses(world: World) -> list[str]:
    """The states of all jobs."""
    async with world.db.transaction() as session:
        found = await session.execute(
            text("select status::text from procrastinate_jobs order by id")
        )
        return [status for (status,) in found.all()]


async def execute(world: World, statement: str) -> None:
    async with world.db.transaction() as session:
        await session.execute(text(statement))


async def test_a_job_of_a_transaction_that_fails_does_not_exist(world: World) -> None:
    async def fail() -> None:
        async with world.db.transaction() as session:
            await world.jobs.enqueue(session, reply_to(conversation_id=uuid4()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await world.job_names() == []


async def test_jobs_of_one_conversation_run_one_at_a_time_and_in_order(world: World) -> None:
    lock, other = uuid4(), uuid4()
    async with world.db.transaction() as session:
        for conversation in (lock, lock, other):
            await world.jobs.enqueue(
                session, reply_to(conversation_id=conversation), lock=conversation
            )
    manager = world.jobs.app.job_manager
    worker = await manager.register_worker()
    first = await manager.fetch_job(queues=None, worker_id=worker)
    second = await manager.fetch_job(queues=None, worker_id=worker)
    third = await manager.fetch_job(queues=None, worker_id=worker)
    assert first is not None
    assert second is not None
    assert (first.lock, second.lock, third) == (str(lock), str(other), None)
    # and the next of the conversation comes when the one before is done
    await manager.finish_job(first, Status.SUCCEEDED, delete_job=True)
    third = await manager.fetch_job(queues=None, worker_id=worker)
    assert third is not None
    assert third.lock == str(lock)


async def test_the_job_of_a_worker_whose_heart_stopped_is_queued_again(world: World) -> None:
    # given a worker that took a job and died
    await world.someone_writes()
    manager = world.jobs.app.job_manager
    worker = await manager.register_worker()
    assert await manager.fetch_job(queues=None, worker_id=worker) is not None
    assert await rescue_stalled_jobs(world.jobs, 5, own_id=None) == 0
    await execute(
        world,
        "update procrastinate_workers set last_heartbeat = now() - interval '6 seconds'",
    )
    # when another one looks
    # then it leaves its own jobs alone, which it is still doing
    assert await rescue_stalled_jobs(world.jobs, 5, own_id=worker) == 0
    # and takes up those of others, once
    assert await rescue_stalled_jobs(world.jobs, 5, own_id=worker + 1) == 1
    assert await statuses(world) == ["todo"]
    assert await rescue_stalled_jobs(world.jobs, 5, own_id=worker + 1) == 0


async def test_a_job_whose_worker_was_forgotten_is_queued_again(world: World) -> None:
    await world.someone_writes()
    manager = world.jobs.app.job_manager
    worker = await manager.register_worker()
    assert await manager.fetch_job(queues=None, worker_id=worker) is not None
    await execute(world, "delete from procrastinate_workers")
    assert await rescue_stalled_jobs(world.jobs, 5, own_id=worker) == 1


class Duties:
    """Use cases that fail as they are told."""

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.replied: list[str] = []
        self.given_up: list[str] = []

    async def reply_to(self, conversation_id: object) -> None:
        self.replied.append(str(conversation_id))
        if self.failures:
            raise self.failures.pop(0)

    async def give_up(self, conversation_id: object) -> None:
        self.given_up.append(str(conversation_id))


async def run_until_idle(world: World, url: str, duties: Duties) -> None:
    """A real worker that does what is due and ends."""
    app = new_app(url)
    core: Any = SimpleNamespace(conversations=SimpleNamespace(turns=duties))
    register(app, core)
    async with app.open_async():
        await app.run_worker_async(
            wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1
        )


async def test_every_kind_of_job_is_known_to_the_worker(database_url: str) -> None:
    app = new_app(database_url)
    register(app, cast("Acuerdo", None))
    assert {each.name for each in JOBS} <= set(app.tasks)


@pytest.mark.parametrize("failure", [EngineUnavailable(), ProviderUnavailable(), ValueError()])
async def test_a_job_that_fails_is_tried_again(
    world: World, database_url: str, failure: Exception
) -> None:
    duties = Duties()
    duties.failures = [failure]
    conversation_id = await world.someone_writes()
    await run_until_idle(world, database_url, duties)
    assert await statuses(world) == ["todo"]
    await execute(world, "update procrastinate_jobs set scheduled_at = now()")
    await run_until_idle(world, database_url, duties)
    assert duties.replied == [str(conversation_id)] * 2
    assert await statuses(world) == ["succeeded"]
    assert duties.given_up == []


async def test_a_turn_that_fails_for_good_is_given_up_aloud(
    world: World, database_url: str
) -> None:
    duties = Duties()
    duties.failures = [ValueError()]
    conversation_id = await world.someone_writes()
    await execute(world, f"update procrastinate_jobs set attempts = {TRIES_OF_A_MISTAKE}")  # noqa: S608 - a number of ours
    await run_until_idle(world, database_url, duties)
    assert duties.given_up == [str(conversation_id)]
    assert await statuses(world) == ["failed"]
