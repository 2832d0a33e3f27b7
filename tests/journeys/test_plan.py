"""Paying in instalments: computed by policy, chosen in any way, confirmed, recorded once."""

from decimal import Decimal

import pytest

from quality.people import Owes, a_policy
from tests.journeys.people import Someone
from tests.journeys.wording import THE_CHOICE, THE_YES


@pytest.mark.parametrize(
    "choice", ["2", "la segunda", "el 2 me acomoda", "la opción dos", "mejor en 3 pagos", "la de 3"]
)
def test_a_plan_is_chosen_in_any_words(someone: Someone, choice: str) -> None:
    ana = someone()
    ana.verified()
    offered = ana.phone.says("no puedo todo junto, quiero pagar en partes", "1. 2 pagos", "2. 3")
    assert "6 pagos" in offered.text
    ana.phone.says(choice, "Le repito el plan: 3 pagos", "106.8", "¿Lo confirmo?")
    ana.ledger.nothing_agreed()
    ana.phone.says("si, confirmado", "Quedó su plan de 3 pagos")
    (plan,) = ana.ledger.plans()
    assert [each["amount"] for each in plan["instalments"]] == ["106.83", "106.83", "106.84"]
    assert [each["due_on"] for each in plan["instalments"]] == [
        "2026-12-01",
        "2027-01-01",
        "2027-02-01",
    ]
    assert (plan["total"], plan["currency"], plan["state"]) == ("320.50", "PEN", "active")
    assert ana.ledger.outcome() == "plan"


def test_by_the_buttons_only(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Pagar en partes", "¿Cuál le acomoda?")
    ana.phone.presses("1: 2 pagos", "2 pagos", "¿Lo confirmo?")
    ana.phone.presses("Ver otra opción", "3 pagos", THE_CHOICE)
    ana.phone.presses("3: 6 pagos", "6 pagos", "¿Lo confirmo?")
    ana.phone.presses("Sí, confirmo", "Quedó su plan de 6 pagos")
    (plan,) = ana.ledger.plans()
    assert sum(Decimal(each["amount"]) for each in plan["instalments"]) == Decimal("320.50")


@pytest.mark.parametrize(
    ("country", "words", "count"),
    [
        ("MX", "puedo liquidar en 4 quincenas?", 4),
        ("CO", "hagamos cinco cuotas", 5),
        ("CL", "se puede en 6 cuotas?", 6),
        ("AR", "me lo dividís en tres cuotas mensuales", 3),
        ("PE", "en dos armadas por favor", 2),
    ],
)
def test_the_count_in_the_sentence(someone: Someone, country: str, words: str, count: int) -> None:
    debtor = someone(country=country)
    debtor.verified()
    debtor.phone.says(words, f"{count} pagos", "¿Lo confirmo?")
    debtor.phone.says("dale, confirmo", f"Quedó su plan de {count} pagos")
    (plan,) = debtor.ledger.plans()
    assert len(plan["instalments"]) == count
    assert sum(Decimal(each["amount"]) for each in plan["instalments"]) == Decimal(plan["total"])


def test_more_instalments_than_policy_allows(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero 24 cuotas", "En 24 pagos no me es posible", "6 pagos")
    ana.ledger.nothing_agreed()


def test_another_count_is_asked_after_the_options(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Pagar en partes", "¿Cuál le acomoda?")
    ana.phone.says("y en 4 no se puede?", "4 pagos", "¿Lo confirmo?")
    ana.phone.says("mejor en 5", "5 pagos", "¿Lo confirmo?")
    ana.phone.says("va", "Quedó su plan de 5 pagos")
    assert len(ana.ledger.plans()) == 1


def test_a_small_debt_has_no_plan(someone: Someone) -> None:
    ana = someone(Owes("80.00", "80.00", "servicio eléctrico", "Luz Norte"))
    ana.verified()
    ana.phone.says("puedo pagar en cuotas?", "no tengo pagos en partes", "Elegir fecha")
    ana.ledger.nothing_agreed()


def test_a_down_payment_comes_first(someone: Someone) -> None:
    policy = a_policy("MX", plan={"min_down_payment_percent": 30, "frequencies": ["monthly"]})
    luis = someone(country="MX", policy=policy)
    luis.verified()
    luis.phone.says("en 4 pagos", "2,520.00", "¿Lo confirmo?")
    luis.phone.says("sí", "Quedó su plan")
    (plan,) = luis.ledger.plans()
    assert [each["amount"] for each in plan["instalments"]] == [
        "2520.00",
        "1960.00",
        "1960.00",
        "1960.00",
    ]


def test_a_plan_takes_the_place_of_an_open_promise(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("te pago 100 el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté")
    ana.phone.says("mejor quiero pagarlo en 3 cuotas", "3 pagos", "¿Lo confirmo?")
    ana.phone.says("sí", "Quedó su plan")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "rescheduled")]
    assert len(ana.ledger.plans()) == 1


def test_left_without_choosing(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.presses("Pagar en partes", "¿Cuál le acomoda?")
    ana.phone.says("ninguna, dejémoslo así", "no anoté nada")
    ana.ledger.nothing_agreed()


def test_choosing_where_nothing_was_offered(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("gracias", "Con gusto")
    ana.phone.says("me quedo con la segunda opción", "no le he dado opciones")


def test_a_menu_is_answered_by_place(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("la cuarta opción", "1. 2 pagos", THE_CHOICE)


def test_another_first_day_stays_in_the_plan(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero pagar en 3 cuotas", "3 pagos", "¿Lo confirmo?")
    ana.phone.says("mejor el lunes", "3 pagos", "lunes 30 de noviembre", THE_YES)
    ana.phone.says("sí", "Quedó su plan de 3 pagos")
    (plan,) = ana.ledger.plans()
    assert plan["instalments"][0]["due_on"] == "2026-11-30"


def test_no_thanks_leaves_the_plan(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("quiero pagar en 3 cuotas", "3 pagos", "¿Lo confirmo?")
    ana.phone.says("No gracias", "no anoté nada", "Elegir fecha")
    ana.ledger.nothing_agreed()
