"""Work for later, queued in the caller's transaction: it exists exactly when the data do."""

import math
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job
from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.errors import EngineUnavailable, ProviderUnavailable
from acuerdo.platform.transient import TRANSIENT


class JobName(StrEnum):
    """The kinds of work; the names are kept in the queue's table."""

    REPLY_TO = "conversations.reply_to"
    DELIVER = "conversations.deliver"
    FETCH_MEDIA = "conversations.fetch_media"
    ACKNOWLEDGE = "conversations.acknowledge"
    THANK = "payments.thank"
    FINISH_CALL = "calls.finish"
    CALL = "calls.call"
    CALL_AGAIN = "calls.again"
    FOLLOW_PROMISE = "campaigns.follow_promise"
    FOLLOW_PLAN = "campaigns.follow_plan"
    FOLLOW_CALLBACK = "campaigns.follow_callback"
    JUDGE_PROMISE = "campaigns.judge_promise"
    JUDGE_INSTALMENT = "campaigns.judge_instalment"
    CARRY_OUT = "planned_contacts.attempt"
    LOOK_AFTER = "campaigns.look_after"


# So often a job is tried that fails for no reason known to pass.
TRIES_OF_A_MISTAKE: Final = 7
_DELAYS_SECONDS: Final = (1, 2, 3, 5, 8, 15, 30)
_MOST_ATTEMPTS: Final = 500


def is_transient(error: BaseException) -> bool:
    """Whether a job that failed so may succeed unchanged: a part of the product was not there."""
    return isinstance(error, (EngineUnavailable, ProviderUnavailable, OSError, *TRANSIENT))


class Backoff(BaseRetryStrategy):
    """Try again with growing pauses; when to stop is the use case's decision, by the time passed.

    A job that failed by a mistake of ours is tried a few times too: a deployment may mend it.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, or None to give up."""
        if job.attempts >= (_MOST_ATTEMPTS if is_transient(exception) else TRIES_OF_A_MISTAKE):
            return None
        delay: float = _DELAYS_SECONDS[min(job.attempts, len(_DELAYS_SECONDS) - 1)]
        if isinstance(exception, ProviderUnavailable) and exception.retry_after_seconds:
            delay = max(delay, exception.retry_after_seconds)
        return RetryDecision(retry_in={"seconds": int(delay) or 1})


def new_app(database_url: str, *, pool_size: int = 4) -> App:
    """The queue on a PostgreSQL database; open it before use."""
    return App(
        connector=PsycopgConnector(
            conninfo=database_url,
            min_size=1,
            max_size=pool_size,
            configure=_without_transactions,
        )
    )


async def _without_transactions(connection: AsyncConnection[Any]) -> None:
    """The queue's own questions are single statements; a transaction would be two more for each."""
    await connection.set_autocommit(True)


class Jobs:
    """Queues work in the transaction of the caller."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def enqueue(
        self,
        session: AsyncSession,
        name: JobName,
        *,
        lock: UUID | None = None,
        delay: timedelta | None = None,
        **arguments: str,
    ) -> None:
        """Queue a job; those with one `lock` run one at a time, in the order queued."""
        raw = await (await session.connection()).get_raw_connection()
        options: dict[str, Any] = {"connection": raw.driver_connection}
        if lock is not None:
            options["lock"] = str(lock)
        if delay is not None:
            options["schedule_in"] = {"seconds": max(0, math.ceil(delay.total_seconds()))}
        await self.app.configure_task(name.value, **options).defer_async(**arguments)
