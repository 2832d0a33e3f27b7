"""Disputes, being left alone, another time, hardship and refusal."""

import pytest

from tests.journeys.people import Someone


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("yo nunca contraté ese servicio, no es mía esa deuda", "not_mine"),
        ("el monto está mal, me cobran de más", "wrong_amount"),
        ("no reconozco eso, usaron mis datos, me suplantaron", "identity_theft"),
        ("no pienso reconocer algo que nunca me llegó, no recibí nada", "not_received"),
    ],
)
def test_a_dispute_with_its_reason(someone: Someone, words: str, reason: str) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says(words, "derecho a que se revise", "Abrí la revisión")
    (dispute,) = ana.ledger.file()["disputes"]
    assert dispute == {"debt": ana.row["debts"][0]["id"], "reason": reason, "state": "open"}
    assert ana.ledger.stops() == ["dispute"]
    assert ana.ledger.outcome() == "dispute"
    assert ana.ledger.waiting_reason() == "dispute"


def test_the_reason_is_asked_and_chosen(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("no estoy de acuerdo con esa deuda", "¿Qué es lo que no está bien?")
    ana.phone.presses("Monto incorrecto", "Abrí la revisión")
    (dispute,) = ana.ledger.file()["disputes"]
    assert dispute["reason"] == "wrong_amount"


def test_a_disputed_debt_is_not_asked_for(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("esa deuda no es mía, la desconozco", "Abrí la revisión")
    ana.phone.says("cuánto dice que debo?", "en revisión")


def test_an_opt_out_is_confirmed_once_and_survives_the_next_file(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("no me escriban más", "no le volveremos a escribir")
    assert ana.ledger.outcome() == "opt_out"
    assert ana.ledger.stops() == ["opt_out"]
    ana.imported_again()
    (point,) = ana.ledger.file()["contact_points"]
    assert (point["state"], point["consent"]) == ("opted_out", False)
    ana.phone.hears_nothing()


@pytest.mark.parametrize("words", ["BAJA", "stop", "ya dejen de estar fregando con mensajes"])
def test_an_opt_out_in_any_words(someone: Someone, words: str) -> None:
    ana = someone()
    ana.phone.says(words, "no le volveremos a escribir")
    assert ana.ledger.stops() == ["opt_out"]


def test_who_opted_out_and_writes_again_is_answered(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("stop", "no le volveremos a escribir")
    ana.phone.says("hola, quiero ver lo de mi cuenta")
    ana.ledger.file()
    assert ana.ledger.stops() == ["opt_out"]


@pytest.mark.parametrize(
    ("words", "at"),
    [
        # Lima is five hours behind UTC
        ("ahorita no puedo, escríbame mañana a las 3 de la tarde", "2026-11-25T20:00:00+00:00"),
        ("estoy trabajando, mejor el jueves a las 10am", "2026-11-26T15:00:00+00:00"),
        ("ando manejando, háblame mañana", "2026-11-25T15:00:00+00:00"),
    ],
)
def test_call_me_later_with_a_time(someone: Someone, words: str, at: str) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says(words, "retomamos")
    assert ana.ledger.file()["callbacks"] == [{"at": at, "channel": "whatsapp"}]
    assert ana.ledger.outcome() == "callback"


def test_call_me_later_asks_when(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("estoy ocupada, más tarde hablamos", "¿Qué día y a qué hora")
    ana.phone.says("hoy a las 5 pm", "17:00")
    assert ana.ledger.file()["callbacks"] == [
        {"at": "2026-11-24T22:00:00+00:00", "channel": "whatsapp"}
    ]


def test_a_night_hour_is_moved_into_the_permitted_ones(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("llámenme a las 11 de la noche", "9:00")
    (callback,) = ana.ledger.file()["callbacks"]
    assert callback["at"] == "2026-11-25T14:00:00+00:00"


@pytest.mark.parametrize(
    "words",
    ["me quedé sin trabajo y no tengo con qué pagar", "estoy enferma, no me alcanza ni para comer"],
)
def test_hardship_is_met_with_understanding(someone: Someone, words: str) -> None:
    ana = someone()
    ana.verified()
    offered = ana.phone.says(words, "Lamento", "Pagar en partes")
    assert "por qué" not in offered.text.casefold()
    assert ana.ledger.outcome() == "hardship"
    ana.phone.presses("Pagar en partes", "¿Cuál le acomoda?")


def test_a_refusal_is_reframed_once_and_then_respected(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("no voy a pagar nada", "Respeto su decisión", "Pagar en partes")
    ana.phone.says("ya te dije que no pienso pagar", "no insisto")
    assert ana.ledger.outcome() == "refused"
    ana.phone.hears_nothing()
    ana.ledger.nothing_agreed()


def test_a_refusal_by_the_button(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("no les pienso pagar ni un sol", "Respeto su decisión")
    ana.phone.presses("No, gracias", "no insisto")
    assert ana.ledger.outcome() == "refused"


def test_an_insult_is_met_calmly(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("son unos ladrones de mierda", "Entiendo su molestia", "Hablar con alguien")
    ana.phone.says("váyanse al carajo idiotas", "dejarlo aquí por hoy")


def test_somebody_in_danger_is_told_where_help_is(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("ya no quiero vivir, me voy a matar", "su vida vale más", "113")
    assert ana.ledger.waiting_reason() == "harm"
