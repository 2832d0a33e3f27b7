"""Proving an identity: what counts, how often one may fail, and people nobody knows."""

import pytest

from quality.people import a_policy
from quality.phone import Phone
from tests.journeys.people import Someone
from tests.journeys.wording import THE_NAME


@pytest.mark.parametrize(
    "answer",
    ["mis últimos 4 son {0}", "{0}", " {0}. ", "4567{0}", "45.67{0}", "es el {0} señorita"],
)
def test_the_last_four_however_they_are_written(someone: Someone, answer: str) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("si con ella habla", "últimos 4")
    ana.phone.says(answer.format(ana.last4), "quedó confirmado")
    assert ana.ledger.checks() == [True]
    assert ana.ledger.file()["conversations"][0]["verified"] is True


def test_the_number_with_the_yes(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says(f"sí soy yo, {ana.last4}", "quedó confirmado")


def test_three_wrong_answers_lock_out_and_a_person_is_called(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("sí", "últimos 4")
    ana.phone.says("1111", ("no coincide", "Tampoco coincide"), "Le quedan 2 intentos", "últimos 4")
    ana.phone.says("perdón, 2222", "no coincide", "Le queda un intento")
    ana.phone.says("3333", "Por seguridad")
    assert ana.ledger.checks() == [False, False, False]
    assert ana.ledger.waiting_reason() == "locked_out"
    # the right answer comes too late
    ana.phone.writes(ana.last4)
    ana.phone.hears_nothing()
    assert ana.ledger.conversation()["verified_at"] is None


def test_one_mistake_is_forgiven(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("sip", "últimos 4")
    ana.phone.says("0000", "no coincide")
    ana.phone.says(ana.last4, "quedó confirmado")
    assert ana.ledger.checks() == [False, True]


def test_two_factors(someone: Someone) -> None:
    policy = a_policy("CL", verification={"factors": ["document_last4", "birth_date"]})
    camila = someone(country="CL", name="Camila Soto", policy=policy, birth_date="1986-06-08")
    camila.phone.says("hola", "¿Hablo con")
    camila.phone.says("sí, con ella", "últimos 4", "RUT")
    camila.phone.says(camila.last4, "fecha de nacimiento")
    camila.phone.says("8 de julio del 86", "no coincide")
    camila.phone.says("8 de junio de 1986", "quedó confirmado")
    assert camila.ledger.checks() == [True, False, True]


@pytest.mark.parametrize("birth", ["2/3/1990", "02-03-90", "el dos de marzo de 1990"])
def test_an_unknown_number_gives_document_and_birth_date(
    someone: Someone, stranger: Phone, birth: str
) -> None:
    ana = someone()
    stranger.says("buenas, quiero saber cuánto debo", "número completo")
    stranger.never_heard(["Ana"])
    stranger.says(f"mi dni es {ana.row['document']}", "fecha de nacimiento")
    stranger.never_heard(["Ana"])
    stranger.says(birth, "quedó confirmado", "120.50")
    assert {point["address"] for point in ana.ledger.file()["contact_points"]} == {
        ana.number,
        stranger.address,
    }


def test_an_unknown_number_with_a_wrong_birth_date_learns_nothing(
    someone: Someone, stranger: Phone
) -> None:
    ana = someone()
    stranger.says("hola", "número completo")
    stranger.says(ana.row["document"], "fecha de nacimiento")
    # either may be mistyped: both are asked again
    stranger.says("5/5/1985", ("no coincide", "Tampoco coincide"), "número completo")
    stranger.says(ana.row["document"], "fecha de nacimiento")
    stranger.says("6/6/1986", "no coincide", "Le queda un intento")
    stranger.says(ana.row["document"], "fecha de nacimiento")
    stranger.says("7/7/1987", "Por seguridad")
    stranger.never_heard(["Ana", "Luz Norte", "120.50"])
    assert len(ana.ledger.file()["contact_points"]) == 1


def test_whether_a_document_exists_is_not_told(stranger: Phone) -> None:
    stranger.says("hola", "número completo")
    stranger.says("99999999", "fecha de nacimiento")
    stranger.says("02/03/1990", "no coincide")


def test_refusing_to_prove_it_is_respected(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("sí", "últimos 4")
    ana.phone.says("no le voy a dar mis datos por aquí", "hace bien", "Hablar con alguien")
    ana.phone.says("ya le dije que no doy mi documento por whatsapp", "lo dejamos aquí")
    assert ana.ledger.checks() == []
    ana.ledger.nothing_agreed()


def test_a_digression_comes_back_to_the_question(someone: Someone) -> None:
    ana = someone()
    ana.phone.says("hola", "¿Hablo con")
    ana.phone.says("y usted quién es", "asistente automático", THE_NAME)
    ana.phone.says("sí", "últimos 4")
    ana.phone.says("para qué lo necesita? es seguro?", "últimos 4")
    ana.phone.says("están grabando esto?", "guardada", "últimos 4")
    ana.phone.says(ana.last4, "quedó confirmado")
    assert ana.ledger.checks() == [True]
