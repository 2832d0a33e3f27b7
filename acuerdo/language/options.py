"""Which of several things that were read out is meant: by its place, or by what sets it apart."""

import re
from collections.abc import Sequence
from typing import Final

from acuerdo.language.choices import bare_number
from acuerdo.language.reading import Reading

# "El 2 me acomoda" and "¿en 4 no se puede?" mean an option and a count where plans were just read
# out; elsewhere the same words are a date or nothing.
_PLACE: Final = re.compile(
    r"^\W*(?:el|la|opci[oó]n|n[uú]mero|plan)\s+(?:n[uú]mero\s+|opci[oó]n\s+)?(\d)\b"
    r"(?!\s*(?:de\b|/|-|cuota|pago|mes))",
    re.I,
)
_IN_SO_MANY: Final = re.compile(r"\ben (\d{1,2})\b(?!\s*(?:d[ií]a|semana|de\b|/|:))", re.I)


def place_in(reading: Reading, text: str, count: int) -> int | None:
    """Read which of `count` things is meant, from 1: "2", "la segunda", "el último"."""
    place = reading.number("ordinal")
    place = count if place == -1 else place
    place = bare_number(text) if place is None else place
    return place if place is not None and 1 <= place <= count else None


def plan_in(reading: Reading, text: str, counts: Sequence[int]) -> int | None:
    """Read which of the plans is meant, from 1: by its place, or by how many instalments it has.

    `counts` are the instalments of each. An ordinal that names none of them means none.
    """
    if reading.first("ordinal") is not None:
        return place_in(reading, text, len(counts))
    bare = bare_number(text)
    pointed = _PLACE.match(text)
    for place in (None if pointed is None else int(pointed[1]), bare):
        if place is not None and 1 <= place <= len(counts):
            return place
    count = reading.number("installments") if bare is None else bare
    return counts.index(count) + 1 if count in counts else None


def count_in(text: str) -> int | None:
    """Read how many instalments are wished where plans were read out: "¿en 4 no se puede?"."""
    match = _IN_SO_MANY.search(text)
    return None if match is None else int(match[1])
