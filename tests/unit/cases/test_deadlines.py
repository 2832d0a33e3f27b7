"""By when a case is answered, by country."""

from datetime import date

import pytest

from acuerdo.cases.deadlines import deadline
from acuerdo.cases.kinds import CaseKind
from acuerdo.values.countries import COUNTRIES

# a Monday
OPENED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("country", "kind", "last", "law"),
    [
        # thirty business days; 25 December and 1 January are none
        ("MX", CaseKind.DISPUTE, date(2027, 1, 6), "LPDUSF, art. 50 Bis IV"),
        # fifteen; 8 December is none
        ("CO", CaseKind.DISPUTE, date(2026, 12, 15), "Ley 1266 de 2008, art. 16"),
        ("AR", CaseKind.DISPUTE, date(2026, 12, 9), "BCRA"),
        ("PE", CaseKind.DISPUTE, date(2026, 12, 16), "Regla de la casa"),
        ("PE", CaseKind.PAYMENT_CLAIM, date(2026, 11, 30), "Regla de la casa"),
        ("CL", CaseKind.REPRESENTATIVE, date(2026, 11, 30), "Regla de la casa"),
    ],
)
def test_the_last_day_is_the_laws_or_ours(
    country: str, kind: CaseKind, last: date, law: str
) -> None:
    limit = deadline(country, kind)
    assert limit.last_day(country, OPENED) == last
    assert limit.citation.startswith(law)


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_country_has_every_deadline_but_that_of_its_data_law(country: str) -> None:
    for kind in CaseKind:
        if kind is not CaseKind.DATA_REQUEST:
            assert deadline(country, kind).last_day(country, OPENED) > OPENED


def test_requests_about_data_have_theirs_elsewhere() -> None:
    with pytest.raises(LookupError):
        deadline("PE", CaseKind.DATA_REQUEST)
