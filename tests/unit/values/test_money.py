"""Money: minor units, written as each country writes, split without losing a centavo."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.values.countries import COUNTRIES, country
from acuerdo.values.money import Money, NotAnAmount, exponent

MINOR = st.integers(min_value=0, max_value=10**12)
CURRENCIES = st.sampled_from(["MXN", "COP", "PEN", "CLP", "ARS", "USD", "EUR", "CLF"])


@pytest.mark.parametrize(
    ("minor", "currency", "home", "written"),
    [
        (150050, "MXN", "MX", "$1,500.50"),
        (150000, "MXN", "MX", "$1,500.00"),
        (150050, "ARS", "AR", "$1.500,50"),
        (150000000, "COP", "CO", "$1.500.000"),
        (150000050, "COP", "CO", "$1.500.000,50"),
        (1500000, "CLP", "CL", "$1.500.000"),
        (32050, "PEN", "PE", "S/ 320.50"),
        (123456789, "PEN", "PE", "S/ 1,234,567.89"),
        (5000, "USD", "EC", "US$ 50,00"),
        (5000, "USD", "US", "US$ 50.00"),
        (5000, "USD", "MX", "US$ 50.00"),
        (5000, "EUR", "ES", "€ 50,00"),
        (15000, "COP", "MX", "COP 150"),
        (385432100, "CLF", "CL", "UF 38.543,2100"),
        (1, "MXN", "MX", "$0.01"),
        (0, "PEN", "PE", "S/ 0.00"),
    ],
)
def test_an_amount_is_written_as_people_of_the_country_write_it(
    minor: int, currency: str, home: str, written: str
) -> None:
    assert Money(minor, currency).text(country(home)) == written


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1500.50", "MXN", 150050),
        ("1500.5", "MXN", 150050),
        (1500, "MXN", 150000),
        ("1500", "CLP", 1500),
        ("1500.00", "CLP", 1500),
        ("37.1234", "CLF", 371234),
        (Decimal("0.01"), "PEN", 1),
    ],
)
def test_a_decimal_amount_becomes_minor_units(
    amount: Decimal | str | int, currency: str, minor: int
) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("1500.5", "CLP"),
        ("0.001", "PEN"),
        ("NaN", "PEN"),
        ("sNaN", "PEN"),
        ("Infinity", "PEN"),
        ("-Infinity", "PEN"),
        ("", "PEN"),
        ("mil", "PEN"),
        ("1,500", "PEN"),
    ],
)
def test_what_is_no_amount_of_the_currency_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.of(amount, currency)


@given(MINOR, CURRENCIES)
def test_what_is_told_to_machines_reads_back_the_same(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.plain(), currency) == money
    assert Decimal(money.plain()).as_tuple().exponent == -exponent(currency)


@given(MINOR, CURRENCIES, st.integers(min_value=1, max_value=120))
def test_the_parts_add_up_and_the_remainder_is_in_the_last(
    minor: int, currency: str, count: int
) -> None:
    whole = Money(minor, currency)
    parts = whole.split(count)
    assert len(parts) == count
    assert sum(part.minor for part in parts) == minor
    assert len(set(parts[:-1])) <= 1
    assert all(parts[-1] >= part for part in parts)


@pytest.mark.parametrize("parts", [0, -1])
def test_nothing_is_split_into_no_parts(parts: int) -> None:
    with pytest.raises(ValueError, match="parts"):
        Money(100, "PEN").split(parts)


def test_colombian_pesos_are_split_without_centavos() -> None:
    # given an amount whose third would have centavos, which Colombians do not write
    parts = Money.of("100000", "COP").split(3)
    # then every part is whole and the last carries the rest
    assert [part.text(country("CO")) for part in parts] == ["$33.333", "$33.333", "$33.334"]


@pytest.mark.parametrize(
    ("minor", "percent", "expected"),
    [(100, 50, 50), (101, 50, 51), (99, 1, 1), (49, 1, 0), (50, 1, 1), (12345, 0, 0), (7, 100, 7)],
)
def test_a_percentage_is_rounded_half_up(minor: int, percent: int, expected: int) -> None:
    assert Money(minor, "PEN").percent(percent) == Money(expected, "PEN")


def test_currencies_are_never_mixed() -> None:
    soles, pesos = Money(100, "PEN"), Money(100, "MXN")
    for mix in (
        lambda: soles + pesos,
        lambda: soles - pesos,
        lambda: soles < pesos,
        lambda: soles <= pesos,
        lambda: soles > pesos,
        lambda: soles >= pesos,
    ):
        with pytest.raises(ValueError, match="cannot mix"):
            mix()
    assert soles != pesos


@given(MINOR, st.sampled_from(sorted(COUNTRIES)))
def test_the_written_amount_keeps_every_digit(minor: int, code: str) -> None:
    home = country(code)
    money = Money(minor, home.currency)
    digits = "".join(filter(str.isdigit, money.text(home)))
    plain = "".join(filter(str.isdigit, money.plain()))
    assert plain in (digits, digits + "00")
