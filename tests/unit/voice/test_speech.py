"""Numbers, amounts, dates and hours as people say them; and what is said can be understood."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from acuerdo.language import ReadingContext, extract
from acuerdo.values.countries import COUNTRIES, country
from acuerdo.values.dates import say_date
from acuerdo.values.money import Money
from voice.speech import say_figures, say_hour, say_number, seconds_to_say, spoken

TODAY = date(2026, 11, 24)
_NATIONAL = ["AR", "CL", "CO", "EC", "MX", "PE"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "cero"),
        (1, "uno"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (500, "quinientos"),
        (1000, "mil"),
        (1001, "mil uno"),
        (21_000, "veintiún mil"),
        (31_000, "treinta y un mil"),
        (100_000, "cien mil"),
        (1_000_000, "un millón"),
        (2_500_000, "dos millones quinientos mil"),
        (21_000_000, "veintiún millones"),
    ],
)
def test_numbers(number: int, words: str) -> None:
    assert say_number(number) == words


@pytest.mark.parametrize(
    ("code", "amount", "words"),
    [
        ("MX", "1500.50", "mil quinientos pesos con cincuenta centavos"),
        ("MX", "1", "un peso"),
        ("MX", "21", "veintiún pesos"),
        ("MX", "0.01", "un centavo"),
        ("PE", "120.50", "ciento veinte soles con cincuenta céntimos"),
        ("PE", "1", "un sol"),
        ("CO", "1250000", "un millón doscientos cincuenta mil pesos"),
        ("CL", "1000000", "un millón de pesos"),
        ("CL", "1000001", "un millón un pesos"),
        ("AR", "185000.21", "ciento ochenta y cinco mil pesos con veintiún centavos"),
        ("EC", "12.05", "doce dólares con cinco centavos"),
    ],
)
def test_amounts(code: str, amount: str, words: str) -> None:
    home = country(code)
    written = Money.of(amount, home.currency).text(home)
    assert spoken(f"Debe {written}.", home) == f"Debe {words}."


def test_another_currency_is_named() -> None:
    assert spoken(Money.of("20", "USD").text(country("PE")), country("PE")) == "veinte dólares"
    written = Money.of("21", "CLF").text(country("CL"))
    assert spoken(written, country("CL")) == "veintiuna unidades de fomento"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("el viernes 27 de noviembre", "el viernes veintisiete de noviembre"),
        ("el martes 1 de diciembre", "el martes primero de diciembre"),
        ("el 2 de enero de 2027", "el dos de enero de dos mil veintisiete"),
        ("a las 15:30", "a las tres y media de la tarde"),
        ("a la 1:00", "a la una de la madrugada"),
        ("a las 12:00", "a las doce del mediodía"),
        ("a las 13:15", "a la una y cuarto de la tarde"),
        ("a las 09:05", "a las nueve y cinco de la mañana"),
        ("llame al 106", "llame al uno, cero, seis"),
        ("al *4141", "al asterisco, cuatro, uno, cuatro, uno"),
        ("los últimos 4 dígitos", "los últimos cuatro dígitos"),
        ("• Total 😀: https://x.y/z listo", "Total: listo"),
    ],
)
def test_the_rest(written: str, words: str) -> None:
    assert spoken(written, country("PE")) == words


@given(number=st.integers(1, 99_999_999))
@example(38_801_000)
def test_a_number_that_is_said_is_understood_as_itself(number: int) -> None:
    # "dos millones cien" is 2,100,000 to people, whatever grammar says
    assume(number < 1_000_000 or number % 1_000_000 not in range(100, 1_000, 100))
    context = ReadingContext(today=TODAY, tz="America/Lima", country="PE", expecting="amount")
    found = extract(f"{say_number(number)} soles", context)
    assert [int(each.value) for each in found if each.kind == "amount"][:1] == [number]


@given(code=st.sampled_from(_NATIONAL), minor=st.integers(1, 10**11))
def test_no_figure_is_left_in_an_amount(code: str, minor: int) -> None:
    home = country(code)
    said = spoken(Money(minor, home.currency).text(home), home)
    assert not any(char.isdigit() or char in "$/" for char in said)


@given(days=st.integers(0, 365))
def test_a_date_that_is_said_is_understood_as_itself(days: int) -> None:
    day = TODAY + timedelta(days=days)
    said = spoken(say_date(day, TODAY), country("PE"))
    assert not any(char.isdigit() for char in said)
    found = extract(
        said, ReadingContext(today=TODAY, tz="America/Lima", country="PE", expecting="date")
    )
    assert [each.value for each in found if each.kind == "date"][:1] == [day.isoformat()]


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_hours_have_a_part_of_the_day(hour: int, minute: int) -> None:
    said = say_hour(hour, minute)
    assert said.startswith(("la ", "las "))
    assert said.endswith(("madrugada", "mañana", "tarde", "noche", "mediodía"))


def test_figures_one_by_one() -> None:
    assert say_figures("4071") == "cuatro, cero, siete, uno"
    with pytest.raises(ValueError, match="from zero"):
        say_number(-1)


def test_every_country_can_be_spoken_to() -> None:
    for home in COUNTRIES.values():
        assert "dólares" in spoken("US$ 20.00".replace(".", home.decimal), home)


def test_long_is_longer() -> None:
    assert seconds_to_say("hola") < 1 < 12 < seconds_to_say("a" * 200)
