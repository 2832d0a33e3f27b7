"""Offers of the debtor: accepted, countered once, passed on; discounts as policy has them."""

from quality.people import Owes, a_policy
from tests.journeys.people import Someone

_OWES = Owes("1000.00", "1000.00", "servicio eléctrico", "Luz Norte")


def test_an_offer_inside_policy_is_a_promise(someone: Someone) -> None:
    ana = someone(_OWES)
    ana.verified()
    ana.phone.says("solo le puedo ofrecer 300 soles, el viernes", "300.00", "¿Lo confirmo?")
    ana.phone.says("ya", "Anoté")
    assert ana.ledger.promises() == [("300.00", "2026-11-27", "open")]


def test_so_much_each_month_is_a_plan(someone: Someone) -> None:
    ana = someone(_OWES)
    ana.verified()
    ana.phone.says("les puedo ir dando 250 soles al mes", "4 pagos", "250.00", "¿Lo confirmo?")
    ana.phone.says("sí", "Quedó su plan de 4 pagos")
    (plan,) = ana.ledger.plans()
    assert [each["amount"] for each in plan["instalments"]] == ["250.00"] * 4


def test_too_little_is_countered_once_and_then_passed_on(someone: Someone) -> None:
    ana = someone(_OWES)
    ana.verified()
    ana.phone.says("puedo dar 20 soles por mes nomás", "20.00", "Con eso no alcanzo", "pagos")
    ana.phone.says("no me alcanza, le ofrezco 30 al mes", "30.00", "persona del equipo")
    assert ana.ledger.waiting_reason() == "counter_offer"
    ana.ledger.nothing_agreed()
    assert ana.ledger.outcome() == "handoff"


def test_a_discount_that_policy_allows(someone: Someone) -> None:
    ana = someone(_OWES, policy=a_policy("PE", settlement={"max_discount_percent": 30}))
    ana.verified()
    ana.phone.says("me hacen un descuento si pago todo?", "850.00", "1,000.00", "¿Lo confirmo?")
    ana.phone.never_heard(["700.00", "30%", "30 %"])
    ana.phone.says("acepto", "850.00")
    assert ana.ledger.promises() == [("850.00", "2026-11-29", "open")]


def test_asking_again_gives_no_more_than_policy(someone: Someone) -> None:
    ana = someone(_OWES, policy=a_policy("PE", settlement={"max_discount_percent": 30}))
    ana.verified()
    ana.phone.says("cuanto me descuentan?", "850.00")
    ana.phone.says("es mucho todavía, bájele un poco más", "700.00", "¿Lo confirmo?")
    ana.phone.says("y no me puede rebajar otro poquito?", "700.00")
    ana.phone.says("bueno acepto", "700.00")
    assert ana.ledger.promises() == [("700.00", "2026-11-29", "open")]


def test_no_discount_leads_to_parts(someone: Someone) -> None:
    ana = someone(_OWES)
    ana.verified()
    ana.phone.says("no hay alguna rebajita?", "No tengo autorizado un descuento", "1. 2 pagos")


def test_closing_for_less_inside_policy(someone: Someone) -> None:
    ana = someone(_OWES, policy=a_policy("PE", settlement={"max_discount_percent": 30}))
    ana.verified()
    ana.phone.says("le ofrezco 800 y cerramos la cuenta", "800.00", "¿Lo confirmo?")
    ana.phone.says("sí, hecho", "800.00")
    (promise,) = ana.ledger.promises()
    assert promise[0] == "800.00"


def test_closing_for_too_little_is_countered_and_then_passed_on(someone: Someone) -> None:
    ana = someone(_OWES, policy=a_policy("PE", settlement={"max_discount_percent": 30}))
    ana.verified()
    ana.phone.says("le doy 400 para saldar todo", "400.00", "850.00")
    ana.phone.never_heard(["700.00"])
    ana.phone.says("no, 500 y liquidamos", "500.00", "persona del equipo")
    assert ana.ledger.waiting_reason() == "counter_offer"
    ana.ledger.nothing_agreed()
