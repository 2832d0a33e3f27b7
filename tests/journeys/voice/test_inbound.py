"""A debtor calls: who they are, what they owe, promises and plans; by speech and by keys."""

import pytest

from quality.caller import Caller
from quality.people import Owes, a_policy
from quality.phone import Phone
from tests.journeys.people import Someone
from tests.journeys.voice.conftest import Calling
from tests.journeys.wording import TELLING


def test_a_promise_by_speech(someone: Someone) -> None:
    ana = someone()
    call = Caller(ana.product, ana.number)
    call.dials("asistente automático", "grabada", "documento de identidad", "numeral")
    call.never_heard("Ana", *TELLING)
    call.says(ana.row["document"], "fecha de nacimiento")
    call.never_heard("Ana", *TELLING)
    call.says("dos de marzo de mil novecientos noventa", "quedó confirmado")
    call.says("cuánto debo", "ciento veinte soles con cincuenta céntimos")
    call.says("pago cien soles el viernes", "cien soles", "el viernes veintisiete de noviembre")
    ana.ledger.nothing_agreed()
    call.says("sí", "anoté su compromiso", "cien soles")
    call.says("no gracias, adiós", "Que le vaya muy bien")
    assert call.is_over
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    (promise,) = ana.ledger.file()["promises"]
    assert promise["channel"] == "voice"
    assert ana.ledger.outcome() == "promise"
    assert ana.ledger.conversation()["owner"] == "nobody"


@pytest.mark.parametrize(
    ("country", "keyed", "said", "amount"),
    [
        ("MX", "1500", "mil quinientos pesos", "1500.00"),
        ("CO", "350000", "trescientos cincuenta mil pesos", "350000.00"),
        ("PE", "100*50", "cien soles con cincuenta céntimos", "100.50"),
        ("CL", "50000", "cincuenta mil pesos", "50000"),
        ("AR", "61500", "sesenta y un mil quinientos pesos", "61500.00"),
    ],
)
def test_a_promise_by_keys_alone(
    calling: Calling, country: str, keyed: str, said: str, amount: str
) -> None:
    debtor, call = calling(country=country, proven=True)
    call.presses("3", "¿Qué monto", "numeral")
    call.presses(f"{keyed}#", "¿Qué día", "cuatro dígitos")
    call.presses("2811", said, "veintiocho de noviembre", "¿Lo confirmo?", "marque uno")
    debtor.ledger.nothing_agreed()
    call.presses("1", "anoté su compromiso", said)
    call.presses("2", "Que le vaya muy bien")
    assert call.is_over
    assert debtor.ledger.promises() == [(amount, "2026-11-28", "open")]
    assert debtor.ledger.outcome() == "promise"


def test_a_date_by_key_one_is_tomorrow(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.presses("3", "¿Qué monto")
    call.presses("100#", "¿Qué día")
    call.presses("1", "veinticinco de noviembre", "¿Lo confirmo?")
    call.presses("1", "anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-25", "open")]


def test_corrected_by_key_two(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("pago cien soles el viernes", "¿Lo confirmo?")
    call.presses("2", "¿Qué cambiamos")
    call.presses("2", "¿Qué día")
    call.says("el lunes", "treinta de noviembre", "¿Lo confirmo?")
    call.presses("1", "anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-30", "open")]


def test_a_plan_by_keys(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.presses("4", "Opción uno", "¿Cuál le acomoda?")
    call.presses("1", "Le repito el plan", "¿Lo confirmo?")
    call.presses("1", "quedó su plan")
    assert len(ana.ledger.plans()) == 1
    assert ana.ledger.outcome() == "plan"


def test_a_plan_by_speech(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("quiero pagar en tres cuotas", "Le repito el plan", "¿Lo confirmo?")
    call.says("sí, confirmo", "quedó su plan")
    assert len(ana.ledger.plans()[0]["instalments"]) == 3


def test_a_discount_is_never_below_policy(calling: Calling) -> None:
    policy = a_policy("PE", settlement={"max_discount_percent": 20})
    ana, call = calling(policy=policy, proven=True)
    call.says("me pueden hacer un descuento", "cerrar la cuenta con", "¿Lo confirmo?")
    call.presses("1", "anoté el acuerdo")
    ((amount, _, _),) = ana.ledger.promises()
    # at most 20 % of 320.50 may be forgiven
    assert 256.40 <= float(amount) < 320.50


def test_an_amount_outside_policy_is_refused_in_words(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.presses("3", "¿Qué monto")
    call.presses("20#", "¿Qué día")
    call.presses("1", "desde cincuenta soles", "¿Qué monto")
    call.presses("60#", "¿Lo confirmo?")
    call.presses("2", "¿Qué cambiamos")
    call.presses("2", "¿Qué día")
    call.presses("3112", "hasta el viernes cuatro de diciembre", "¿Qué día")
    call.presses("0412", "¿Lo confirmo?")
    call.presses("1", "anoté")
    assert ana.ledger.promises() == [("60.00", "2026-12-04", "open")]


def test_several_debts_are_chosen_by_key(calling: Calling) -> None:
    first = Owes("320.50", "120.50", "servicio eléctrico", "Luz Norte")
    second = Owes("900.00", "300.00", "préstamo personal", "Crédito Azul")
    ana, call = calling(first, second, proven=True)
    call.presses("3", "Cuenta uno", "Cuenta dos", "¿De cuál cuenta hablamos?")
    call.presses("2", "¿Qué monto", "trescientos soles")
    call.presses("300#", "¿Qué día")
    call.presses("2811", "préstamo personal", "¿Lo confirmo?")
    call.presses("1", "anoté")
    assert [p["debt"] for p in ana.ledger.file()["promises"]] == [ana.row["debts"][1]["id"]]


def test_already_paid_by_keys(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("yo ya pagué eso", "¿Qué día hizo el pago?", "ayer")
    call.presses("2", "¿Cuánto pagó?")
    call.presses("120*50#", "comprobante")
    call.presses("2", "Anoté su pago")
    (claim,) = ana.ledger.file()["payment_claims"]
    assert (claim["amount"], claim["paid_on"]) == ("120.50", "2026-11-23")
    assert ana.ledger.outcome() == "already_paid_claim"


def test_a_dispute_by_keys(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("el recibo está malo, yo no gasté toda esa luz", "¿Qué es lo que no está bien?")
    call.presses("2", "Abrí la revisión")
    (dispute,) = ana.ledger.file()["disputes"]
    assert dispute["reason"] == "wrong_amount"
    assert ana.ledger.outcome() == "dispute"


def test_a_callback_by_keys(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("ahora no puedo, llámeme después", "¿Qué día y a qué hora", "marque uno")
    call.presses("1", "el miércoles veinticinco de noviembre", "las diez de la mañana")
    assert call.is_over
    (callback,) = ana.ledger.file()["callbacks"]
    assert callback["channel"] == "voice"
    assert ana.ledger.outcome() == "callback"


def test_refused_once_and_twice(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("no voy a pagar nada", "Respeto su decisión", "marque uno")
    call.presses("3", "lo dejo anotado")
    assert call.is_over
    assert ana.ledger.outcome() == "refused"


def test_opting_out_ends_the_call(calling: Calling) -> None:
    ana, call = calling()
    call.says("no me llamen más", "no volveremos a llamarle")
    assert call.is_over
    assert "opt_out" in ana.ledger.stops()


def test_repeating_with_the_star(calling: Calling) -> None:
    _, call = calling(proven=True)
    call.presses("3", "¿Qué monto")
    call.presses("*", "¿Qué monto")


def test_a_stranger_proves_by_document_and_birth_date(someone: Someone, stranger: Phone) -> None:
    ana = someone()
    call = Caller(ana.product, stranger.address)
    call.dials("asistente automático", "documento de identidad", "numeral")
    call.never_heard("Ana Flores", *TELLING)
    call.presses(f"{ana.row['document']}#", "fecha de nacimiento", "ocho dígitos")
    call.presses("02031990", "quedó confirmado")
    call.presses("1", "Luz Norte", "ciento veinte soles con cincuenta céntimos")


def test_known_and_unknown_callers_hear_the_same(someone: Someone, stranger: Phone) -> None:
    ana = someone(channel="voice")
    heard = []
    for number in (ana.number, stranger.address):
        call = Caller(ana.product, number)
        heard.append(call.dials("asistente automático", "documento de identidad"))
        heard.append(call.says("quiero saber cuánto debo"))
        call.never_heard("Ana", *TELLING)
        call.hangs_up()
    assert heard[:2] == heard[2:]


def test_a_withheld_number_proves_nothing(someone: Someone) -> None:
    ana = someone()
    call = Caller(ana.product, "+266696687")
    call.dials("asistente automático", "no muestra el número", "persona")
    call.says(ana.row["document"], "no muestra el número")
    call.never_heard("Ana", *TELLING)
    assert ana.ledger.checks() == []
    call.hangs_up()
