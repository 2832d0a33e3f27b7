"""What is owed: only to the proven debtor, in the words and figures of their country."""

import pytest

from quality.people import Owes
from tests.journeys.people import Someone


@pytest.mark.parametrize(
    ("country", "overdue", "balance"),
    [
        ("MX", "$2,100.00", "$8,400.00"),
        ("CO", "$420.000", "$1.250.000"),
        ("PE", "S/ 120.50", "S/ 320.50"),
        ("CL", "$148.000", "$740.000"),
        ("AR", "$61.500,00", "$185.000,00"),
    ],
)
def test_the_balance_as_people_of_the_country_write_it(
    someone: Someone, country: str, overdue: str, balance: str
) -> None:
    debtor = someone(country=country)
    debtor.verified()
    said = debtor.phone.says("cuánto es lo que debo?", "45 días").text
    assert balance in said
    assert overdue in said


def test_the_breakdown(someone: Someone) -> None:
    ana = someone(country="MX")
    ana.verified()
    said = ana.phone.says("y eso por qué es? desgloseme los intereses", "Intereses", "Cargos").text
    for part in ("7,350.00", "900.00", "150.00", "8,400.00"):
        assert part in said


def test_the_ways_to_pay(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ways = ana.phone.says("dónde puedo pagar?", "Transferencia a la cuenta 191-000 de Luz Norte")
    assert "Enviar enlace" in ways.titles


def test_when_it_was_due(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("cuándo vencía?", "10 de octubre", "45 días")


def test_two_debts_are_told_apart_and_added_up(someone: Someone) -> None:
    rosa = someone(
        Owes("12300.00", "4100.00", "préstamo personal", days_late=95),
        Owes("3200.00", "800.00", "tarjeta departamental", days_late=12),
        country="MX",
        name="Rosa Elena Cruz",
    )
    rosa.verified()
    rosa.phone.says("que saldo tengo", "préstamo personal", "tarjeta departamental", "15,500.00")


def test_nothing_is_owed(someone: Someone) -> None:
    jose = someone(Owes("0.00", "0.00", "servicio eléctrico", "Luz Norte"), name="José Quispe")
    jose.verified()
    jose.phone.says("tengo algo pendiente?", "no tiene ningún saldo pendiente")
    jose.phone.says("entonces mándeme mi constancia de no adeudo", "constancia")
    assert jose.ledger.waiting_reason() == "data_request"


def test_nothing_is_overdue_yet(someone: Someone) -> None:
    jorge = someone(Owes("5000.00", "0.00", days_late=-6), country="MX", name="Jorge Iván Mendoza")
    jorge.verified()
    jorge.phone.says("cuanto debo", "No tiene nada vencido", "30 de noviembre")


def test_what_happens_without_a_payment_is_told_without_a_threat(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("y qué pasa si no pago?", "forma de pago")
    ana.phone.never_heard(["embargo", "demanda", "juicio", "judicial", "Infocorp", "Buró"])
