import pytest

from tests.unit.language.speech import heard, values


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("en 3 pagos", "3"),
        ("a seis meses", "6"),
        ("en tres cuotas", "3"),
        ("12 mensualidades de 500", "12"),
        ("partirlo en dos", "2"),
        ("me podés partir la deuda en tres?", "3"),
        ("lo puedo dividir en cinco pagos", "5"),
        ("cuatro abonos quincenales", "4"),
        ("kiero pagar en 4 kincenas", "4"),
        ("la de 12 meses por favor", "12"),
        ("quiero el plan de 3 cuotas", "3"),
        ("me lo dejan en 18 meses", "18"),
        ("en un solo pago", "1"),
        ("en un par de pagos", "2"),
        ("en seis armadas", "6"),
        ("plazo de 9 meses", "9"),
        ("diferido a 12 meses sin intereses", "12"),
        ("si la hacemos en seis veces", "6"),
        ("en 4 armaditas", "4"),
        ("cuánto sería si pago en nueve meses", "9"),
        ("si lo tomo a 18", "18"),
        ("me hace un plan de pagos de 10 meses", "10"),
        ("en seis veces", "6"),
        ("puedo en 2 veces", "2"),
        ("en 4 o 5 pagos", "4 5"),
        ("unas tres o cuatro cuotas", "3 4"),
        ("entre 6 y 8 cuotas", "6 8"),
        ("de 3 a 4 abonos", "3 4"),
        ("debo 4 o 5 cuotas", ""),
        ("van 3 o 4 veces que llaman", ""),
        ("en dos veces que llamé nadie contestó", ""),
        ("debo 3 cuotas", ""),
        ("me faltan 2 mensualidades", ""),
        ("tengo 2 cuotas vencidas", ""),
        ("llevo 3 meses sin trabajo", ""),
        ("hace 3 meses", ""),
        ("es la primera cuota", ""),
    ],
)
def test_a_number_of_instalments(text: str, count: str) -> None:
    assert values(heard(text), "installments") == count.split()


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("50 diarios", "daily"),
        ("todos los días", "daily"),
        ("20 al día", "daily"),
        ("100 a la semana", "weekly"),
        ("cada viernes", "weekly"),
        ("semanalmente", "weekly"),
        ("cada ocho días", "weekly"),
        ("cada 15 días", "fortnightly"),
        ("cada catorcena", "fortnightly"),
        ("cada dos semanas", "fortnightly"),
        ("pagos quincenales", "semimonthly"),
        ("cada kincena", "semimonthly"),
        ("los 15 y 30", "semimonthly"),
        ("los 15 y último", "semimonthly"),
        ("500 al mes", "monthly"),
        ("mensual", "monthly"),
        ("el 5 de cada mes", "monthly"),
        ("cada dos meses", "bimonthly"),
        ("bimestral", "bimonthly"),
        ("quiero ponerme al día", ""),
    ],
)
def test_how_often_someone_would_pay(text: str, frequency: str) -> None:
    assert values(heard(text), "frequency") == frequency.split()


def test_a_fortnight_of_pay_days_keeps_the_fifteen_days_reading() -> None:
    found = heard("cuatro abonos quincenales")
    assert [reading.value for reading in found[1].alternatives] == ["fortnightly"]
