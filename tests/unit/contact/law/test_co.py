"""Colombia: Ley 2300 de 2023."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
art. 3 | law whatsapp | 2026-11-23T06:59 | | | outside_hours | co.hours | 2026-11-23T07:00
art. 3 | law whatsapp | 2026-11-23T07:00 | | | allowed | co.hours |
art. 3 | law voice | 2026-11-23T18:59 | | | allowed | co.hours |
art. 3 | law voice | 2026-11-23T19:00 | | | outside_hours | co.hours | 2026-11-24T07:00
art. 3 | law voice | 2026-11-27T19:00 | | | outside_hours | co.hours | 2026-11-28T08:00
art. 3 | law sms | 2026-11-28T07:59 | | | outside_hours | co.hours | 2026-11-28T08:00
art. 3 | law sms | 2026-11-28T08:00 | | | allowed | co.hours |
art. 3 | law email | 2026-11-28T14:59 | | | allowed | co.hours |
art. 3 | law email | 2026-11-28T15:00 | | | outside_hours | co.hours | 2026-11-30T07:00
art. 3 | law telegram | 2026-11-29T10:00 | | | outside_hours | co.hours | 2026-11-30T07:00
art. 3 | law whatsapp | 2026-12-08T10:00 | | | holiday | co.no_holidays | 2026-12-09T07:00
art. 3 | law whatsapp | 2026-11-02T10:00 | | | holiday | co.no_holidays | 2026-11-03T07:00
art. 3 | law whatsapp | 2026-11-14T15:00 | | | outside_hours | co.hours | 2026-11-17T07:00
art. 3 | law whatsapp | 2026-04-01T19:00 | | | outside_hours | co.hours | 2026-04-04T08:00
art. 3 | law whatsapp | 2026-11-23T11:00 | 2026-11-23T08:00 whatsapp spoke | | day_cap | co.one_a_day | 2026-11-24T07:00
art. 3 | law whatsapp | 2026-11-23T11:00 | 2026-11-23T08:00 whatsapp | | day_cap | co.one_a_day | 2026-11-24T07:00
art. 3 | law whatsapp | 2026-11-24T07:00 | 2026-11-23T18:59 whatsapp spoke | | allowed | co.hours |
art. 3 | law voice | 2026-11-24T09:00 | 2026-11-23T18:59 whatsapp spoke | | other_channel | co.one_channel_a_week | 2026-11-30T07:00
art. 3 | law voice | 2026-11-30T07:00 | 2026-11-23T18:59 whatsapp spoke | | allowed | co.hours |
art. 3 | law voice | 2026-11-30T09:00 | 2026-11-25T10:00 sms | | other_channel | co.one_channel_a_week | 2026-12-02T07:00
art. 3 | law voice | 2026-12-02T07:00 | 2026-11-25T10:00 sms | | allowed | co.hours |
art. 3 | law voice | 2026-11-23T11:00 | 2026-11-23T08:00 whatsapp | | day_cap | co.one_a_day | 2026-11-30T07:00
art. 3 | law whatsapp | 2026-11-28T14:00 | 2026-11-28T09:00 whatsapp | | day_cap | co.one_a_day | 2026-11-30T07:00
art. 3 | law voice | 2026-12-01T10:00 | 2026-12-01T08:00 sms | | day_cap | co.one_a_day | 2026-12-09T07:00
art. 2 | law whatsapp | 2026-11-23T10:00 | | consent=no | no_consent | co.channel_consent |
art. 2 | law whatsapp | 2026-11-23T10:00 | | consent=unknown | no_consent | co.channel_consent |
art. 4 | law voice | 2026-11-23T10:00 | | third_party | third_party | co.recipients |
art. 3 | law voice | 2026-11-23T06:00 | | guarantor | outside_hours | co.hours | 2026-11-23T07:00
art. 6 | law visit | 2026-11-23T10:00 | | | channel_barred | co.no_visits |
Ley 1581 | law whatsapp | 2026-11-23T10:00 | | opted_out | opted_out | co.revoked |
- | law whatsapp | 2026-11-29T10:00 | 2026-11-29T09:00 whatsapp | reply | allowed | house:reply |
house | house whatsapp | 2026-11-23T10:00 | | disputed | disputed | co.disputed |
"""


@pytest.mark.parametrize("case", cases("CO", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
