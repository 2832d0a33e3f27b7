"""CSV that no spreadsheet executes; the only writer of CSV in the product. Pure.

Excel reads the separator of its own language and cuts there whatever is quoted, so a formula may
begin in the middle of a cell. There is no line `sep=,`: it makes Excel ignore the byte order mark,
and other readers take it for data.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_LINE_ENDS: Final = re.compile("[\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00]+")
# What begins a formula, in the wide letters, too, which spreadsheets take for the same.
_FORMULA: Final = "=+@\uff1d\uff0b\uff20\uff0d\u2212\\-"
# A formula at the beginning or after a separator, whatever blank, quote or unseen letter hides it.
_RUNS: Final = re.compile(
    rf"(^|[,;|])(?=[\s\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f]*+[{_FORMULA}])"
)


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV: UTF-8 with a byte order mark, commas, every cell on one line."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that no spreadsheet runs: on one line, with `'` wherever a formula could begin."""
    return _RUNS.sub(r"\1'", _LINE_ENDS.sub(" ", text))
