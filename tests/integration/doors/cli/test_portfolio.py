"""`acuerdo portfolio import` and `acuerdo debtor show`, on a database of their own."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from doors.cli.main import app
from tests.integration.portfolio.files import a_debtor_row, a_portfolio


@pytest.fixture(autouse=True)
def a_machine(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """The settings of a machine whose database is a test's."""
    monkeypatch.setenv("ACUERDO_DATABASE_URL", database_url)
    monkeypatch.setenv("ACUERDO_REDIS_URL", f"unix://{tmp_path}/nobody.sock")
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers = []
    yield
    root.handlers = before
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def acuerdo(*arguments: str) -> tuple[int, str]:
    """The exit status and what is on standard output."""
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.stdout


def a_file(tmp_path: Path, content: Any) -> str:
    path = tmp_path / "portfolio.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(path)


def test_a_file_is_taken_over_and_a_debtor_shown(tmp_path: Path) -> None:
    status, said = acuerdo("portfolio", "import", a_file(tmp_path, a_portfolio()))
    assert status == 0
    assert json.loads(said)["debts"] == 1
    status, said = acuerdo("debtor", "show", "d-1")
    assert status == 0
    assert json.loads(said)["external_id"] == "d-1"


def test_a_file_with_errors_is_refused_with_each_of_them(tmp_path: Path) -> None:
    wrong = a_portfolio(a_debtor_row(country="XX"))
    status, said = acuerdo("portfolio", "import", a_file(tmp_path, wrong))
    assert status == 1
    assert [each["field"] for each in json.loads(said)["errors"]] == ["country"]
    assert acuerdo("debtor", "show", "d-1")[0] == 1


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    assert acuerdo("portfolio", "import", a_file(tmp_path, content))[0] == 1


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert acuerdo("portfolio", "import", str(tmp_path / "nothing.json"))[0] == 2
