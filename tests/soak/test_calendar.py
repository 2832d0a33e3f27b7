"""The suites at other moments: each weekday, 29 February, 31 December, the eves of clock changes.

Each moment is a run of pytest of its own whose clocks begin there (`quality.clock`). Of the
journeys those are repeated that are written for any day.
"""

import os
import subprocess
import sys
from typing import Final

import pytest

from acuerdo.platform.settings import ROOT
from quality.clock import VARIABLE

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3000)]
_SUITES: Final = ("tests/unit", "tests/integration", "tests/journeys/test_any_day.py")
_MOMENTS: Final = {
    "Monday": "2026-11-23",
    "Tuesday": "2026-11-24",
    "Wednesday": "2026-11-25",
    "Thursday": "2026-11-26",
    "Friday": "2026-11-27",
    "Saturday": "2026-11-28",
    "Sunday": "2026-11-29",
    "29 February": "2028-02-29",
    "31 December": "2026-12-31",
    "Chile falls back tonight": "2026-04-04",
    "Chile springs forward tonight": "2026-09-05",
    "Spain springs forward tonight": "2026-03-28",
    "Spain falls back tonight": "2026-10-24",
    "the US spring forward tonight": "2026-03-07",
    "the US fall back tonight": "2026-10-31",
}


@pytest.mark.parametrize("moment", _MOMENTS)
def test_all_is_as_on_any_other_day(moment: str, seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *_SUITES],
        cwd=ROOT,
        env={
            **os.environ,
            VARIABLE: f"{_MOMENTS[moment]}T15:00:00+00:00",
            "ACUERDO_SOAK_SEED": seed,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:]
