"""Promising to pay: read, checked, read back, confirmed, recorded once."""

import pytest

from quality.people import Owes, a_policy, in_days
from tests.journeys.people import Someone
from tests.journeys.wording import THE_DAY


@pytest.mark.parametrize(
    ("country", "words", "amount", "due_on"),
    [
        ("MX", "te deposito 1,500 el viernes", "1500.00", "2026-11-27"),
        ("MX", "le puedo dar mil quinientos pesos pasado mañana", "1500.00", "2026-11-26"),
        ("CO", "pago 350 mil el lunes", "350000.00", "2026-11-30"),
        ("PE", "el 30 cancelo los 120.50", "120.50", "2026-11-30"),
        ("CL", "mañana pago 50 lucas", "50000", "2026-11-25"),
        ("AR", "te transfiero 61.500 a fin de mes", "61500.00", "2026-11-30"),
    ],
)
def test_amount_and_date_in_one_sentence(
    someone: Someone, country: str, words: str, amount: str, due_on: str
) -> None:
    debtor = someone(country=country)
    debtor.verified()
    debtor.phone.says(words, "Le repito", "¿Lo confirmo?")
    debtor.ledger.nothing_agreed()
    debtor.phone.says("sí, de acuerdo", "Anoté su compromiso")
    assert debtor.ledger.promises() == [(amount, due_on, "open")]
    (promise,) = debtor.ledger.file()["promises"]
    assert promise["channel"] == "whatsapp"
    assert debtor.ledger.outcome() == "promise"


def test_what_is_missing_is_asked(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    ana.phone.says("100", "¿Qué día")
    ana.phone.says("el sábado", "100.00", "28 de noviembre", "¿Lo confirmo?")
    ana.phone.presses("Sí, confirmo", "Anoté su compromiso")
    assert ana.ledger.promises() == [("100.00", "2026-11-28", "open")]


def test_only_the_date_is_said(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("el viernes te pago sin falta", "¿Qué monto")
    ana.phone.says("todo lo atrasado", "120.50", "27 de noviembre", "¿Lo confirmo?")
    ana.phone.says("dale", "Anoté su compromiso")
    assert ana.ledger.promises() == [("120.50", "2026-11-27", "open")]


def test_too_far(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 soles el 20 de diciembre", "hasta", "4 de diciembre", "¿Qué día")
    ana.phone.says("ya, entonces el 4", "100.00", "4 de diciembre", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-12-04", "open")]


def test_too_small(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("prometo pagar 20 soles mañana", "desde", "50.00", "¿Qué monto")
    ana.phone.says("bueno, 60", "60.00", "¿Lo confirmo?")
    ana.phone.says("correcto", "Anoté")
    assert ana.ledger.promises() == [("60.00", "2026-11-25", "open")]


def test_over_the_balance(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pagaré 500 soles el jueves", "320.50", "¿Qué monto")
    ana.phone.says("entonces el total", "320.50", "¿Lo confirmo?")
    ana.phone.says("sí por favor", "Anoté")
    assert ana.ledger.promises() == [("320.50", "2026-11-26", "open")]


def test_a_past_date(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero comprometerme a pagar 100", "¿Qué día")
    ana.phone.says("el 20 de noviembre de 2026", "Esa fecha ya pasó", THE_DAY)
    ana.phone.says("mañana", "100.00", "¿Lo confirmo?")
    ana.ledger.nothing_agreed()


def test_corrected_before_it_is_recorded(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 el viernes", "27 de noviembre", "¿Lo confirmo?")
    ana.phone.says("no, mejor el 30", "100.00", "30 de noviembre", "¿Lo confirmo?")
    ana.phone.says("perdón, que sean 80", "80.00", "30 de noviembre", "¿Lo confirmo?")
    ana.phone.says("ahora sí", "Anoté")
    assert ana.ledger.promises() == [("80.00", "2026-11-30", "open")]


def test_corrected_by_the_button(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.presses("Cambiar algo", "¿qué cambiamos?")
    ana.phone.says("la fecha", "¿Qué día")
    ana.phone.says("el lunes", "30 de noviembre", "¿Lo confirmo?")
    ana.phone.presses("Sí, confirmo", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-30", "open")]


def test_rescheduled_after_it_was_recorded(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("le pago 100 soles este viernes", "¿Lo confirmo?")
    ana.phone.says("sí confirmo", "Anoté")
    ana.phone.says("no, mejor el 30", "cambio su compromiso", "100.00", "30 de noviembre")
    ana.phone.says("sí", "Cambié su compromiso")
    assert ana.ledger.promises() == [
        ("100.00", "2026-11-27", "rescheduled"),
        ("100.00", "2026-11-30", "open"),
    ]
    assert ana.ledger.outcome() == "promise"


def test_no_new_date_leaves_the_promise_as_it_is(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    ana.phone.says("no voy a poder el viernes, puedo mover la fecha?", "¿Qué día")
    ana.phone.says("mejor déjelo así, cancelar", "no anoté nada")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_yes_twice_is_one_promise(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    ana.phone.says("sí")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_cancelled_before_the_yes(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("100 el viernes", "¿Lo confirmo?")
    ana.phone.says("no, olvídalo", "no anoté nada")
    ana.ledger.nothing_agreed()
    assert ana.ledger.outcome() == "no_outcome"


def test_an_ambiguous_amount_is_asked(someone: Someone) -> None:
    luis = someone(
        Owes("8400.00", "2100.00"), country="MX", policy=a_policy("MX", promise={"min_amount": "1"})
    )
    luis.verified()
    luis.phone.says("le pago 1.500 el viernes", "¿quiso decir", "1,500.00", "1.50")
    luis.phone.says("mil quinientos", "1,500.00", "¿Lo confirmo?")
    luis.phone.says("sí", "Anoté")
    assert luis.ledger.promises() == [("1500.00", "2026-11-27", "open")]


def test_which_of_two_debts_is_asked(someone: Someone) -> None:
    rosa = someone(
        Owes("12300.00", "4100.00", "préstamo personal", days_late=95),
        Owes("3200.00", "800.00", "tarjeta departamental", days_late=12),
        country="MX",
        name="Rosa Elena Cruz",
    )
    rosa.verified()
    rosa.phone.says("te pago 800 el viernes", "¿De cuál", "1. ", "2. ")
    rosa.phone.says("la de la tarjeta", "800.00", "tarjeta departamental", "¿Lo confirmo?")
    rosa.phone.says("sí", "Anoté")
    (promise,) = rosa.ledger.file()["promises"]
    assert promise["debt"] == rosa.row["debts"][1]["id"]
    assert (promise["amount"], promise["due_on"]) == ("800.00", str(in_days(3, "MX")))


@pytest.mark.parametrize(("answer", "place"), [("1", 0), ("el segundo", 1), ("la 2", 1)])
def test_a_debt_is_chosen_by_its_number(someone: Someone, answer: str, place: int) -> None:
    lucia = someone(
        Owes("240000.00", "80000.00", "heladera", "Pampa Créditos"),
        Owes("96000.00", "32000.00", "préstamo personal", "Pampa Créditos", days_late=12),
        country="AR",
        name="Lucía Fernández",
    )
    lucia.verified()
    lucia.phone.says("quiero pagar 20000 el viernes", "¿De cuál")
    lucia.phone.says(answer, "20.000", "¿Lo confirmo?")
    lucia.phone.says("si", "Anoté")
    (promise,) = lucia.ledger.file()["promises"]
    assert promise["debt"] == lucia.row["debts"][place]["id"]
