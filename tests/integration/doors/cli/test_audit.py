"""`acuerdo audit`, on a database of its own."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from acuerdo.platform.settings import database_url_for_sqlalchemy
from doors.cli.main import app
from tests.integration.doors.cli.command import a_file, acuerdo
from tests.integration.portfolio.files import a_portfolio


@pytest.fixture
def a_row(database_url: str) -> None:
    """A decision that somebody put into the database by hand."""
    engine = create_engine(database_url_for_sqlalchemy(database_url))
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into decision (at, kind, allowed, rule, facts)"
                " values (now(), 'offer', true, 'any', '{}')"
            )
        )
    engine.dispose()


def head_in(said: str) -> str:
    return said.rsplit(": ", 1)[1].strip()


def test_an_empty_ledger_is_whole() -> None:
    status, said = acuerdo("audit", "verify")
    assert status == 0
    assert "completo y sin cambios: 0 filas" in said
    assert head_in(said) == f"0:{'00' * 32}"


def test_a_row_without_a_link_is_named_and_can_be_adopted(a_row: None) -> None:
    # given a row that is not in the chain
    status, said = acuerdo("audit", "verify")
    assert status == 1
    assert "fila agregada sin eslabón (decision 1)" in said
    # when an operator takes it in
    assert acuerdo("audit", "adopt") == (0, "decision: 1\n1 filas adoptadas\n")
    # then the ledger is whole and says so, with a head that can be noted
    status, said = acuerdo("audit", "verify")
    assert status == 0
    assert "1 adoptadas" in said
    assert acuerdo("audit", "verify", "--head", head_in(said))[0] == 0
    status, said = acuerdo("audit", "verify", "--head", f"1:{'00' * 32}")
    assert status == 1
    assert "no pasa por el final anotado 1" in said


def test_one_persons_file_is_written(tmp_path: Path) -> None:
    # given a debtor
    acuerdo("portfolio", "import", a_file(tmp_path, a_portfolio()))
    # then their file comes as CSV or PDF, for a period
    status, said = acuerdo("audit", "export", "d-1", "--from", "2026-11-01", "--to", "2026-11-30")
    assert status == 0
    assert "Nombre: Ana Flores" in said
    assert "Del 2026-11-01 al 2026-11-30" in said
    done = CliRunner().invoke(app, ["audit", "export", "d-1", "--format", "pdf"])
    assert done.exit_code == 0
    assert done.stdout_bytes.startswith(b"%PDF-")
    # and nobody's does not
    assert acuerdo("audit", "export", "nobody")[0] == 1
    assert acuerdo("audit", "export", "d-1", "--from", "ayer")[0] == 2
    # and the chain holds that both were made, beside the consent that the portfolio brought
    assert "3 filas selladas" in acuerdo("audit", "verify")[1]


@pytest.mark.parametrize("noted", ["1", "x:00", "1:00"])
def test_a_head_that_is_none_is_refused(noted: str) -> None:
    assert acuerdo("audit", "verify", "--head", noted)[0] == 2
