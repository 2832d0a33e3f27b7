"""The suites at other moments: each weekday, 29 February, 31 December, the eves of clock changes.

Each moment is a run of pytest of its own whose clocks begin there (`quality.clock`). Of the
journeys those are repeated that are written for any day. So many moments are tried at once as the
machine has processors.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import pytest

from acuerdo.platform.settings import ROOT
from quality import leash
from quality.clock import VARIABLE

_SIDE_BY_SIDE: Final = os.cpu_count() or 1
# The last may wait for all the others.
pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]
_SUITES: Final = (
    *("tests/unit", "tests/integration", "tests/journeys/test_any_day.py"),
    # what reads code and lists of sentences reads the same on any day
    *("--ignore=tests/unit/architecture", "--ignore=tests/unit/evaluation"),
)
# A day that is something else is its weekday too: Tuesdays, Thursdays and Saturdays are among them.
_MOMENTS: Final = {
    "Monday": "2026-11-23",
    "Tuesday, 29 February": "2028-02-29",
    "Wednesday": "2026-11-25",
    "Thursday, 31 December": "2026-12-31",
    "Friday": "2026-11-27",
    "Saturday, Chile falls back tonight": "2026-04-04",
    "Saturday, Chile springs forward tonight": "2026-09-05",
    "Saturday, Spain springs forward tonight": "2026-03-28",
    "Saturday, Spain falls back tonight": "2026-10-24",
    "Saturday, the US spring forward tonight": "2026-03-07",
    "Saturday, the US fall back tonight": "2026-10-31",
    "Sunday": "2026-11-29",
}

Runs = dict[str, "Future[str]"]


@pytest.fixture(scope="module")
def runs(seed: str) -> Iterator[Runs]:
    """What each moment came to; empty where all is as on any other day."""
    with contextlib.ExitStack() as leashes, ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:

        def tried(day: str) -> str:
            return _tried(day, seed, leashes)

        try:
            yield {moment: pool.submit(tried, day) for moment, day in _MOMENTS.items()}
        finally:
            # whoever is no longer asked for stops
            pool.shutdown(wait=False, cancel_futures=True)
            leashes.close()


def _tried(day: str, seed: str, leashes: contextlib.ExitStack) -> str:
    process = leash.start(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *_SUITES],
        folder=ROOT,
        environment={
            **os.environ,
            VARIABLE: f"{day}T15:00:00+00:00",
            "ACUERDO_SOAK_SEED": seed,
        },
        output=subprocess.PIPE,
        errors=subprocess.STDOUT,
    )
    assert process.stdin is not None
    leashes.callback(process.stdin.close)
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.read()
    return said[-20_000:] if process.wait() else ""


@pytest.mark.parametrize("moment", _MOMENTS)
def test_all_is_as_on_any_other_day(moment: str, runs: Runs) -> None:
    failed = runs[moment].result()
    assert not failed, failed
