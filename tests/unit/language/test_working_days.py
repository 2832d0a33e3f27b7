"""Working days by the country's holidays (B40)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.language import extract
from acuerdo.values.working_days import (
    is_holiday,
    is_working_day,
    working_day_from,
    working_day_until,
    working_days_after,
)
from tests.unit.language.speech import a_context, values

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [
        # 1 January 2027 is a Friday and a holiday everywhere
        ("el primer día hábil de enero", "PE", "2027-01-04"),
        ("le pago el primer dia habil de enero", "MX", "2027-01-04"),
        ("el primero hábil de enero", "CL", "2027-01-04"),
        ("el 1er día hábil de enero del 2027", "CO", "2027-01-04"),
        ("primer dia abil de enero", "AR", "2027-01-04"),
        ("el primer día laborable del año que viene", "EC", "2027-01-04"),
        ("el primer día bancario del próximo año", "PE", "2027-01-04"),
        ("el segundo día hábil de enero", "PE", "2027-01-05"),
        ("el 2do día hábil de enero", "PE", "2027-01-05"),
        # 11 January 2027 is Reyes, moved to a Monday, in Colombia alone
        ("el quinto día hábil de enero", "PE", "2027-01-08"),
        ("el 6to día hábil de enero", "PE", "2027-01-11"),
        ("el sexto día hábil de enero", "CO", "2027-01-12"),
        # 8 December is a holiday in Peru, with the 9th, and in Argentina, with the 7th
        ("el sexto día hábil de diciembre", "PE", "2026-12-10"),
        ("el sexto día hábil de diciembre", "MX", "2026-12-08"),
        ("el sexto día hábil del mes que viene", "AR", "2026-12-10"),
        ("el último día hábil de mayo", "MX", "2027-05-31"),
        ("el último día hábil del mes", "PE", "2026-11-30"),
        ("el último día hábil del año", "PE", "2026-12-31"),
        ("el penúltimo día hábil del mes", "PE", "2026-11-27"),
        ("el primer día hábil del mes", "PE", "2026-12-01"),
        ("el primer día hábil", "PE", "2026-12-01"),
        ("el primer día hábil de la próxima semana", "PE", "2026-11-30"),
        ("el próximo día hábil", "PE", "2026-11-25"),
        ("al día siguiente hábil", "PE", "2026-11-25"),
        ("el siguiente día hábil después del 25 de diciembre", "PE", "2026-12-28"),
        ("el día hábil después del fin de semana", "PE", "2026-11-30"),
        # eleven working days from Tuesday 24 November go over both
        ("en once días hábiles", "PE", "2026-12-11"),
        ("en once días hábiles", "MX", "2026-12-09"),
        ("en 11 días laborables", "PE", "2026-12-11"),
    ],
)
def test_b40_a_working_day_is_one_by_the_countrys_holidays(
    text: str, country: str, day: str
) -> None:
    found = extract(text, a_context(country, today=TUESDAY))
    assert values(found, "date") == [day]


def test_b40_a_working_day_that_has_passed_this_month_is_the_next_months() -> None:
    found = extract("el segundo día hábil del mes", a_context("PE", today=TUESDAY))
    assert values(found, "date") == ["2026-12-02"]


def test_b40_there_is_no_thirtieth_working_day() -> None:
    found = extract("el 23 día hábil de febrero", a_context("PE", today=TUESDAY))
    assert "2027-02-23" not in values(found, "date")


@pytest.mark.parametrize(
    ("country", "day", "holiday"),
    [
        ("PE", date(2026, 12, 25), True),
        ("PE", date(2027, 7, 28), True),
        ("CO", date(2027, 1, 11), True),
        ("PE", date(2027, 1, 11), False),
        ("AR", date(2027, 5, 25), True),
        ("", date(2026, 12, 25), False),
        ("ZZ", date(2026, 12, 25), False),
    ],
)
def test_a_holiday_is_one_of_its_country(country: str, day: date, holiday: bool) -> None:
    assert is_holiday(country, day) is holiday


@given(
    st.sampled_from(["AR", "CL", "CO", "EC", "ES", "MX", "PE", "US"]),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(1, 40),
)
def test_what_is_counted_are_working_days(country: str, day: date, count: int) -> None:
    found = working_days_after(country, day, count)
    between = [day + timedelta(days=each) for each in range(1, (found - day).days + 1)]
    assert sum(is_working_day(country, each) for each in between) == count
    assert is_working_day(country, found)
    assert working_day_until(country, day) <= day <= working_day_from(country, day)
