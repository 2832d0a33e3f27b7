"""A person is wanted, takes over, answers, and gives the conversation back."""

import pytest

from tests.journeys.desk import Agent
from tests.journeys.people import Someone
from tests.journeys.wording import THE_NAME


def test_the_whole_way_to_a_person_and_back(someone: Someone, agent: Agent) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero hablar con una persona de verdad", "Le paso con una persona")
    assert ana.ledger.outcome() == "handoff"
    talk = ana.ledger.conversation()
    assert (talk["owner"], talk["waiting_reason"]) == ("agent", "asked_for_person")
    assert str(talk["id"]) in agent.queue()

    ana.phone.writes("están ahí?")
    ana.phone.hears_nothing()

    agent.takes(talk["id"])
    assert "están ahí?" in agent.sees(talk["id"])
    agent.replies(talk["id"], "Hola Ana, soy Andrea. ¿En qué le ayudo?")
    ana.phone.hears("soy Andrea")
    agent.notes(talk["id"], "pide más plazo")
    ana.phone.writes("quiero más plazo por favor")
    ana.phone.hears_nothing()
    agent.replies(talk["id"], "Con gusto; el asistente le toma la fecha.")
    ana.phone.hears("le toma la fecha")

    agent.hands_back(talk["id"])
    ana.phone.hears("asistente automático", "Elegir fecha")
    ana.phone.says("pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
    authors = [message["author"] for message in ana.ledger.messages()]
    assert authors.count("agent") == 2
    assert "pide más plazo" not in [message["text"] for message in ana.ledger.messages()]


def test_closed_with_an_outcome_and_a_new_talk_begins(someone: Someone, agent: Agent) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("pásame con un asesor", "Le paso con una persona")
    talk = ana.ledger.conversation()
    agent.takes(talk["id"])
    agent.replies(talk["id"], "Hola, le atiende Andrea.")
    ana.phone.hears("Andrea")
    agent.closes(talk["id"], "callback")
    assert ana.ledger.outcome() == "callback"
    assert ana.ledger.conversation()["owner"] == "nobody"
    ana.phone.says("hola otra vez", "¿Hablo con")
    assert ana.ledger.conversation()["id"] != talk["id"]


@pytest.mark.parametrize(
    "words", ["asesor", "me comunica con un humano x favor", "no quiero hablar con una máquina"]
)
def test_a_person_is_always_one_message_away(someone: Someone, words: str) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says(words, "Le paso con una persona")
    assert ana.ledger.waiting_reason() == "asked_for_person"


def test_in_the_middle_of_a_form(someone: Someone, agent: Agent) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Elegir fecha", "¿Qué monto")
    ana.phone.says("mejor que me atienda alguien", "Le paso con una persona")
    talk = ana.ledger.conversation()
    agent.takes(talk["id"])
    agent.hands_back(talk["id"])
    ana.phone.hears("asistente automático")
    # what was open before is forgotten
    ana.phone.says("cuánto debo", "320.50")
    ana.ledger.nothing_agreed()


def test_not_understood_twice_calls_a_person(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("asdf qwer zxcv", "no le entendí", "Hablar con alguien")
    ana.phone.says("xkcd plugh foo bar", "le paso con una persona")
    assert ana.ledger.waiting_reason() == "not_understood"


def test_understood_in_between_begins_again(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("asdf qwer zxcv", "no le entendí")
    ana.phone.says("cuánto debo?", "320.50")
    ana.phone.says("xkcd plugh foo bar", "no le entendí")
    assert ana.ledger.waiting_reason() is None


def test_not_understood_before_the_proof_names_nothing(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("ghjk lñpo wert", "no le entendí", THE_NAME)
    ana.phone.never_heard(["saldo", "pagar"])


def test_a_complaint(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero poner una queja, me tratan pésimo", "disculpa", "queja")
    assert ana.ledger.waiting_reason() == "complaint"


def test_a_lawyer_stops_the_assistant(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("todo esto háblelo con mi abogado, él me representa", "persona especializada")
    assert ana.ledger.waiting_reason() == "legal"
    ana.phone.writes("ok?")
    ana.phone.hears_nothing()
