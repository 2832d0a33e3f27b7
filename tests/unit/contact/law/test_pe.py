"""Peru: Ley 29571, arts. 61 and 62."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
art. 62.b | law voice | 2026-11-23T06:59 | | | outside_hours | pe.hours | 2026-11-23T07:00
art. 62.b | law voice | 2026-11-23T07:00 | | | allowed | pe.hours |
art. 62.b | law voice | 2026-11-23T19:59 | | | allowed | pe.hours |
art. 62.b | law voice | 2026-11-23T20:00 | | | outside_hours | pe.hours | 2026-11-24T07:00
art. 62.b | law visit | 2026-11-23T06:59 | | | outside_hours | pe.hours | 2026-11-23T07:00
art. 62.b | law visit | 2026-11-23T07:00 | | | allowed | pe.hours |
art. 62.b | law visit | 2026-11-27T20:00 | | | outside_hours | pe.hours | 2026-11-30T07:00
art. 62.b | law voice | 2026-11-28T10:00 | | | outside_hours | pe.hours | 2026-11-30T07:00
art. 62.b | law voice | 2026-11-29T10:00 | | | outside_hours | pe.hours | 2026-11-30T07:00
art. 62.b | law voice | 2026-12-08T10:00 | | | holiday | pe.no_holidays | 2026-12-10T07:00
art. 62.b | law voice | 2026-12-07T20:00 | | | outside_hours | pe.hours | 2026-12-10T07:00
art. 62.b | law voice | 2026-07-28T10:00 | | | holiday | pe.no_holidays | 2026-07-30T07:00
art. 62.b | law voice | 2026-04-01T20:00 | | | outside_hours | pe.hours | 2026-04-06T07:00
art. 62.b | law voice | 2026-12-25T07:00 | | | holiday | pe.no_holidays | 2026-12-28T07:00
art. 61 | law whatsapp | 2026-11-28T10:00 | | | allowed | pe.hours |
art. 61 | law sms | 2026-11-23T23:00 | | | allowed | pe.hours |
art. 61 | law email | 2026-12-08T10:00 | | | allowed | pe.hours |
art. 62.b | law voice | 2026-11-23T10:00 | 2026-11-23T08:00 voice spoke | | allowed | pe.hours |
art. 62.f | law voice | 2026-11-23T10:00 | | third_party | third_party | pe.recipients |
art. 62.f | law whatsapp | 2026-11-23T10:00 | | third_party | third_party | pe.recipients |
art. 61 | law whatsapp | 2026-11-23T10:00 | | guarantor | allowed | pe.hours |
arts. 61, 62 | house whatsapp | 2026-11-23T06:59 | | | outside_hours | pe.written_hours | 2026-11-23T07:00
arts. 61, 62 | house whatsapp | 2026-11-23T07:00 | | | allowed | pe.written_hours |
arts. 61, 62 | house whatsapp | 2026-11-23T19:59 | | | allowed | pe.written_hours |
arts. 61, 62 | house whatsapp | 2026-11-23T20:00 | | | outside_hours | pe.written_hours | 2026-11-24T07:00
arts. 61, 62 | house email | 2026-11-28T10:00 | | | outside_hours | pe.written_hours | 2026-11-30T07:00
arts. 61, 62 | house sms | 2026-12-08T10:00 | | | holiday | pe.written_holidays | 2026-12-10T07:00
- | law voice | 2026-11-28T23:00 | | reply | allowed | house:reply |
house | house whatsapp | 2026-11-23T10:00 | | opted_out | opted_out | pe.opt_out |
house | house whatsapp | 2026-11-23T10:00 | | payment_claimed | payment_claimed | pe.payment_claimed |
"""


@pytest.mark.parametrize("case", cases("PE", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
