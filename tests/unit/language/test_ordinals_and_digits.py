import pytest

from tests.unit.language.speech import heard, values


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("la segunda", "2"),
        ("la primera opción", "1"),
        ("opción 2", "2"),
        ("la opción dos", "2"),
        ("opcion b", "2"),
        ("el numero 3", "3"),
        ("la última", "-1"),
        ("la última opción me conviene", "-1"),
        ("el 1ro", "1"),
        ("la 2da", "2"),
        ("me quedo con la dos", "2"),
        ("prefiero el 2", "2"),
        ("2", "2"),
        ("2️⃣", "2"),
        ("es la primera vez", ""),
        ("un segundo", ""),
        ("la segunda vez que llaman", ""),
        ("pago el primero", ""),
        ("la nº 2", "2"),
        ("la n° 3 por favor", "3"),
        ("quiero la nro. 2", "2"),
        ("el cuarto de mi mamá", ""),
        ("duermo en el cuarto del fondo", ""),
        ("es de mi segunda esposa", ""),
        ("la segunda esposa de mi papá", ""),
        ("soy de la quinta región", ""),
        ("la tercera ocasión", ""),
        ("tercera ocasión", ""),
        ("segunda vez", ""),
        ("vivo en el 4to B", ""),
        ("es el 3ro A", ""),
        ("vivo en la 5 con 8", ""),
    ],
)
def test_which_one_is_chosen(text: str, ordinal: str) -> None:
    assert values(heard(text), "ordinal") == ordinal.split()


@pytest.mark.parametrize(
    ("country", "text", "digits"),
    [
        ("MX", "termina en 4567", "4567"),
        ("MX", "4 5 6 7", "4567"),
        ("MX", "4, 5, 6, 7", "4567"),
        ("MX", "cuatro cinco seis siete", "4567"),
        ("MX", "cuarenta y cinco sesenta y siete", "4567"),
        ("MX", "termina en treinta y cuatro doce", "3412"),
        ("MX", "doble cero cinco siete", "0057"),
        ("MX", "es el siete siete cero nueve", "7709"),
        ("MX", "nueve ocho siete seis", "9876"),
        ("MX", "los últimos 4 son 8890", "8890"),
        ("MX", "los ultimos cuatro de mi ine son 0 4 2 1", "0421"),
        ("MX", "8890 son los últimos", "8890"),
        ("MX", "4567", "4567"),
        ("MX", "0421", "0421"),
        ("MX", "folio 778899", "778899"),
        ("MX", "mi número de contrato es 00458812", "00458812"),
        ("MX", "acaba en mil doscientos treinta y cuatro", "1234"),
        ("CL", "12.345.678-9", "123456789"),
        ("CL", "rut 9.876.543-K", "9876543K"),
        ("CL", "rut 9876543-k", "9876543K"),
        ("CO", "cc 1.020.345.678", "1020345678"),
        ("PE", "mi dni es 45671234", "45671234"),
        ("PE", "dni 45 67 12 34", "45671234"),
        ("AR", "dni 28.456.781", "28456781"),
        ("AR", "mi dni termina en 482", "482"),
        ("AR", "28456781", "28456781"),
        ("MX", "pago 4500 pesos", ""),
        ("CO", "1500000", ""),
        ("MX", "mi cel es 55 1234 5678", ""),
    ],
)
def test_digits_that_identify(country: str, text: str, digits: str) -> None:
    assert values(heard(text, country), "digits") == digits.split()


@pytest.mark.parametrize(
    ("expecting", "text", "value"),
    [
        ("amount", "500", "500"),
        ("amount", "unos 20", "20"),
        ("amount", "4567", "4567"),
        ("date", "20", "2026-12-20"),
        ("date", "el 20", "2026-12-20"),
        ("datetime", "3 y media", "2026-11-21T15:30"),
        ("datetime", "a las 4", "2026-11-21T16:00"),
        ("datetime", "4", "2026-11-21T16:00"),
        ("digits", "1234", "1234"),
        ("digits", "mil doscientos treinta y cuatro", "1234"),
        ("digits", "45 67", "4567"),
        ("digits", "es 1234 señorita", "1234"),
        ("installments", "seis", "6"),
        ("installments", "en 3", "3"),
    ],
)
def test_a_bare_number_is_what_was_asked_for(expecting: str, text: str, value: str) -> None:
    assert values(heard(text, expecting=expecting), expecting) == [value]


def test_a_bare_small_number_keeps_all_it_can_be() -> None:
    (answer,) = heard("3")
    assert answer.kind == "ordinal"
    assert {other.kind for other in answer.alternatives} == {"amount", "installments", "date"}
