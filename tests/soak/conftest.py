"""The campaign's seed, its time, and the table at its end."""

import os
import random
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak.campaign import Outcome, table
from tests.soak.episodes import EVERYTHING

Tell = Callable[[Outcome], None]
_SEED = os.environ.get("ACUERDO_SOAK_SEED") or secrets.token_hex(4)
# Where there is no more time than this, an episode of every fault comes first, then others in the
# seed's order; those for which none is left are skipped by name. One that began is lived through.
_SECONDS = float(os.environ.get("ACUERDO_SOAK_SECONDS") or "inf")
_ORDER = (
    "test_faults",
    "test_outage",
    "test_pieces",
    "test_hostile",
    "test_month",
    "test_calendar",
)
# What is small is not always what there is no time left for.
_SHORT_ORDER = ("test_outage", "test_pieces", *_ORDER)
_HERE = Path(__file__).parent
_begun = time.monotonic()
_outcomes: list[Outcome] = []


@pytest.fixture(scope="session")
def seed() -> str:
    """What all random moments of the campaign come from: ACUERDO_SOAK_SEED, or a new one."""
    return _SEED


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Only `pytest -m soak`, as `make soak` calls it, looks at what is in this folder."""
    return None if config.getoption("-m") == "soak" else True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the faults first; where time is short, in the order of the seed's dice."""
    ours = [item for item in items if item.path.parent == _HERE]
    if float("inf") != _SECONDS:
        random.Random(f"{_SEED} order").shuffle(ours)  # noqa: S311 - nothing is kept secret by it
        ours.sort(
            key=lambda item: (
                _SHORT_ORDER.index(item.path.stem),
                f"[{EVERYTHING.name}]" not in item.name,
            )
        )
    else:
        ours.sort(key=lambda item: _ORDER.index(item.path.stem))
    items[:] = [item for item in items if item not in ours] + ours


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what there is no time left for."""
    if time.monotonic() - _begun > _SECONDS:
        pytest.skip(f"the {_SECONDS:.0f} s of ACUERDO_SOAK_SECONDS are over")


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Adds what came of an episode to the table and prints its line at once."""

    def told(outcome: Outcome) -> None:
        _outcomes.append(outcome)
        with capsys.disabled():
            print(f"\n{len(_outcomes):3}  " + "  ".join(outcome.row()), flush=True)  # noqa: T201

    return told


def pytest_report_header() -> str:
    """Tell the seed, to repeat a campaign with."""
    return f"soak: ACUERDO_SOAK_SEED={_SEED}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of all episodes."""
    if _outcomes:
        terminalreporter.section(f"faults, seed {_SEED}")
        terminalreporter.write_line(table(_outcomes))
