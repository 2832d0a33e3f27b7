"""The worker: runs the jobs, and takes up those of a worker that died."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.worker import Worker

from acuerdo.bootstrap import Acuerdo
from acuerdo.contact.models import Purpose
from acuerdo.platform.errors import ProviderError
from acuerdo.platform.jobs import TRIES_OF_A_MISTAKE, Backoff, JobName, Jobs, is_transient
from acuerdo.platform.logging import get_logger
from acuerdo.values.channels import Channel

# Jobs that are due later, or again, are looked for this often.
_POLL_SECONDS = 0.5
_log = get_logger()


def register(app: App, core: Acuerdo) -> None:
    """Connect the names of the jobs with the use cases that do them."""

    @app.task(name=JobName.REPLY_TO.value, retry=Backoff(), pass_context=True)
    async def reply_to(context: JobContext, *, conversation_id: str) -> None:
        try:
            await core.turns.reply_to(UUID(conversation_id))
        except Exception as error:
            if not is_transient(error) and context.job.attempts >= TRIES_OF_A_MISTAKE:
                # nobody will try again: the person must not be left without an answer
                await core.turns.give_up(UUID(conversation_id))
            raise

    @app.task(name=JobName.ACKNOWLEDGE.value)
    async def acknowledge(*, channel: str, token: str) -> None:
        # a press that was noticed too late cannot be acknowledged, and nothing is lost by it
        with contextlib.suppress(ProviderError):
            await core.contact.acknowledge(Channel(channel), token)

    @app.task(name=JobName.THANK.value, retry=Backoff())
    async def thank(*, payment_id: str, conversation_id: str) -> None:
        await core.payments.thank(UUID(payment_id), UUID(conversation_id))

    @app.task(name=JobName.CALL.value)
    async def call(*, call_id: str, contact_point_id: str, purpose: str) -> None:
        # a call that could not be placed has been noted as one that failed
        with contextlib.suppress(ProviderError):
            await core.dialling.call(
                UUID(contact_point_id), Purpose(purpose), call_id=UUID(call_id)
            )

    @app.task(name=JobName.CALL_AGAIN.value)
    async def call_again(*, call_id: str) -> None:
        with contextlib.suppress(ProviderError):
            await core.dialling.call_again(UUID(call_id))

    _register_payment_event(app, core)
    for name, use_case in _BY_ID.items():
        _register_by_id(app, core, name, use_case)


def _register_payment_event(app: App, core: Acuerdo) -> None:
    @app.task(name=JobName.PAYMENT_EVENT.value, retry=Backoff())
    async def payment_event(*, event_id: str) -> None:
        try:
            await core.payment_events.handle(UUID(event_id))
        except Exception as error:
            if not is_transient(error):
                # it is tried again, and meanwhile it stands among those that lie
                await core.external_events.fail(UUID(event_id), type(error).__name__)
            raise


# The jobs whose one argument is the id of what they are about.
_BY_ID: Final[dict[JobName, Callable[[Acuerdo], Callable[[UUID], Awaitable[None]]]]] = {
    JobName.DELIVER: lambda core: core.outbox.deliver,
    JobName.FETCH_MEDIA: lambda core: core.media.fetch,
    JobName.FINISH_CALL: lambda core: core.hang_up.complete,
    JobName.FOLLOW_PROMISE: lambda core: core.agreement_follow_up.schedule_promise,
    JobName.FOLLOW_PLAN: lambda core: core.agreement_follow_up.schedule_plan,
    JobName.FOLLOW_CALLBACK: lambda core: core.agreement_follow_up.schedule_callback_contact,
    JobName.JUDGE_PROMISE: lambda core: core.agreement_follow_up.break_if_overdue,
    JobName.JUDGE_INSTALMENT: lambda core: core.agreement_follow_up.miss_if_overdue,
    JobName.CARRY_OUT: lambda core: core.planned_contacts.attempt,
    JobName.LOOK_AFTER: lambda core: core.planned_contacts.check_delivery,
}


def _register_by_id(
    app: App,
    core: Acuerdo,
    name: JobName,
    use_case: Callable[[Acuerdo], Callable[[UUID], Awaitable[None]]],
) -> None:
    @app.task(name=name.value, retry=Backoff())
    async def carried_out(**arguments: str) -> None:
        (identifier,) = arguments.values()
        await use_case(core)(UUID(identifier))


async def run(core: Acuerdo) -> None:
    """Run jobs until the process is told to stop."""
    settings = core.settings.worker
    register(core.jobs.app, core)
    worker = Worker(
        core.jobs.app,
        concurrency=settings.concurrency,
        fetch_job_polling_interval=_POLL_SECONDS,
        update_heartbeat_interval=settings.heartbeat_seconds,
        stalled_worker_timeout=settings.stalled_after_seconds,
        shutdown_graceful_timeout=10,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
    )
    rescue = asyncio.create_task(_rescue_forever(core, worker))
    try:
        await worker.run()  # type: ignore[no-untyped-call]  # it says nothing of its types
    finally:
        rescue.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await rescue


async def _rescue_forever(core: Acuerdo, worker: Worker) -> None:
    settings = core.settings.worker
    while True:
        try:
            await rescue_stalled_jobs(
                core.jobs, settings.stalled_after_seconds, own_id=worker.worker_id
            )
        except (OSError, ConnectorException) as error:
            _log.warning("rescue_failed", exc_info=error)
        await asyncio.sleep(settings.heartbeat_seconds)


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
