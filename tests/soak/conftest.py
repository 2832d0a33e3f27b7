"""The campaign's seed, its product, and the table at its end."""

import os
import secrets
from collections.abc import Callable

import pytest

from tests.soak.campaign import Outcome, table

Tell = Callable[[Outcome], None]
_SEED = os.environ.get("ACUERDO_SOAK_SEED") or secrets.token_hex(4)
_outcomes: list[Outcome] = []


@pytest.fixture(scope="session")
def seed() -> str:
    """What all random moments of the campaign come from: ACUERDO_SOAK_SEED, or a new one."""
    return _SEED


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Only `pytest -m soak`, as `make soak` calls it, looks at what is in this folder."""
    return None if config.getoption("-m") == "soak" else True


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Adds what came of an episode to the table and prints its line at once."""

    def told(outcome: Outcome) -> None:
        _outcomes.append(outcome)
        with capsys.disabled():
            print(f"\n{len(_outcomes):3}  " + "  ".join(outcome.row()), flush=True)  # noqa: T201

    return told


def pytest_report_header() -> str:
    """The seed, to repeat a campaign with."""
    return f"soak: ACUERDO_SOAK_SEED={_SEED}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of all episodes."""
    if _outcomes:
        terminalreporter.section(f"faults, seed {_SEED}")
        terminalreporter.write_line(table(_outcomes))
