"""Argentina: no hours in national law; the house's own."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
art. 8 bis | law voice | 2026-11-29T23:00 | | | allowed | ar.dignity |
art. 8 bis | law whatsapp | 2026-12-25T03:00 | 2026-12-25T02:00 whatsapp | | allowed | ar.dignity |
art. 8 bis | law voice | 2026-11-24T10:00 | | third_party | third_party | ar.recipients |
house | house voice | 2026-11-24T08:59 | | | outside_hours | ar.house_hours | 2026-11-24T09:00
house | house voice | 2026-11-24T19:59 | | | allowed | ar.house_hours |
house | house voice | 2026-11-24T20:00 | | | outside_hours | ar.house_hours | 2026-11-25T09:00
house | house voice | 2026-11-28T12:59 | | | allowed | ar.house_hours |
house | house voice | 2026-11-28T13:00 | | | outside_hours | ar.house_hours | 2026-11-30T09:00
house | house voice | 2026-12-07T10:00 | | | holiday | ar.house_holidays | 2026-12-09T09:00
house | house voice | 2026-11-24T12:00 | 2026-11-24T09:00 voice | | day_cap | ar.house_call_a_day | 2026-11-25T09:00
house | house voice | 2026-11-24T12:00 | 2026-11-24T09:00 whatsapp | | allowed | ar.house_hours |
house | house email | 2026-11-27T12:00 | 2026-11-24T09:00 whatsapp, 2026-11-25T09:00 sms, 2026-11-26T09:00 voice | | week_cap | ar.house_three_a_week | 2026-12-01T09:00
"""


@pytest.mark.parametrize("case", cases("AR", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
