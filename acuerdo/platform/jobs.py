"""Work for later, queued in the caller's transaction: it exists exactly when the data do."""

import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from inspect import signature
from typing import Any, Concatenate, Final, Generic, ParamSpec, Protocol
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job as QueuedJob
from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.platform.errors import EngineUnavailable, ProviderUnavailable
from acuerdo.platform.transient import TRANSIENT

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

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
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


P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class JobCall:
    """One piece of work to queue: a job's name and its arguments as text."""

    name: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    """A kind of work that the worker does; calling it makes the piece of work to queue.

    `run` takes the core and the arguments. `retried`: a failure is tried again with growing
    pauses, and `last_resort` runs, with the same arguments, when nobody will try again. `every`:
    how often each worker runs it by itself, from midnight UTC of the product's clock on.
    """

    name: str
    run: Callable[Concatenate[Any, P], Awaitable[None]]
    retried: bool
    last_resort: Callable[..., Awaitable[None]] | None
    every: timedelta | None = None

    def __call__(self, *args: P.args, **arguments: P.kwargs) -> JobCall:
        """Make a piece of work of named arguments: identifiers and words of a closed list."""
        return JobCall(self.name, {name: str(value) for name, value in arguments.items()})

    def read(self, arguments: Mapping[str, str]) -> dict[str, Any]:
        """Give queued arguments back as what `run` declares them to be."""
        declared = signature(self.run).parameters
        return {name: declared[name].annotation(text) for name, text in arguments.items()}


class _Decorator(Protocol):
    def __call__(self, run: Callable[Concatenate[Any, P], Awaitable[None]], /) -> Job[P]: ...


def job(
    name: str,
    *,
    retried: bool = True,
    last_resort: Callable[..., Awaitable[None]] | None = None,
    every: timedelta | None = None,
) -> _Decorator:
    """Make a function of the core and named arguments a job; the name stands in the queue."""

    def named(run: Callable[Concatenate[Any, P], Awaitable[None]], /) -> Job[P]:
        return Job(name, run, retried, last_resort, every)

    return named


@dataclass(frozen=True, slots=True)
class Jobs:
    """Queues work in the transaction of the caller."""

    app: App

    async def enqueue(
        self,
        session: AsyncSession,
        work: JobCall,
        *,
        lock: UUID | None = None,
        delay: timedelta | None = None,
    ) -> None:
        """Queue a piece of work; those with one `lock` run one at a time, in the order queued."""
        raw = await (await session.connection()).get_raw_connection()
        options: dict[str, Any] = {"connection": raw.driver_connection}
        if lock is not None:
            options["lock"] = str(lock)
        if delay is not None:
            options["schedule_in"] = {"seconds": max(0, math.ceil(delay.total_seconds()))}
        await self.app.configure_task(work.name, **options).defer_async(**work.arguments)
