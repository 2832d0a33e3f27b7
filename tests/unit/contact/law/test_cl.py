"""Chile: Ley 19.496, art. 37, with the hours of CPC art. 59."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
CPC art. 59 | law voice | 2026-11-23T07:59 | | | outside_hours | cl.hours | 2026-11-23T08:00
CPC art. 59 | law voice | 2026-11-23T08:00 | | | allowed | cl.hours |
CPC art. 59 | law voice | 2026-11-23T19:59 | | | allowed | cl.hours |
CPC art. 59 | law voice | 2026-11-23T20:00 | | | outside_hours | cl.hours | 2026-11-24T08:00
CPC art. 59 | law voice | 2026-11-28T08:00 | | | allowed | cl.hours |
CPC art. 59 | law visit | 2026-11-28T19:59 | | | allowed | cl.hours |
CPC art. 59 | law visit | 2026-11-28T20:00 | | | outside_hours | cl.hours | 2026-11-30T08:00
CPC art. 59 | law voice | 2026-11-29T10:00 | | | outside_hours | cl.hours | 2026-11-30T08:00
CPC art. 59 | law voice | 2026-12-08T10:00 | | | holiday | cl.no_holidays | 2026-12-09T08:00
CPC art. 59 | law voice | 2026-09-18T10:00 | | | holiday | cl.no_holidays | 2026-09-21T08:00
CPC art. 59 | law voice | 2026-04-03T09:00 | | | holiday | cl.no_holidays | 2026-04-06T08:00
art. 37 | law whatsapp | 2026-11-29T22:00 | | | allowed | cl.hours |
art. 37 | law email | 2026-12-08T07:00 | | | allowed | cl.hours |
art. 37 | law voice | 2026-11-25T10:00 | 2026-11-23T10:00 voice | | week_cap | cl.one_call_a_week | 2026-11-30T08:00
art. 37 | law visit | 2026-11-25T10:00 | 2026-11-23T10:00 voice | | week_cap | cl.one_call_a_week | 2026-11-30T08:00
art. 37 | law voice | 2026-11-30T10:00 | 2026-11-27T10:00 voice | | week_cap | cl.one_call_a_week | 2026-12-04T08:00
art. 37 | law voice | 2026-12-04T08:00 | 2026-11-27T19:00 voice | | allowed | cl.hours |
art. 37 | law voice | 2026-11-25T10:00 | 2026-11-23T10:00 voice lost | | week_cap | cl.one_call_a_week | 2026-11-30T08:00
art. 37 | law voice | 2026-11-25T10:00 | 2026-11-23T10:00 whatsapp, 2026-11-25T09:00 sms | | allowed | cl.hours |
art. 37 | law whatsapp | 2026-11-23T12:00 | 2026-11-23T10:00 voice spoke | | allowed | cl.hours |
art. 37 | law whatsapp | 2026-11-24T10:00 | 2026-11-23T10:00 whatsapp | | too_soon | cl.two_days_apart | 2026-11-25T10:00
art. 37 | law email | 2026-11-25T09:59 | 2026-11-23T10:00 whatsapp | | too_soon | cl.two_days_apart | 2026-11-25T10:00
art. 37 | law email | 2026-11-25T10:00 | 2026-11-23T10:00 whatsapp | | allowed | cl.hours |
art. 37 | law sms | 2026-11-27T10:00 | 2026-11-23T10:00 whatsapp, 2026-11-25T10:00 email | | week_cap | cl.two_messages_a_week | 2026-11-30T00:00
art. 37 | law sms | 2026-11-30T00:00 | 2026-11-23T10:00 whatsapp, 2026-11-25T10:00 email | | allowed | cl.hours |
art. 37 | law sms | 2026-11-30T10:00 | 2026-11-25T10:00 whatsapp, 2026-11-27T10:00 email | | week_cap | cl.two_messages_a_week | 2026-12-02T00:00
art. 37 | law whatsapp | 2026-04-05T22:00 | 2026-04-04T00:10 whatsapp | | too_soon | cl.two_days_apart | 2026-04-06T00:00
art. 37 | law voice | 2026-11-23T10:00 | | sued | sued | cl.sued |
art. 37 | law whatsapp | 2026-11-23T10:00 | | insolvent | insolvent | cl.insolvent |
art. 37 | law voice | 2026-11-23T10:00 | | third_party | third_party | cl.recipients |
CPC art. 59 | law voice | 2026-11-23T07:59 | | zone=Pacific/Easter | outside_hours | cl.hours | 2026-11-23T08:00
CPC art. 59 | law voice | 2026-09-05T20:00 | | | outside_hours | cl.hours | 2026-09-07T08:00
art. 37 | house whatsapp | 2026-11-28T20:00 | | | outside_hours | cl.written_hours | 2026-11-30T08:00
art. 37 | house sms | 2026-11-24T10:00 | 2026-11-23T07:00 whatsapp | | too_soon | cl.two_days_apart | 2026-11-25T08:00
- | law whatsapp | 2026-11-23T12:00 | 2026-11-23T10:00 whatsapp | reply | allowed | house:reply |
"""


@pytest.mark.parametrize("case", cases("CL", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
