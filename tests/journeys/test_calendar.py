"""Days are the days of the calendar and its holidays (B40)."""

from quality.people import a_policy
from tests.journeys.people import Someone


def test_b40_the_first_working_day_of_january(someone: Someone) -> None:
    ana = someone(policy=a_policy("PE", promise={"max_days": 60}))
    ana.verified()
    said = ana.phone.says("pago 100 el primer día hábil de enero", "lunes 4 de enero", "100.00")
    assert "festivo" not in said.text
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2027-01-04", "open")]


def test_b40_christmas_gets_a_word(someone: Someone) -> None:
    ana = someone(policy=a_policy("PE", promise={"max_days": 60}))
    ana.verified()
    ana.phone.says("pago 100 el 25 de diciembre", "bancos", "festivo", "25 de diciembre")
    ana.ledger.nothing_agreed()
    ana.phone.says("mejor el 28 de diciembre", "lunes 28 de diciembre", "100.00")
    ana.phone.says("sí", "Anoté")
    assert ana.ledger.promises() == [("100.00", "2026-12-28", "open")]
