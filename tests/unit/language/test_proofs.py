"""What is a proof of identity in what people write, and what is none, by country."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.language.birth_dates import birth_date_given
from acuerdo.language.context import ReadingContext
from acuerdo.language.masking import MASK, masked
from acuerdo.language.proofs import document_given, names_proof


def context(country: str = "PE") -> ReadingContext:
    return ReadingContext(date(2026, 11, 24), "America/Lima", country, expecting="digits")


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("PE", "4935", "4935"),
        ("PE", " 4935. ", "4935"),
        ("PE", "es el 4935 señorita", "4935"),
        ("PE", "sí soy yo, 4935", "4935"),
        ("PE", "perdón, 2222", "2222"),
        ("CO", "termina en 4935", "4935"),
        ("CO", "mis ultimos 4 son 4935", "4935"),
        ("MX", "los últimos cuatro dígitos son 4935", "4935"),
        ("AR", "4935 son los últimos", "4935"),
        ("AR", "mi dni es 45671234 y quiero saber cuánto debo", "45671234"),
        ("PE", "45.671234", "45671234"),
        ("PE", "4567-1234", "45671234"),
        ("EC", "cuatro nueve tres cinco", "4935"),
        ("EC", "termina en cuarenta y nueve treinta y cinco", "4935"),
        ("CL", "678 k", "678K"),
        ("CL", "678-K", "678K"),
        ("CL", "12.345.678-K", "12345678K"),
        ("CL", "12345678k", "12345678K"),
        ("CL", "12.345.678 - 5", "123456785"),
        ("MX", "FOLA900302MDFLRN09", "FOLA900302MDFLRN09"),
        ("MX", "fola 900302 mdflrn 09", "FOLA900302MDFLRN09"),
        ("MX", "mi curp es FOLA900302MDFLRN09 gracias", "FOLA900302MDFLRN09"),
        ("MX", "VECJ880326XK4", "VECJ880326XK4"),
        ("MX", "GMVLMR80070501M100", "GMVLMR80070501M100"),
        ("ES", "12345678Z", "12345678Z"),
        ("ES", "12345678-z", "12345678Z"),
        ("ES", "X1234567L", "X1234567L"),
        ("ES", "abcd", "ABCD"),
        ("ES", "termina en abcd", "ABCD"),
        ("CO", "1020304050", "1020304050"),
    ],
)
def test_a_number_that_was_given(country: str, text: str, number: str) -> None:
    assert document_given(text, context(country), home=country) == number


NO_PROOFS = [
    "¿es por los 1500 de la luz?",
    "¿de la factura 0012345?",
    "en 2024 yo ya terminé con ustedes",
    "vivo en Av. Arequipa 1450",
    "son las 1530",
    "son las 15:30",
    "a las 1530 lo llamo",
    "me dijeron 1500",
    "hola",
    "buen día",
    "gracias",
    "S/ 1500",
    "1500 soles",
    "1.500",
    "150.000",
    "120.50",
    "le doy 1500",
    "últimos 1500 pesos",
    "pago 1500 el 12/05",
    "987654321",
    "+51987654321",
    "mi celular termina en 4935",
    "la factura termina en 4935",
    "no le doy mi documento",
    "tengo 45 años",
    "Atendemos de 10am a 7pm",
    "12/05/1985",
    "calle 10 número 1234",
    "cuatro mil pesos",
    "desde 2019 no compro nada",
    "",
]


@pytest.mark.parametrize("text", NO_PROOFS)
def test_a_number_that_is_something_else(text: str) -> None:
    assert document_given(text, context(), home="PE") is None
    assert birth_date_given(text, context()) is None or "1985" in text


@pytest.mark.parametrize(
    "text",
    [
        "12-05-1985", "12/5/85", "12.05.85", "120585", "12 05 85", "12051985", "1985-05-12",
        "19850512", "12 de mayo de 1985", "12 de mayo del 85", "mayo 12 del 85", "mayo 12, 1985",
        "12 mayo 85", "12 may 1985", "12-mayo-1985", "12/mayo/85", "12 del 5 del 85",
        "el doce de mayo del ochenta y cinco", "doce de mayo de mil novecientos ochenta y cinco",
        "nací el 12 de mayo del 85", "mi fecha de nacimiento es 12/05/1985",
        "05/12/1985 no, 12/5/85",
    ],
)  # fmt: skip
def test_a_birth_date_in_any_order(text: str) -> None:
    if text.startswith("05/12"):
        assert birth_date_given(text, context()) is None
    else:
        assert birth_date_given(text, context()) == date(1985, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "ya pagué el 15 de mayo de 2024",
        "en 2024",
        "el viernes",
        "15 de diciembre",
        "pago el 12/12/2026",
        "desde mayo de 1985 vivo aquí",
        "la factura es del 12/05/1999",
        "31/02/1985",
    ],
)
def test_a_day_that_is_no_birth_date(text: str) -> None:
    assert birth_date_given(text, context()) is None


def test_a_month_before_the_day_where_it_cannot_be_otherwise() -> None:
    assert birth_date_given("05/25/1985", context("US")) == date(1985, 5, 25)
    assert birth_date_given("010203", context()) == date(2003, 2, 1)


@given(st.dates(date(1930, 1, 1), date(2012, 1, 1)))
def test_every_birth_date_is_read_as_it_is_usually_written(born: date) -> None:
    for shape in (f"{born:%d/%m/%Y}", f"{born:%d-%m-%y}", f"{born:%d%m%Y}", f"{born:%d %m %Y}"):
        read = birth_date_given(shape, context())
        assert read is not None
        assert (read.day, read.month, read.year % 100) == (born.day, born.month, born.year % 100)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_every_bare_document_is_read(number: str) -> None:
    assert document_given(number, context(), home="PE") == number
    assert document_given(f"mi dni es {number}", context(), home="PE") == number
    assert document_given(f"termina en {number[-4:]}", context(), home="PE") == number[-4:]


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    document_given(text, context())
    birth_date_given(text, context())
    names_proof(text, context())
    masked(text, proven=False)


@pytest.mark.parametrize(
    ("text", "proven", "kept"),
    [
        ("mi dni es 45671234 y quiero saber cuánto debo", True,
         f"mi dni es {MASK} y quiero saber cuánto debo"),
        ("45671234", False, MASK),
        ("45671234", True, "45671234"),
        ("mi CURP: FOLA900302MDFLRN09.", True, f"mi CURP: {MASK}."),
        ("12.345.678-K", True, MASK),
        ("nací el 12/05/1985", True, f"nací el {MASK}"),
        ("pago 1500 el viernes", False, "pago 1500 el viernes"),
        ("la factura 0012345", False, "la factura 0012345"),
        ("hola", False, "hola"),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_proof(text: str, proven: bool, kept: str) -> None:
    assert masked(text, proven=proven) == kept
