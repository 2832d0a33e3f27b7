"""Two things in one message, asking back, and what is said twice."""

import pytest

from quality.people import Owes
from tests.journeys.people import Someone
from tests.journeys.wording import THE_DAY_PAID, THE_NAME, THE_YES


def test_a_name_and_a_promise_at_once(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", THE_NAME)
    ana.phone.says("soy ana, quiero pagar 200 el viernes", "últimos 4")
    ana.phone.says(ana.last4, "quedó confirmado", "200.00", "27 de noviembre", THE_YES)
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("200.00", "2026-11-27", "open")]


def test_a_claim_and_a_question_are_both_answered(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says(
        "ya pagué ayer, pero me pueden mandar mi estado de cuenta?",
        "Pedí el documento",
        "Gracias por avisar",
        "¿Cuánto pagó?",
    )


def test_the_same_question_three_times_offers_a_person(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    first = ana.phone.says("cuánto debo?", "320.50")
    second = ana.phone.says("cuánto debo?", "320.50")
    assert first.text != second.text
    third = ana.phone.says("cuánto debo?", "320.50", "una persona se lo explica")
    assert third.titles == ("Hablar con alguien",)
    ana.phone.says("sí", "Le paso con una persona")
    assert ana.ledger.waiting_reason() == "asked_for_person"


def test_a_disputed_debt_gets_no_payment_link(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("yo nunca contraté eso, no es mía", "Abrí la revisión")
    ana.phone.says("mándame el link para pagar", "está en revisión", "Hablar con alguien")
    ana.phone.never_heard(["http"])
    assert ana.ledger.outcome() == "dispute"


def test_the_promise_that_stands_is_not_offered_again(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("te pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    again = ana.phone.says("el viernes te pago los 100", "ya lo tengo anotado", "100.00")
    assert again.titles == ()
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_a_change_of_mind_after_recording_names_what_stands(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("te pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    ana.phone.says("no, mejor no", "sigue anotado", "Cambiar la fecha", "Hablar con alguien")
    ana.phone.presses("Cambiar la fecha", "¿Qué día")
    ana.phone.says("el lunes", "lunes 30", THE_YES)
    ana.phone.says("sí", "Cambié su compromiso")


def test_a_day_with_two_readings_is_asked_with_both(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    asked = ana.phone.says("pago 100 el otro viernes", "Para no equivocarme")
    assert asked.titles == ("viernes 4/12", "viernes 27/11")
    ana.phone.presses("viernes 27/11", "27 de noviembre", THE_YES)


def test_what_was_overdue_is_paid(someone: Someone) -> None:
    ana = someone(Owes("200.00", "0.00", "servicio eléctrico", "Luz Norte"))
    ana.verified()
    ana.phone.says("cuánto debo?", "nada atrasado")
    ana.phone.never_heard(["su fecha de pago es"])


def test_what_is_not_understood_is_asked_with_two_readings(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    asked = ana.phone.says(
        "ta complicado eso del bicho ese", ("¿qué quiso decir", "¿Se refiere", "no le entendí")
    )
    assert "Hablar con alguien" in asked.titles


@pytest.mark.parametrize("words", ["no me quedó registro", "no sé"])
def test_who_does_not_know_is_not_asked_again(someone: Someone, words: str) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("ya pagué", THE_DAY_PAID)
    ana.phone.says("no sé", "¿Cuánto pagó?")
    ana.phone.says("100", "comprobante")
    ana.phone.says(words, "Anoté su pago")
