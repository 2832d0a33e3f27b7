"""By when a request about one's data is answered."""

from datetime import date

import pytest

from acuerdo.contact.data_rights import due_on, terms
from acuerdo.contact.jurisdictions import COUNTRIES
from acuerdo.contact.law.rules import CITATION_LIMIT
from acuerdo.values.requests import DataRight


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_country_has_a_term_for_every_right(country: str) -> None:
    assert set(terms(country)) == set(DataRight)
    for term in terms(country).values():
        assert len(term.citation) <= CITATION_LIMIT


@pytest.mark.parametrize(
    ("country", "right", "received", "due", "why"),
    [
        # Monday 23 November 2026
        ("AR", DataRight.ACCESS, "2026-11-23", "2026-12-03", "10 calendar days: art. 14"),
        ("AR", DataRight.DELETION, "2026-11-23", "2026-11-30", "5 business days: art. 16"),
        ("MX", DataRight.ACCESS, "2026-11-23", "2026-12-21", "20 business days: art. 31"),
        # 7 and 8 December 2026: the 8th is the Immaculate Conception in Colombia
        ("CO", DataRight.ACCESS, "2026-11-27", "2026-12-14", "10 business days: art. 14"),
        ("CO", DataRight.CORRECTION, "2026-11-23", "2026-12-15", "15 business days: art. 15"),
        # a request on a Friday: Monday and Tuesday, of which the 8th is a holiday in Chile
        ("CL", DataRight.OPPOSITION, "2026-12-04", "2026-12-09", "2 business days"),
        ("ES", DataRight.ACCESS, "2026-11-23", "2026-12-23", "a month"),
    ],
)
def test_the_last_day_by_the_country(
    country: str, right: DataRight, received: str, due: str, why: str
) -> None:
    assert due_on(country, right, date.fromisoformat(received)).isoformat() == due, why
