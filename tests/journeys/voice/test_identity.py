"""Who is on the line: nothing is told to anybody else, and guessing comes to an end."""

from quality.people import a_policy
from tests.journeys.voice.conftest import Calling
from tests.journeys.wording import TELLING


def test_somebody_else_answers_neutrally(calling: Calling) -> None:
    ana, call = calling()
    call.says("no está, soy su hermana", "asunto personal", "¿Qué día y a qué hora")
    call.never_heard(*TELLING)
    call.presses("2", "las cuatro de la tarde")
    assert call.is_over
    assert ana.ledger.outcome() == "third_party"


def test_somebody_else_says_no_by_key(calling: Calling) -> None:
    ana, call = calling()
    call.presses("2", "¿Conoce a Ana")
    call.presses("1", "Disculpe la molestia")
    assert call.is_over
    call.never_heard(*TELLING)
    assert "wrong_person" in ana.ledger.stops()
    assert ana.ledger.outcome() == "wrong_person"


def test_a_wrong_number_by_voice(calling: Calling) -> None:
    ana, call = calling()
    call.says("está equivocado, aquí no vive ninguna Ana", "Disculpe la molestia")
    call.never_heard(*TELLING)
    assert ana.ledger.outcome() == "wrong_person"


def test_three_wrong_proofs_end_the_call_and_lock(calling: Calling) -> None:
    ana, call = calling()
    call.presses("1", "últimos cuatro")
    call.presses("0000", "no coincide", "dos intentos")
    call.presses("1111", "no coincide")
    call.presses("2222", "Por seguridad no puedo continuar")
    assert call.is_over
    call.never_heard(*TELLING)
    assert ana.ledger.checks() == [False, False, False]
    # whoever calls again meets a person, and nobody is at the desk now
    call.dials("no hay nadie libre")
    assert call.is_over
    call.never_heard("Ana Flores", *TELLING)


def test_who_will_not_prove_gets_another_way_then_an_end(calling: Calling) -> None:
    _, call = calling()
    call.presses("1", "últimos cuatro")
    call.says("no le voy a dar mis datos", "hace bien en cuidar sus datos", "marque uno")
    call.says("no le doy nada", "lo dejamos aquí")
    assert call.is_over
    call.never_heard(*TELLING)


def test_the_wish_is_kept_over_the_proof(calling: Calling) -> None:
    ana, call = calling()
    call.says("quiero saber cuánto le debo", "¿Hablo con Ana")
    call.presses("1", "últimos cuatro")
    call.never_heard(*TELLING)
    call.presses(ana.last4, "ciento veinte soles con cincuenta céntimos")


def test_who_calls_and_whether_it_is_a_machine_is_told(calling: Calling) -> None:
    _, call = calling()
    call.says("quién habla", "asistente automático", "motivo es personal")
    call.says("es usted un robot", "Sí, soy un asistente automático")
    call.says("esta llamada se graba", "puede quedar grabada")
    call.never_heard(*TELLING)


def test_a_death_ends_the_call_with_condolences(calling: Calling) -> None:
    ana, call = calling()
    call.says("ella falleció el mes pasado", "Lamento mucho su pérdida")
    assert call.is_over
    call.never_heard(*TELLING)
    assert ana.ledger.outcome() == "deceased"
    ana.ledger.waits_for_a_person("deceased")


def test_two_factors_by_keys(calling: Calling) -> None:
    policy = a_policy("CL", verification={"factors": ["document_last4", "birth_date"]})
    debtor, call = calling(country="CL", policy=policy)
    call.presses("1", "últimos cuatro")
    call.presses(debtor.last4, "fecha de nacimiento", "ocho dígitos")
    call.never_heard(*TELLING)
    call.presses("02031990", "quedó confirmado")


def test_the_recording_begins_after_the_notice_and_pauses_for_the_proof(calling: Calling) -> None:
    ana, call = calling()
    assert call.now()["recordings"] == []
    call.stays_silent("¿Sigue ahí?")
    ((recording,)) = call.now()["recordings"]
    assert recording["status"] == "in-progress"
    call.presses("1", "últimos cuatro")
    assert call.now()["recordings"][0]["status"] == "paused"
    call.presses(ana.last4, "quedó confirmado")
    assert call.now()["recordings"][0]["status"] == "in-progress"
    call.hangs_up()
