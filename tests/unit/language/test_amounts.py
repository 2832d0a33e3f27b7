from decimal import Decimal

import pytest

from tests.unit.language.speech import heard, values


@pytest.mark.parametrize(
    ("country", "text", "amounts"),
    [
        ("MX", "puedo dar $1,500.50 hoy", "1500.5"),
        ("AR", "pago 1.500,50", "1500.5"),
        ("CO", "abono $350.000 mañana", "350000"),
        ("CL", "son $ 45.000.- cierto", "45000"),
        ("CO", "1'500.000 es mucho", "1500000"),
        ("PE", "le deposito S/ 200", "200"),
        ("PE", "tengo s/.150.50", "150.5"),
        ("PE", "doscientos soles nomas", "200"),
        ("PE", "200 soles con 50", "200.5"),
        ("MX", "mil quinientos", "1500"),
        ("MX", "le doy dos mil trescientos cuarenta y cinco", "2345"),
        ("MX", "2 mil 500 el viernes", "2500"),
        ("MX", "2mil", "2000"),
        ("MX", "1 500", "1500"),
        ("MX", "tengo quinientos varos", "500"),
        ("MX", "qinientos pesos", "500"),
        ("MX", "cien mil pesitos", "100000"),
        ("CO", "350 mil", "350000"),
        ("CO", "100mil", "100000"),
        ("CO", "cienmil", "100000"),
        ("CO", "doscientas cincuenta mil", "250000"),
        ("CO", "350k", "350000"),
        ("CO", "medio millón", "500000"),
        ("CO", "millón y medio", "1500000"),
        ("CO", "un millón doscientos", "1200000"),
        ("CO", "1,5 millones", "1500000"),
        ("CO", "un milloncito", "1000000"),
        ("CO", "dos melones", "2000000"),
        ("CO", "entre 50 y 80 mil", "50000 80000"),
        ("AR", "un palo y medio", "1500000"),
        ("AR", "dos palos", "2000000"),
        ("AR", "un palo doscientas lucas", "1200000"),
        ("AR", "luca y media", "1500"),
        ("AR", "una gamba", "100"),
        ("AR", "te tiro 20 o 30 lucas", "20000 30000"),
        ("CL", "50 lucas po", "50000"),
        ("CL", "trescientas cincuenta lukas", "350000"),
        ("CL", "una quina", "500"),
        ("PE", "cincuenta lucas", "50"),
        ("CL", "3 UF", "3"),
        ("CL", "2,5 uf", "2.5"),
        ("MX", "20 dólares", "20"),
        ("MX", "entre 200 y 300", "200 300"),
        ("MX", "de 500-600 máximo", "500 600"),
        ("MX", "no 500 mejor 300", "500 300"),
        ("MX", "mñna t deposito 3oo", "300"),
        ("MX", "pago 15 el lunes", "15"),
        ("MX", "tres quinientos", "3500"),
        ("CO", "le abono cincuenta barras", "50000"),
        ("CL", "trece lucas quinientos", "13500"),
        ("MX", "3,450.80 no lo debo", "3450.8"),
        ("EC", "tengo 5$ nada mas", "5"),
        ("EC", "le doy 20 $ hoy", "20"),
        ("EC", "$5 o 10$", "5 10"),
        ("PA", "treinta balboas", "30"),
        ("GT", "Q.1,500.00 el lunes", "1500"),
        ("UY", "$U 1.500 y $U 2.000", "1500 2000"),
    ],
)
def test_an_amount_is_read_as_its_country_says_it(country: str, text: str, amounts: str) -> None:
    assert values(heard(text, country), "amount") == amounts.split()


@pytest.mark.parametrize(
    ("country", "text", "currency"),
    [
        ("MX", "500 pesos", "MXN"),
        ("CO", "500 mil pesos", "COP"),
        ("CL", "50 lucas", "CLP"),
        ("AR", "dos palos", "ARS"),
        ("PE", "200 soles", "PEN"),
        ("PE", "S/ 200", "PEN"),
        ("AR", "U$S 200", "USD"),
        ("MX", "ochenta dolaritos", "USD"),
        ("CL", "3 UF", "CLF"),
        ("GT", "puedo dar Q300", "GTQ"),
        ("GT", "Q. 300 le abono", "GTQ"),
        ("GT", "abono Q 300", "GTQ"),
        ("HN", "L. 500 nomás", "HNL"),
        ("HN", "L500 el viernes", "HNL"),
        ("HN", "son L 1,500.00", "HNL"),
        ("CR", "deposito ₡25000", "CRC"),
        ("DO", "RD$ 1,500 mensual", "DOP"),
        ("DO", "rd$500", "DOP"),
        ("BO", "Bs 200", "BOB"),
        ("BO", "Bs. 200 puedo", "BOB"),
        ("VE", "Bs. 200 puedo", "VES"),
        ("PY", "Gs. 150.000", "PYG"),
        ("PY", "150.000 gs", "PYG"),
        ("PY", "₲ 150.000", "PYG"),
        ("UY", "$U 1.500", "UYU"),
        ("PA", "B/. 30", "PAB"),
        ("PA", "B/.30.50", "PAB"),
        ("PA", "treinta balboas", "PAB"),
        ("NI", "C$ 800", "NIO"),
        ("MX", "MX$500", "MXN"),
        ("EC", "5$", None),
        ("MX", "$500", None),
        ("MX", "pago 500", None),
    ],
)
def test_the_currency_is_there_only_when_words_name_it(
    country: str, text: str, currency: str | None
) -> None:
    (amount,) = (entity for entity in heard(text, country) if entity.kind == "amount")
    assert amount.currency == currency


@pytest.mark.parametrize(
    "text",
    [
        "somos 4 en la casa",
        "tengo 3 hijos y 35 años",
        "el oxxo de 24/7",
        "fui al seven eleven",
        "vivo en calle 5 de mayo 123",
        "av. los incas 1520 depto 302",
        "mi cel es 987654321",
        "me pueden llamar al 55 1234 5678",
        "mil gracias",
        "no tengo ni un peso",
        "sin una luca",
        "desde 2019 no compro ahí",
        "quiero un descuento del 30%",
        "30 de febrero",
        "es la tercera vez que llaman",
        "debo 3 cuotas",
        "a las 5",
        "escríbame a ana23@correo.mx",
        "llevo 2 años sin trabajo",
        "vivo en la 30 con 45",
        "la carrera 7 con 72",
        "calle 50 entre 7 y 8",
        "mi casa es la 45",
        "vivo en el 1520",
        "queda en la casa número 318",
        "# 45-12 barrio centro",
        "4to B",
        "no sé q 4 cosas quieren",
        "espere 5 minutos",
    ],
)
def test_a_number_that_is_not_money_is_no_amount(text: str) -> None:
    assert values(heard(text), "amount") == []


@pytest.mark.parametrize(
    ("country", "text", "value", "other"),
    [
        ("MX", "pago 1.500", "1500", "1.5"),
        ("AR", "pago 1,500", "1500", "1.5"),
        ("CO", "le puedo dar 300", "300", "300000"),
        ("CO", "un millón doscientos", "1200000", "1000200"),
    ],
)
def test_an_ambiguous_amount_carries_its_other_reading(
    country: str, text: str, value: str, other: str
) -> None:
    (amount,) = heard(text, country)
    assert amount.value == Decimal(value)
    assert [reading.value for reading in amount.alternatives] == [Decimal(other)]


@pytest.mark.parametrize("text", ["treinta balboas", "B/. 30"])
def test_balboas_may_be_dollars(text: str) -> None:
    (amount,) = heard(text, "PA")
    assert [(reading.value, reading.currency) for reading in amount.alternatives] == [
        (Decimal(30), "USD")
    ]


@pytest.mark.parametrize(("country", "text"), [("MX", "pago 1,500"), ("CO", "pago 1.500")])
def test_a_clear_amount_has_no_other_reading(country: str, text: str) -> None:
    assert heard(text, country)[0].alternatives == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("quiero pagar todo", "total"),
        ("el total", "total"),
        ("la mitad ahorita", "half"),
        ("el 50%", "half"),
        ("lo vencido", "overdue"),
        ("lo atrasado nada más", "overdue"),
        ("el mínimo", "minimum"),
    ],
)
def test_an_amount_relative_to_the_debt(text: str, value: str) -> None:
    assert values(heard(text), "relative_amount") == [value]


def test_the_span_covers_sign_number_and_unit() -> None:
    text = "sí, le pago $ 1,200.00 MXN mañana"
    amount = heard(text)[0]
    assert text[amount.start : amount.end] == "$ 1,200.00 MXN"
