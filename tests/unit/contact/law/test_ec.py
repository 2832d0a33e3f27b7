"""Ecuador: LODC, art. 49."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
art. 49 | law voice | 2026-11-23T06:59 | | | outside_hours | ec.hours | 2026-11-23T07:00
art. 49 | law voice | 2026-11-23T07:00 | | | allowed | ec.hours |
art. 49 | law whatsapp | 2026-11-23T19:59 | | | allowed | ec.hours |
art. 49 | law whatsapp | 2026-11-23T20:00 | | | outside_hours | ec.hours | 2026-11-24T07:00
art. 49 | law email | 2026-11-23T21:59 | | | outside_hours | ec.hours | 2026-11-24T07:00
art. 49 | law sms | 2026-11-27T20:00 | | | outside_hours | ec.hours | 2026-11-30T07:00
art. 49 | law voice | 2026-11-28T10:00 | | | outside_hours | ec.hours | 2026-11-30T07:00
art. 49 | law voice | 2026-11-29T10:00 | | | outside_hours | ec.hours | 2026-11-30T07:00
art. 49 | law voice | 2026-05-25T10:00 | | | holiday | ec.no_holidays | 2026-05-26T07:00
art. 49 | law voice | 2026-05-22T20:00 | | | outside_hours | ec.hours | 2026-05-26T07:00
art. 49 | law whatsapp | 2026-11-02T10:00 | | | holiday | ec.no_holidays | 2026-11-04T07:00
art. 49 | law whatsapp | 2026-10-30T20:00 | | | outside_hours | ec.hours | 2026-11-04T07:00
art. 49 | law whatsapp | 2026-02-16T08:00 | | | holiday | ec.no_holidays | 2026-02-18T07:00
art. 49 | law whatsapp | 2026-12-25T08:00 | | | holiday | ec.no_holidays | 2026-12-28T07:00
art. 49 | law whatsapp | 2026-10-09T08:00 | | | holiday | ec.no_holidays | 2026-10-12T07:00
art. 49 | law whatsapp | 2026-11-23T15:00 | 2026-11-23T08:00 whatsapp | | day_cap | ec.one_a_day | 2026-11-24T07:00
art. 49 | law voice | 2026-11-23T15:00 | 2026-11-23T08:00 whatsapp | | day_cap | ec.one_a_day | 2026-11-24T07:00
art. 49 | law voice | 2026-11-23T15:00 | 2026-11-23T08:00 whatsapp lost | | day_cap | ec.one_a_day | 2026-11-24T07:00
art. 49 | law voice | 2026-11-24T07:00 | 2026-11-23T19:59 voice spoke | | allowed | ec.hours |
art. 49 | law voice | 2026-11-27T15:00 | 2026-11-27T08:00 email | | day_cap | ec.one_a_day | 2026-11-30T07:00
art. 49 | law voice | 2026-10-08T15:00 | 2026-10-08T08:00 email | | day_cap | ec.one_a_day | 2026-10-12T07:00
art. 49 | law voice | 2026-11-23T06:59 | | zone=Pacific/Galapagos | outside_hours | ec.hours | 2026-11-23T07:00
art. 49 | law voice | 2026-11-23T19:59 | | zone=Pacific/Galapagos | allowed | ec.hours |
art. 49 | law voice | 2026-11-23T10:00 | | third_party | third_party | ec.recipients |
art. 49 | law voice | 2026-11-23T10:00 | | joint_debtor | allowed | ec.hours |
art. 49 | law voice | 2026-11-23T10:00 | | consent=no | allowed | ec.hours |
- | law whatsapp | 2026-11-23T22:00 | 2026-11-23T08:00 whatsapp | reply | allowed | house:reply |
house | house whatsapp | 2026-11-23T10:00 | | opted_out | opted_out | ec.opt_out |
house | house whatsapp | 2026-11-23T10:00 | | deceased | deceased | ec.deceased |
house | house whatsapp | 2026-11-23T10:00 | | consent=no | no_consent | ec.consent |
"""


@pytest.mark.parametrize("case", cases("EC", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
