"""Questions in the middle of a form are answered, and the form asks its question again."""

import pytest

from quality.people import Owes
from tests.journeys.people import Someone
from tests.journeys.wording import (
    THE_AMOUNT,
    THE_CHOICE,
    THE_DAY,
    THE_DAY_PAID,
    THE_DEBT,
    THE_HOUR,
    THE_NAME,
    THE_SUM_PAID,
    THE_YES,
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("y dónde se paga?", "Transferencia a la cuenta 191-000"),
        ("eres un bot?", ("asistente automático", "programa automático")),
        ("cuánto era lo que debo?", "320.50"),
        ("y si no pago que pasa", "intereses"),
        ("gracias", ("Con gusto", "De nada", "Para eso")),
        ("quién me escribe?", "Luz Norte"),
    ],
)
def test_in_the_promise(someone: Someone, question: str, answer: str | tuple[str, ...]) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", THE_AMOUNT)
    ana.phone.says(question, answer, THE_AMOUNT)
    ana.phone.says("100 soles", THE_DAY)
    ana.phone.says(question, answer, THE_DAY)
    ana.phone.says("el viernes", THE_YES)
    ana.phone.says(question, answer, "100.00", THE_YES)
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_in_the_plan(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Pagar en partes", THE_CHOICE)
    ana.phone.says("dónde tendría que pagar?", "Transferencia", THE_CHOICE)
    ana.phone.says("1", THE_YES)
    ana.phone.says("esto es una estafa?", "Hace bien en preguntar", THE_YES)
    ana.phone.says("sí", "Quedó su plan de 2 pagos")


def test_in_the_claim(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("ya pagué", THE_DAY_PAID)
    ana.phone.says("cuánto dice que debo?", "320.50", THE_DAY_PAID)
    ana.phone.says("ayer", THE_SUM_PAID)
    ana.phone.says("eres una máquina?", "asistente automático", THE_SUM_PAID)
    ana.phone.says("120.50", "foto")
    ana.phone.says("no tengo", "Anoté su pago")


def test_in_the_choice_of_a_debt(someone: Someone) -> None:
    rosa = someone(
        Owes("12300.00", "4100.00", "préstamo personal", days_late=95),
        Owes("3200.00", "800.00", "tarjeta departamental", days_late=12),
        country="MX",
        name="Rosa Elena Cruz",
    )
    rosa.verified()
    rosa.phone.says("pago 800 el viernes", THE_DEBT)
    rosa.phone.says("quién es usted?", "asistente automático", THE_DEBT)
    rosa.phone.says("tarjeta", "800.00", THE_YES)


def test_in_the_callback(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", THE_NAME)
    ana.phone.says("ahora no puedo", THE_HOUR)
    ana.phone.says("quién es?", "asistente automático", THE_HOUR)
    ana.phone.says("mañana a las 10", "10:00")
    ana.phone.never_heard(["Luz Norte"])


def test_a_change_of_mind_leaves_the_form(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", THE_AMOUNT)
    ana.phone.says("mejor en cuotas", THE_CHOICE)
    ana.phone.says("no, mejor pago ahora mismo, el link", "enlace")
    ana.ledger.nothing_agreed()
    assert ana.ledger.outcome() == "payment_link_sent"


def test_a_moment_please(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", THE_AMOUNT)
    waiting = ana.phone.says("un momento, déjame ver", "Tómese su tiempo")
    assert not any(words in waiting.text for words in THE_AMOUNT)
    ana.phone.says("listo, serían 90", THE_DAY)


def test_say_that_again(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 el viernes", THE_YES)
    ana.phone.says("cómo? no entendí, repítame", "100.00", THE_YES)


def test_silence_in_a_form_waits(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", THE_AMOUNT)
    ana.phone.hears_nothing()
    assert ana.ledger.waiting_reason() is None
    ana.phone.says("hola?", THE_AMOUNT)
