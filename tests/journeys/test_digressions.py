"""Questions in the middle of a form are answered, and the form asks its question again."""

import pytest

from tests.journeys.people import Owes, Someone


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("y dónde se paga?", "Transferencia a la cuenta 191-000"),
        ("eres un bot?", "asistente automático"),
        ("cuánto era lo que debo?", "320.50"),
        ("y si no pago que pasa", "intereses"),
        ("gracias", "Con gusto"),
        ("quién me escribe?", "Luz Norte"),
    ],
)
def test_in_the_promise(someone: Someone, question: str, answer: str) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    ana.phone.says(question, answer, "¿Qué monto")
    ana.phone.says("100 soles", "¿Qué día")
    ana.phone.says(question, answer, "¿Qué día")
    ana.phone.says("el viernes", "¿Lo confirmo?")
    ana.phone.says(question, answer, "100.00", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_in_the_plan(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Pagar en partes", "¿Cuál le acomoda?")
    ana.phone.says("dónde tendría que pagar?", "Transferencia", "¿Cuál le acomoda?")
    ana.phone.says("1", "¿Lo confirmo?")
    ana.phone.says("esto es una estafa?", "Hace bien en preguntar", "¿Lo confirmo?")
    ana.phone.says("sí", "Quedó su plan de 2 pagos")


def test_in_the_claim(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("ya pagué", "¿Qué día")
    ana.phone.says("cuánto dice que debo?", "320.50", "¿Qué día")
    ana.phone.says("ayer", "¿Cuánto pagó?")
    ana.phone.says("eres una máquina?", "asistente automático", "¿Cuánto pagó?")
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
    rosa.phone.says("pago 800 el viernes", "¿De cuál")
    rosa.phone.says("quién es usted?", "asistente automático", "¿De cuál")
    rosa.phone.says("tarjeta", "800.00", "¿Lo confirmo?")


def test_in_the_callback(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("ahora no puedo", "¿Qué día y a qué hora")
    ana.phone.says("quién es?", "asistente automático", "¿Qué día y a qué hora")
    ana.phone.says("mañana a las 10", "10:00")
    ana.phone.never_heard(["Luz Norte"])


def test_a_change_of_mind_leaves_the_form(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    ana.phone.says("mejor en cuotas", "¿Cuál le acomoda?")
    ana.phone.says("no, mejor pago ahora mismo, el link", "enlace")
    ana.ledger.nothing_agreed()
    assert ana.ledger.outcome() == "payment_link_sent"


def test_a_moment_please(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    waiting = ana.phone.says("un momento, déjame ver", "Tómese su tiempo")
    assert "¿Qué monto" not in waiting.text
    ana.phone.says("listo, serían 90", "¿Qué día")


def test_say_that_again(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.says("cómo? no entendí, repítame", "100.00", "¿Lo confirmo?")


def test_silence_in_a_form_waits(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    ana.phone.hears_nothing()
    assert ana.ledger.waiting_reason() is None
    ana.phone.says("hola?", "¿Qué monto")
