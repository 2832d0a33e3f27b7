"""A debtor calls: who they are, what they owe, a promise; by speech and by keys."""

from tests.journeys.caller import Caller
from tests.journeys.people import Someone


def test_a_promise_by_speech(someone: Someone) -> None:
    ana = someone()
    call = Caller(ana.product, ana.number)
    call.dials("asistente automático", "grabada", "¿Hablo con Ana Flores Quispe?", "marque uno")
    call.never_heard("debe", "Luz Norte", "soles")
    call.says("sí, soy yo", "últimos cuatro dígitos", "teclado")
    call.says(ana.last4, "quedó confirmado")
    call.says("cuánto debo", "ciento veinte soles con cincuenta céntimos")
    call.says("pago cien soles el viernes", "cien soles", "el viernes veintisiete de noviembre")
    ana.ledger.nothing_agreed()
    call.says("sí", "anoté su compromiso", "cien soles")
    call.says("no gracias, adiós", "Que le vaya muy bien")
    assert call.is_over
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    assert ana.ledger.outcome() == "promise"
