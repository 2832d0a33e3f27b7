"""Mexico: hours of the 2014 rules by law, working days only in the house's intersection."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
DOF 07-10-2014 | law voice | 2026-11-23T06:59 | | | outside_hours | mx.hours | 2026-11-23T07:00
DOF 07-10-2014 | law voice | 2026-11-23T07:00 | | | allowed | mx.hours |
DOF 07-10-2014 | law whatsapp | 2026-11-23T21:59 | | | allowed | mx.hours |
DOF 07-10-2014 | law whatsapp | 2026-11-23T22:00 | | | outside_hours | mx.hours | 2026-11-24T07:00
DOF 07-10-2014 | law sms | 2026-11-23T23:30 | | | outside_hours | mx.hours | 2026-11-24T07:00
DOF 07-10-2014 | law email | 2026-11-28T10:00 | | | allowed | mx.hours |
DOF 07-10-2014 | law visit | 2026-11-29T10:00 | | | allowed | mx.hours |
DOF 07-10-2014 | law voice | 2026-11-28T22:00 | | | outside_hours | mx.hours | 2026-11-29T07:00
DOF 07-10-2014 | law voice | 2026-12-25T10:00 | | | allowed | mx.hours |
DOF 07-10-2014 | law voice | 2026-11-23T06:30 | | zone=America/Cancun | outside_hours | mx.hours | 2026-11-23T07:00
DOF 07-10-2014 | law voice | 2026-11-23T07:00 | | zone=America/Tijuana | allowed | mx.hours |
DOF 07-10-2014 | law voice | 2026-11-23T22:00 | | zone=America/Hermosillo | outside_hours | mx.hours | 2026-11-24T07:00
DOF 07-10-2014 | law voice | 2026-11-23T12:00 | 2026-11-23T08:00 voice spoke, 2026-11-23T09:00 voice | | allowed | mx.hours |
DOF 07-10-2014 | law voice | 2026-11-23T12:00 | | third_party | third_party | mx.recipients |
DOF 07-10-2014 | law voice | 2026-11-23T12:00 | | guarantor | allowed | mx.hours |
DOF 07-10-2014 | law voice | 2026-11-23T12:00 | | spouse | third_party | mx.recipients |
DOF 07-10-2014 | law voice | 2026-11-23T12:00 | | opted_out | allowed | mx.hours |
DOF 07-10-2014 | law voice | 2026-11-23T12:00 | | consent=no | allowed | mx.hours |
- | law whatsapp | 2026-11-23T23:00 | | reply | allowed | house:reply |
PROFECO | house voice | 2026-11-27T21:59 | | | allowed | mx.hours |
PROFECO | house voice | 2026-11-27T22:00 | | | outside_hours | mx.hours | 2026-11-30T07:00
PROFECO | house voice | 2026-11-28T10:00 | | | outside_hours | mx.weekdays | 2026-11-30T07:00
PROFECO | house whatsapp | 2026-11-29T10:00 | | | outside_hours | mx.weekdays | 2026-11-30T07:00
press 2026 | house voice | 2026-11-16T10:00 | | | holiday | mx.no_holidays | 2026-11-17T07:00
press 2026 | house voice | 2026-12-25T10:00 | | | holiday | mx.no_holidays | 2026-12-28T07:00
press 2026 | house voice | 2026-11-14T10:00 | | | outside_hours | mx.weekdays | 2026-11-17T07:00
LPDUSF art. 8 | house whatsapp | 2026-11-23T10:00 | | opted_out | opted_out | mx.opt_out |
house | house whatsapp | 2026-11-23T10:00 | | disputed | disputed | mx.disputed |
house | house whatsapp | 2026-11-23T10:00 | | represented | represented | mx.represented |
house | house whatsapp | 2026-11-23T10:00 | | consent=no | no_consent | mx.consent |
house | house whatsapp | 2026-11-23T10:00 | | consent=unknown | allowed | mx.hours |
house | house whatsapp | 2026-11-29T23:00 | | opted_out reply | allowed | house:reply |
"""


@pytest.mark.parametrize("case", cases("MX", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
