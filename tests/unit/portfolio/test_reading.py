"""Whatever a file holds, each row is taken or named."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.platform.errors import EncodingUnknown, PortfolioMalformed
from acuerdo.portfolio.reading import PortfolioFile, parsed, rows_of
from tests.integration.portfolio.files import a_creditor_row, a_debt_row, a_debtor_row, a_portfolio

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**15, max_value=10**40),
    st.floats(),
    st.text(max_size=80),
    st.sampled_from(
        ["\x00", "\ud800", "\u202e", "1e999", "-0", "NaN", "9" * 400, "0001-01-01", "9999-12-31",
         "2026-02-30", "+51987654321", "3.0E+09", "whatsapp", "PE", "PEN", "America/Lima", "CLF"]
    ),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def damaged(row: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A row some of whose fields are anything at all, or gone."""
    fields = st.dictionaries(st.sampled_from([*row, "extra"]), ANYTHING, max_size=3)
    gone = st.lists(st.sampled_from(list(row)), max_size=2)
    return st.tuples(fields, gone).map(
        lambda made: {k: v for k, v in (row | made[0]).items() if k not in made[1]}
    )


CONTACT = {"channel": "whatsapp", "address": "+51987654321", "consent": True}
DEBTOR = st.builds(
    lambda own, contacts, debts: own | {"contacts": contacts, "debts": debts},
    damaged({k: v for k, v in a_debtor_row().items() if k not in ("contacts", "debts")}),
    st.one_of(ANYTHING, st.lists(damaged(CONTACT), max_size=3)),
    st.one_of(ANYTHING, st.lists(damaged(a_debt_row()), max_size=3)),
)
FILES = st.builds(
    lambda creditors, debtors, more: {"creditors": creditors, "debtors": debtors} | more,
    st.one_of(ANYTHING, st.lists(damaged(a_creditor_row()), max_size=3)),
    st.one_of(ANYTHING, st.lists(st.one_of(ANYTHING, DEBTOR), max_size=4)),
    st.dictionaries(st.sampled_from(["as_of", "more", ""]), ANYTHING, max_size=2),
)


@settings(max_examples=300)
@given(st.one_of(FILES, ANYTHING))
def test_any_file_is_an_answer(content: object) -> None:
    file = rows_of(content, ["luz-norte"])
    assert isinstance(file, PortfolioFile)
    # what is said of it can be stored and sent
    json.dumps(file.report.as_json()).encode()
    for error in file.report.errors:
        assert "\x00" not in f"{error.row}{error.field}{error.problem}"
        f"{error.row}{error.field}{error.problem}".encode()
    for debtor in file.debtors:
        assert debtor.name.strip() == debtor.name != ""


@settings(max_examples=100)
@given(DEBTOR)
def test_a_damaged_row_never_keeps_its_neighbours_out(damaged_row: dict[str, Any]) -> None:
    right = a_debtor_row(id="right", debts=[a_debt_row(id="right-a")])
    if damaged_row.get("id") == "right":
        return
    file = rows_of(a_portfolio(right, damaged_row), [])
    assert "right" in [each.id for each in file.debtors]


@pytest.mark.parametrize("depth", [64, 500, 5_000, 200_000])
@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_depth_is_answered(depth: int, brackets: str) -> None:
    inner = "[" * depth + "]" * depth if brackets == "[]" else '{"a":' * depth + "1" + "}" * depth
    content = f'{{"debtors": [{inner}, {json.dumps(a_debtor_row())}]}}'.encode()
    try:
        file = rows_of(parsed(content), ["luz-norte"])
    except (PortfolioMalformed, EncodingUnknown):
        return
    assert [each.id for each in file.debtors] == ["d-1"]


def test_names_are_kept_on_one_line_and_upright() -> None:
    row = a_debtor_row(name="  Ana\u202e \n\tFlores\u200b ")
    (debtor,) = rows_of(a_portfolio(row), []).debtors
    assert debtor.name == "Ana Flores"


def test_an_address_of_a_channel_that_is_not_served_yet_is_kept_as_it_is() -> None:
    address = {"channel": "email", "address": "ana@example.test"}
    file = rows_of(a_portfolio(a_debtor_row(contacts=[address])), [])
    assert [each.address for each in file.debtors[0].contacts] == ["ana@example.test"]
    assert file.report.errors == []
