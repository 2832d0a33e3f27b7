"""A machine on which the command is run: its settings lead to a database of the test's own."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from quality.clock import START


@pytest.fixture(autouse=True)
def a_machine(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Make the settings those of a machine whose database is a test's."""
    monkeypatch.setenv("ACUERDO_DATABASE_URL", database_url)
    monkeypatch.setenv("ACUERDO_REDIS_URL", f"unix://{tmp_path}/nobody.sock")
    monkeypatch.setenv("ACUERDO_RUN_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("ACUERDO_CLOCK_START", START.isoformat())
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers = []
    yield
    root.handlers = before
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
