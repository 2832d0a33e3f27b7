"""`acuerdo portfolio import` and `acuerdo debtor show`, on a database of their own."""

import json
from pathlib import Path

import pytest

from tests.integration.doors.cli.command import a_file, acuerdo
from tests.integration.portfolio.files import a_debtor_row, a_portfolio


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
