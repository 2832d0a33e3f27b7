"""How a call listens: silence, bad lines, keys that mean nothing, limits, hang-ups."""

from quality.patience import eventually
from tests.journeys.voice.conftest import Calling


def test_silence_narrows_then_asks_for_keys_then_ends(calling: Calling) -> None:
    ana, call = calling()
    call.stays_silent("¿Sigue ahí?", "¿Hablo con Ana")
    call.stays_silent("teclado", "¿Hablo con Ana", "marque uno")
    call.stays_silent("termino la llamada")
    assert call.is_over
    assert ana.ledger.outcome() == "no_outcome"
    assert ana.ledger.conversation()["owner"] == "nobody"


def test_silence_is_forgiven_by_an_answer(calling: Calling) -> None:
    ana, call = calling()
    call.stays_silent("¿Sigue ahí?")
    call.presses("1", "últimos cuatro")
    call.stays_silent("¿Sigue ahí?", "últimos cuatro", "teclado")
    call.stays_silent("teclado")
    call.presses(ana.last4, "quedó confirmado")


def test_unclear_words_are_read_back_and_confirmed_by_key(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says(
        "pago cien soles el viernes", "Le entendí", "cien soles", "¿Es correcto?", confidence=0.2
    )
    ana.ledger.nothing_agreed()
    call.presses("1", "Le repito", "¿Lo confirmo?")
    call.says("sí", "anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_unclear_words_are_denied_by_voice(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("pago mil soles el viernes", "¿Es correcto?", confidence=0.3)
    call.says("no", "Dígamelo otra vez")
    call.says("pago cien soles el viernes", "Le repito: pagará cien soles")
    ana.ledger.nothing_agreed()


def test_something_else_said_clearly_replaces_what_was_unclear(calling: Calling) -> None:
    _, call = calling(proven=True)
    call.says("brrr pesos", "¿Es correcto?", confidence=0.1)
    call.says("cuánto debo", "ciento veinte soles")


def test_a_bad_line_is_asked_for_keys(calling: Calling) -> None:
    _, call = calling(proven=True)
    for _ in range(2):
        call.says("grmbl", "¿Es correcto?", confidence=0.1)
        call.says("no", "otra vez")
    call.says("grmbl", "teclado", confidence=0.1)


def test_confidence_may_be_missing(calling: Calling) -> None:
    _, call = calling()
    call.says("sí, soy yo", "últimos cuatro", confidence=None)


def test_keys_that_mean_nothing(calling: Calling) -> None:
    _, call = calling()
    call.presses("7", "no me sirve", "¿Hablo con Ana", "marque uno")


def test_waiting_is_allowed(calling: Calling) -> None:
    _, call = calling(proven=True)
    call.presses("3", "¿Qué monto")
    call.says("espéreme un momentito", "Tómese su tiempo")
    call.says("cien soles", "¿Qué día")


def test_a_hang_up_after_the_yes_keeps_the_promise(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("pago cien soles el viernes", "¿Lo confirmo?")
    call.acts("say", text="sí", wait=False)
    call.acts("hang_up", wait=True)
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    assert ana.ledger.outcome() == "promise"
    assert ana.ledger.conversation()["owner"] == "nobody"


def test_a_hang_up_at_once_leaves_nothing_open(calling: Calling) -> None:
    ana, call = calling()
    call.hangs_up()
    eventually(lambda: ana.ledger.conversation()["owner"] == "nobody", "the news of the end came")
    assert ana.ledger.outcome() == "no_outcome"
    (row,) = ana.product.rows(
        "select state, result from call where conversation_id = %s",
        ana.ledger.conversation()["id"],
    )
    assert (row["state"], row["result"]) == ("ended", "completed")


def test_a_second_call_is_a_new_conversation_not_proven_any_more(calling: Calling) -> None:
    _, call = calling(proven=True)
    call.hangs_up()
    call.dials("documento de identidad")
    call.says("cuánto debo", "documento de identidad")
    call.never_heard("soles")


def test_misunderstood_twice_goes_to_a_person(calling: Calling) -> None:
    ana, call = calling(proven=True)
    call.says("el perro de mi vecina ladra mucho", "entendí bien")
    call.says("los tucanes vuelan en bandada", "persona")
    assert call.is_over
    assert ana.ledger.waiting_reason() == "not_understood"
