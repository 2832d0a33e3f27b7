"""M3: no cell of a CSV of ours is a formula, whichever separator a spreadsheet cuts at."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acuerdo.platform.settings import ROOT
from acuerdo.values.spreadsheets import csv_of, harmless

DELIMITERS = [",", ";", "\t", "|"]
HIDING = " \t\"'\u00a0\u200b\u202e\ufeff\x00\x0b"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "−")
NASTY = st.text(alphabet=st.sampled_from("=+-@;,|\t\r\n\"' ax'\\\u2028\x85\u200b＝"), max_size=14)


def cells(content: bytes, delimiter: str) -> list[str]:
    text = content.decode("utf-8-sig")
    return [
        cell
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
        for cell in row
    ]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@given(rows=st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=3))
@example(rows=[("a", "x;=cmd|' /C calc'!A0;y", "b")])
@example(rows=[("a", "x\n=1+1", "b")])
@example(rows=[("a", 'x;"=1+1"', "b")])
@example(rows=[("a", "x;\u200b=1", "b")])
@example(rows=[("=1", "\t=1", "x\r\n@SUM(1)")])
def test_no_cell_begins_a_formula_under_any_separator(
    delimiter: str, rows: list[tuple[str, str, str]]
) -> None:
    for cell in cells(csv_of(rows), delimiter):
        assert not cell.lstrip(HIDING.replace("'", "")).startswith(FORMULA), repr(cell)


@given(rows=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1))
def test_each_row_is_one_line_and_keeps_its_cells(rows: list[tuple[str, str]]) -> None:
    text = csv_of(rows).decode("utf-8-sig", "surrogatepass")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(rows)
    assert text.count("\r\n") == len(rows)
    assert len(text.splitlines()) == len(rows)


@pytest.mark.parametrize(
    "text", ["", "hola", "S/ 100.00", "a-b", "son 5, y 6", "2026-11-24 10:00", "ana@x.org", "1; 2"]
)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_nothing_else_writes_csv() -> None:
    writers = [
        str(path.relative_to(ROOT))
        for room in ("acuerdo", "doors", "voice", "bot", "actions")
        for path in (ROOT / room).rglob("*.py")
        if "csv.writer" in (text := path.read_text(encoding="utf-8")) or "DictWriter" in text
    ]
    assert writers == ["acuerdo/values/spreadsheets.py"]
