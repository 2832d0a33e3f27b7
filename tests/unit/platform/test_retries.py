"""When a job is tried again, and when it is given up."""

from typing import Any

import pytest
from procrastinate.jobs import Job
from procrastinate.utils import utcnow
from psycopg import OperationalError as DatabaseGone
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from acuerdo.platform.errors import (
    EngineRefused,
    EngineUnavailable,
    ProviderMisused,
    ProviderUnavailable,
)
from acuerdo.platform.jobs import TRIES_OF_A_MISTAKE, Backoff


def pause(error: BaseException, attempts: int) -> int | None:
    """Seconds until the next try; None where there is none."""
    job = Job(
        id=1,
        status="doing",
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name="conversations.reply_to",
        attempts=attempts,
    )
    decision = Backoff().get_retry_decision(exception=error, job=job)
    return None if decision is None else _seconds(decision)


def _seconds(decision: Any) -> int:
    return round((decision.retry_at - utcnow()).total_seconds())


GONE: list[Exception] = [
    EngineUnavailable(),
    ProviderUnavailable(),
    ConnectionError(),
    OSError(),
    DatabaseGone(),
    PoolExhausted(),
    OperationalError("select 1", None, Exception()),
    InterfaceError("select 1", None, Exception()),
]


@pytest.mark.parametrize("error", GONE, ids=lambda error: type(error).__module__)
def test_what_passes_is_tried_for_hours_with_growing_pauses(error: Exception) -> None:
    pauses = [pause(error, attempts) for attempts in range(10)]
    assert pauses == [1, 2, 3, 5, 8, 15, 30, 30, 30, 30]
    assert pause(error, 499) == 30
    assert pause(error, 500) is None


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        EngineRefused(),
        ProviderMisused(),
        DBAPIError("select", None, Exception()),
    ],
)
def test_a_mistake_is_tried_a_few_times(error: Exception) -> None:
    pauses = [pause(error, attempts) for attempts in range(TRIES_OF_A_MISTAKE)]
    assert pauses == [1, 2, 3, 5, 8, 15, 30]
    assert pause(error, TRIES_OF_A_MISTAKE) is None


@pytest.mark.parametrize(("asked", "waits"), [(12, 12), (0.2, 1), (None, 1), (90.5, 90)])
def test_a_provider_that_says_when_is_not_asked_before(asked: float | None, waits: int) -> None:
    assert pause(ProviderUnavailable(retry_after_seconds=asked), 0) == waits
