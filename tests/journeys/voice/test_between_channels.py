"""From the telephone to WhatsApp: the same person, the same case, the same promise."""

from quality.caller import Caller
from tests.journeys.people import Someone
from tests.journeys.voice.conftest import Calling, proves


def test_press_one_and_it_goes_on_by_whatsapp_still_proven(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    call = Caller(ana.product, ana.number)
    call.dials("asistente automático")
    proves(ana, call)
    call.says("pago cien soles el viernes", "¿Lo confirmo?")
    call.presses("1", "¿Le mando la confirmación por WhatsApp?")
    call.presses("1", "se lo mandé por WhatsApp")
    ana.phone.hears("lo que hablamos por teléfono", "S/ 100.00", "27 de noviembre", "191-000")
    call.says("no, gracias, adiós", "muy bien")
    ana.phone.says("mejor el lunes", "cambio su compromiso", "30 de noviembre")
    ana.phone.says("sí", "Cambié su compromiso")
    assert [state for *_, state in ana.ledger.promises()] == ["rescheduled", "open"]


def test_a_payment_link_goes_to_whatsapp_and_is_thanked_there(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    call = Caller(ana.product, ana.number)
    call.dials("asistente automático")
    proves(ana, call)
    call.presses("2", "enlace para pagar ciento veinte soles", "marque uno")
    call.never_heard("http")
    call.presses("1", "se lo mandé por WhatsApp")
    ana.phone.hears("Enlace para pagar S/ 120.50", "http")
    assert ana.ledger.file()["conversations"]


def test_who_never_wrote_to_us_is_told_to_write_first(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("mándemelo por whatsapp por favor", "no puedo escribirle primero")
    assert not [m for m in ana.ledger.messages() if m["channel"] == "whatsapp"]


def test_nobody_gets_anything_sent_before_a_proof(calling: Calling) -> None:
    _, call = calling()
    call.says("mándeme la información por whatsapp", "¿Hablo con Ana")
    call.never_heard("mandé")
