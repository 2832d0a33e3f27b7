"""`acuerdo audit`, on a database of its own."""

import pytest
from sqlalchemy import create_engine, text

from acuerdo.settings import database_url_for_sqlalchemy
from tests.contract.api.conftest import database_url, postgres  # noqa: F401 - fixtures
from tests.contract.cli.test_portfolio import a_machine, acuerdo  # noqa: F401 - fixtures


@pytest.fixture
def a_row(database_url: str) -> None:  # noqa: F811
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


@pytest.mark.parametrize("noted", ["1", "x:00", "1:00"])
def test_a_head_that_is_none_is_refused(noted: str) -> None:
    assert acuerdo("audit", "verify", "--head", noted)[0] == 2
