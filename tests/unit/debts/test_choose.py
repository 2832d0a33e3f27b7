"""Which of several debts somebody means: named, chosen before, or asked."""

import pytest

from acuerdo.debts.service import choose
from acuerdo.platform.errors import DebtNotChosen, NothingOwed
from tests.builders import a_debt_view

LIGHT = a_debt_view(external_id="luz", creditor="Luz Norte", product="servicio eléctrico")
CARD = a_debt_view(external_id="tarjeta", creditor="Banco Andino", product="tarjeta de crédito")
LOAN = a_debt_view(external_id="préstamo", creditor="Banco Andino", product="préstamo personal")
PHONE = a_debt_view(external_id="móvil", creditor="Claro", product="plan móvil 300")
BANK = a_debt_view(external_id="mibanco", creditor="Mi Banco", product="crédito 4521")
ENDINGS = (
    a_debt_view(external_id="4521", creditor="Financiera Sol", product="crédito 4521"),
    a_debt_view(external_id="7733", creditor="Financiera Sol", product="crédito 7733"),
)


def test_without_debts_there_is_nothing_to_choose() -> None:
    with pytest.raises(NothingOwed):
        choose((), words="la tarjeta")


def test_the_only_debt_is_meant_whatever_is_said() -> None:
    assert choose((LIGHT,), chosen="another", words="la tarjeta") is LIGHT


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("la tarjeta", CARD),
        ("LA TARJÉTA!!", CARD),
        ("quiero pagar lo de luz norte", LIGHT),
        ("el recibo electrico", LIGHT),
        ("el prestamo", LOAN),
        ("el de credito", CARD),
    ],
)
def test_a_debt_is_named_by_its_product_or_creditor(words: str, meant: object) -> None:
    assert choose((LIGHT, CARD, LOAN), words=words) is meant


@pytest.mark.parametrize(
    "words",
    [
        "",
        "sí",
        "quiero pagar",
        "el banco",
        "la tarjeta o la luz",
        "no sé de qué servicio me habla",
        "el viernes",
    ],
)
def test_what_names_none_or_several_must_be_asked(words: str) -> None:
    with pytest.raises(DebtNotChosen):
        choose((LIGHT, CARD, LOAN), words=words)


def test_what_was_chosen_before_stays_until_another_is_named() -> None:
    debts = (LIGHT, CARD)
    assert choose(debts, chosen="luz", words="el viernes") is LIGHT
    assert choose(debts, chosen="luz", words="mejor la tarjeta") is CARD
    with pytest.raises(DebtNotChosen):
        choose(debts, chosen="no longer owed", words="el viernes")


@pytest.mark.parametrize(
    "words",
    [
        "claro, el viernes pago",
        "¡Claro!",
        "sí, claro que sí",
        "mi deuda",
        "pago 300 el viernes",
        "puedo pagar 4521",
        "tengo un plan",
        "crea un plan para mi",
    ],
)
def test_words_of_every_conversation_name_no_debt(words: str) -> None:
    # given creditors called Claro and Mi Banco, and products with numbers in their names
    debts = (PHONE, BANK, LIGHT)
    # when somebody says what everybody says
    assert choose(debts, chosen="luz", words=words) is LIGHT


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("la de Claro", PHONE),
        ("lo que debo en Claro", PHONE),
        ("la del móvil", PHONE),
        ("la del banco", BANK),
    ],
)
def test_a_creditor_whose_name_is_an_everyday_word_can_still_be_named(
    words: str, meant: object
) -> None:
    assert choose((PHONE, BANK, LIGHT), words=words) is meant


@pytest.mark.parametrize(("words", "meant"), [("la 4521", 0), ("la terminada en 7733", 1)])
def test_products_that_differ_by_their_number_are_named_by_it(words: str, meant: int) -> None:
    assert choose(ENDINGS, words=words) is ENDINGS[meant]
