"""Spain: no hours in a statute; the house's own."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
- | law voice | 2026-11-29T23:00 | | | allowed | es.supervision |
art. 21 | law voice | 2026-11-24T10:00 | | opted_out | opted_out | es.objection |
arts. 5 and 6 | law voice | 2026-11-24T10:00 | | third_party | third_party | es.recipients |
house | house voice | 2026-11-24T08:59 | | | outside_hours | es.house_hours | 2026-11-24T09:00
house | house voice | 2026-11-24T20:00 | | | outside_hours | es.house_hours | 2026-11-25T09:00
house | house voice | 2026-11-24T09:00 | | zone=Atlantic/Canary | allowed | es.house_hours |
house | house voice | 2026-11-28T10:00 | | | outside_hours | es.house_hours | 2026-11-30T09:00
house | house voice | 2026-12-08T10:00 | | | holiday | es.house_holidays | 2026-12-09T09:00
house | house voice | 2026-11-24T12:00 | 2026-11-24T09:00 voice | | day_cap | es.house_call_a_day | 2026-11-25T09:00
house | house email | 2026-11-27T12:00 | 2026-11-24T09:00 whatsapp, 2026-11-25T09:00 sms, 2026-11-26T09:00 voice | | week_cap | es.house_three_a_week | 2026-12-01T09:00
house | house email | 2026-10-24T20:00 | | | outside_hours | es.house_hours | 2026-10-26T09:00
"""


@pytest.mark.parametrize("case", cases("ES", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
