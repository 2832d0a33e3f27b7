"""The worker: runs the jobs, and takes up those of a worker that died."""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.worker import Worker

from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.jobs import TRIES_OF_A_MISTAKE, Backoff, Job, Jobs, is_transient
from acuerdo.platform.logging import get_logger
from acuerdo.tasks import JOBS

# Jobs that are due later, or again, are looked for this often.
_POLL_SECONDS = 0.5
# Jobs with times of their own are looked for this often.
_TIMES_SECONDS = 20
_log = get_logger()


def register(app: App, core: Acuerdo) -> None:
    """Let the queue run every job of the product on the core."""
    for each in JOBS:
        _register(app, core, each)


def _register(app: App, core: Acuerdo, job: Job[Any]) -> None:
    @app.task(name=job.name, retry=Backoff() if job.retried else False, pass_context=True)
    async def carried_out(context: JobContext, /, **queued: str) -> None:
        arguments = job.read(queued)
        try:
            await job.run(core, **arguments)
        except Exception as error:
            hopeless = not is_transient(error) and context.job.attempts >= TRIES_OF_A_MISTAKE
            if hopeless and job.last_resort is not None:
                # nobody will try again: the person must not be left without an answer
                await job.last_resort(core, **arguments)
            raise


class QueueWorker(Worker):
    """A worker that can be asked what it is doing."""

    def does(self, job_id: int | None) -> bool:
        """Whether it has begun a job, and not yet written down how it ended."""
        return any(each.job.id == job_id for each in self._running_jobs.values())


@dataclass(slots=True)
class ForgottenJobs:
    """Jobs that the queue believes this worker is doing, and that it is not.

    The database was away when one was given to it or its end was to be written down. Nobody else
    takes such a job up, since the worker lives, and its lock holds up all that follows it.
    """

    jobs: Jobs
    worker: QueueWorker
    suspected: frozenset[int | None] = frozenset()

    async def rescue(self) -> int:
        """Queue again what was forgotten at the last look, too; gives how many there were.

        Not at the first: what the queue has just given to the worker is about to begin.
        """
        if self.worker.worker_id is None:
            return 0
        manager = self.jobs.app.job_manager
        given = await manager.list_jobs_async(
            status=Status.DOING.value, worker_id=self.worker.worker_id
        )
        forgotten = [each for each in given if not self.worker.does(each.id)]
        again = [each for each in forgotten if each.id in self.suspected]
        self.suspected = frozenset(each.id for each in forgotten)
        for job in again:
            _log.warning("job_rescued", job=job.id, task=job.task_name)
            await manager.retry_job(job)
        return len(again)


async def run(core: Acuerdo) -> None:
    """Run jobs until the process is told to stop."""
    settings = core.settings.worker
    register(core.jobs.app, core)
    worker = QueueWorker(
        core.jobs.app,
        concurrency=settings.concurrency,
        fetch_job_polling_interval=_POLL_SECONDS,
        update_heartbeat_interval=settings.heartbeat_seconds,
        stalled_worker_timeout=settings.stalled_after_seconds,
        shutdown_graceful_timeout=10,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
    )
    besides = [
        asyncio.create_task(_rescue_forever(core, worker)),
        asyncio.create_task(_keep_times_forever(core)),
    ]
    try:
        await worker.run()  # type: ignore[no-untyped-call]  # it says nothing of its types
    finally:
        for each in besides:
            each.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await each


async def _rescue_forever(core: Acuerdo, worker: QueueWorker) -> None:
    settings = core.settings.worker
    forgotten = ForgottenJobs(core.jobs, worker)
    while True:
        try:
            await rescue_stalled_jobs(
                core.jobs, settings.stalled_after_seconds, own_id=worker.worker_id
            )
            await forgotten.rescue()
        except (OSError, ConnectorException) as error:
            _log.warning("rescue_failed", exc_info=error)
        await asyncio.sleep(settings.heartbeat_seconds)


async def _keep_times_forever(core: Acuerdo) -> None:
    """Run the jobs that have times of their own; several workers doing one at once do no harm."""
    last = _since_epoch(core)
    while True:
        await asyncio.sleep(_TIMES_SECONDS)
        now = _since_epoch(core)
        for each in JOBS:
            if each.every is None or now // each.every == last // each.every:
                continue
            (ended,) = await asyncio.gather(each.run(core), return_exceptions=True)
            if isinstance(ended, Exception):
                _log.warning("timed_job_failed", job=each.name, exc_info=ended)
        last = now


def _since_epoch(core: Acuerdo) -> timedelta:
    return timedelta(seconds=core.outside.clock.now().timestamp())


async def rescue_stalled_jobs(
    jobs: Jobs, stalled_after_seconds: float, *, own_id: int | None
) -> int:
    """Queue again the jobs of workers whose heart stopped; gives how many there were.

    Not those of the worker `own_id`, which asks: one that was paused finds its own heart late,
    and would do at once again what it is still doing.
    """
    manager = jobs.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_seconds)
    rescued = 0
    for job in stalled:
        if job.id is None or job.status != Status.DOING.value:
            continue
        if job.worker_id is not None and job.worker_id == own_id:
            continue
        _log.warning("job_rescued", job=job.id, task=job.task_name)
        await manager.retry_job(job)
        rescued += 1
    return rescued
