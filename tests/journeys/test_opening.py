"""The first words, and those who are not the debtor: nothing is told to anybody unproven."""

import pytest

from quality.people import AGENCY
from tests.journeys.people import Someone
from tests.journeys.wording import THE_NAME


def test_a_greeting_is_answered_neutrally(someone: Someone) -> None:
    ana = someone()
    opening = ana.phone.says("Hola buenas tardes", "asistente automático", AGENCY, "¿Hablo con Ana")
    assert opening.titles == ("Sí, soy yo", "No soy")
    assert ana.ledger.conversation()["verified_at"] is None
    assert ana.ledger.outcome() == "no_outcome"


@pytest.mark.parametrize("words", ["cuánto debo?", "quiero pagar", "me das mi saldo porfa"])
def test_what_is_wanted_waits_for_the_proof_and_then_goes_on(someone: Someone, words: str) -> None:
    ana = someone()
    ana.phone.says(words, "¿Hablo con Ana")
    ana.phone.presses("Sí, soy yo", "últimos 4")
    ana.phone.never_heard(["120.50", "320.50", "Luz Norte"])
    ana.phone.says(ana.last4, "confirmado", "120.50")


def test_who_are_you_before_and_after_the_proof(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("quién es?", AGENCY, "privacidad")
    ana.phone.never_heard(["Luz Norte"])
    ana.verified()
    ana.phone.says("y ustedes de parte de quien son?", AGENCY, "Luz Norte")


def test_is_this_a_bot(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("eres un robot o una persona?", "Sí, soy un asistente automático", THE_NAME)
    ana.phone.presses("Sí, soy yo", "últimos 4")
    ana.phone.says(ana.last4, "confirmado")
    again = ana.phone.says("esto es un bot verdad", "Sí, soy un programa automático")
    assert "Hablar con alguien" in again.titles


def test_is_this_a_scam(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("esto es una estafa?", "Hace bien en preguntar", "claves")
    ana.phone.says("sí soy Ana", "últimos 4")
    ana.phone.says("cómo sé que no es un fraude", "Puede comprobarlo sin mí", "últimos 4")
    assert ana.ledger.checks() == []


def test_no_soy_asks_who_is_there_and_a_wrong_number_is_left_alone(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("Buenas", "¿Hablo con")
    ana.phone.presses("No soy", "¿Conoce a Ana")
    ana.phone.presses("No, número errado", "Disculpe la molestia")
    assert ana.ledger.outcome() == "wrong_person"
    assert ana.ledger.stops() == ["wrong_person"]
    ana.phone.never_heard(["Luz Norte", "120.50"])
    ana.imported_again()
    assert ana.ledger.stops() == ["wrong_person"]


@pytest.mark.parametrize(
    "words",
    [
        "se equivocó de número, yo no soy esa persona",
        "número equivocado amigo, aquí no vive ninguna Ana",
        "ese ya no es su celular, yo compré este chip hace poco",
    ],
)
def test_a_wrong_person_in_their_own_words(someone: Someone, words: str) -> None:
    ana = someone()
    ana.phone.says("hola?", "¿Hablo con")
    ana.phone.says(words, "Disculpe la molestia")
    assert ana.ledger.outcome() == "wrong_person"
    assert ana.ledger.file()["contact_points"][0]["state"] == "wrong_person"


def test_a_third_party_names_a_better_time(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("alo", "¿Hablo con")
    ana.phone.says("no, soy su hermana, ella no está", "Es un asunto personal", "hora")
    ana.phone.says("mañana como a las 6 de la tarde la encuentra", "25 de noviembre", "18:00")
    assert ana.ledger.outcome() == "third_party"
    assert ana.ledger.file()["callbacks"] == [
        {"at": "2026-11-25T23:00:00+00:00", "channel": "whatsapp"}
    ]
    ana.phone.never_heard(["Luz Norte", "120.50", "servicio eléctrico"])


def test_a_third_party_who_asks_what_it_is_about_is_told_nothing(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("soy el esposo, de qué se trata?")
    ana.phone.says("pero dígame cuánto debe mi esposa")
    ana.phone.never_heard(["Luz Norte", "120.50", "320.50", "servicio eléctrico"])
    assert ana.ledger.conversation()["verified_at"] is None


@pytest.mark.parametrize(
    "words", ["mi mamá falleció en agosto", "el señor murió hace 2 meses, soy su hijo"]
)
def test_a_death_stops_everything(someone: Someone, words: str) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says(words, "Lamento mucho su pérdida")
    assert ana.ledger.outcome() == "deceased"
    assert ana.ledger.stops() == ["deceased"]
    assert ana.ledger.waiting_reason() == "deceased"
    ana.phone.writes("gracias")
    ana.phone.hears_nothing()


def test_a_third_party_who_only_says_thanks_is_let_go(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("soy la hija, ella no usa el celu", "mejor para encontrarle")
    ana.phone.says("gracias", "Muchas gracias por su ayuda")
    assert ana.ledger.outcome() == "third_party"
