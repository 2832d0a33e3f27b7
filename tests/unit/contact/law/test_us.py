"""United States: FDCPA, Regulation F and TCPA, the federal floor only."""

# one case a line, however long
# ruff: noqa: E501

import pytest

from tests.unit.contact.law.table import Case, cases

TABLE = """
1692c | law voice | 2026-11-23T07:59 | | | outside_hours | us.hours | 2026-11-23T08:00
1692c | law voice | 2026-11-23T08:00 | | | allowed | us.hours |
1692c | law voice | 2026-11-23T20:59 | | | allowed | us.hours |
1692c | law voice | 2026-11-23T21:00 | | | outside_hours | us.hours | 2026-11-24T08:00
1692c | law sms | 2026-11-23T21:30 | | | outside_hours | us.hours | 2026-11-24T08:00
1692c | law email | 2026-11-23T07:00 | | | outside_hours | us.hours | 2026-11-23T08:00
1692c | law voice | 2026-11-29T10:00 | | | allowed | us.hours |
1692c | law voice | 2026-11-28T21:00 | | | outside_hours | us.hours | 2026-11-29T08:00
1692c | law voice | 2026-11-26T10:00 | | | allowed | us.hours |
1692c | law voice | 2026-11-23T08:00 | | zone=America/Los_Angeles | allowed | us.hours |
1692c | law voice | 2026-11-23T07:59 | | zone=Pacific/Honolulu | outside_hours | us.hours | 2026-11-23T08:00
1692c | law voice | 2026-03-07T21:00 | | | outside_hours | us.hours | 2026-03-08T08:00
1692c | law voice | 2026-10-31T21:00 | | | outside_hours | us.hours | 2026-11-01T08:00
1006.14 | law voice | 2026-11-24T10:00 | 2026-11-23T10:00 voice spoke | | cooldown | us.after_conversation | 2026-11-30T08:00
1006.14 | law voice | 2026-11-29T20:59 | 2026-11-23T10:00 voice spoke | | cooldown | us.after_conversation | 2026-11-30T08:00
1692c | law voice | 2026-11-30T08:00 | 2026-11-23T20:00 voice spoke | | allowed | us.hours |
1692c | law voice | 2026-11-24T10:00 | 2026-11-23T10:00 voice | | allowed | us.hours |
1692c | law sms | 2026-11-24T10:00 | 2026-11-23T10:00 voice spoke | | allowed | us.hours |
1692c | law voice | 2026-11-24T10:00 | 2026-11-23T10:00 sms spoke | | allowed | us.hours |
1692c | law voice | 2026-11-28T10:00 | 2026-11-23T09:00 voice, 2026-11-23T10:00 voice, 2026-11-24T09:00 voice, 2026-11-25T09:00 voice, 2026-11-26T09:00 voice, 2026-11-27T09:00 voice | | allowed | us.hours |
1006.14 | law voice | 2026-11-28T10:00 | 2026-11-23T09:00 voice, 2026-11-23T10:00 voice, 2026-11-24T09:00 voice, 2026-11-25T09:00 voice, 2026-11-26T09:00 voice, 2026-11-27T09:00 voice, 2026-11-28T09:00 voice | | week_cap | us.seven_calls | 2026-11-30T08:00
1006.14 | law voice | 2026-11-28T10:00 | 2026-11-23T09:00 voice, 2026-11-23T10:00 voice lost, 2026-11-24T09:00 voice, 2026-11-25T09:00 voice, 2026-11-26T09:00 voice, 2026-11-27T09:00 voice, 2026-11-28T09:00 voice | | week_cap | us.seven_calls | 2026-11-30T08:00
1692c | law email | 2026-11-28T10:00 | 2026-11-28T09:00 email, 2026-11-28T09:05 email, 2026-11-28T09:10 email, 2026-11-28T09:15 email, 2026-11-28T09:20 email, 2026-11-28T09:25 email, 2026-11-28T09:30 email | | allowed | us.hours |
FCC 24-17 | law voice | 2026-11-23T10:00 | | consent=no | no_consent | us.voice_consent |
FCC 24-17 | law voice | 2026-11-23T10:00 | | consent=unknown | no_consent | us.voice_consent |
47 USC 227 | law sms | 2026-11-23T10:00 | | consent=unknown | no_consent | us.text_consent |
1692c | law email | 2026-11-23T10:00 | | consent=no | allowed | us.hours |
(a)(2) | law voice | 2026-11-23T10:00 | | represented | represented | us.represented |
(a)(2) | law whatsapp | 2026-11-23T10:00 | | represented reply | represented | us.represented |
(h) | law sms | 2026-11-23T10:00 | | opted_out | opted_out | us.ceased |
1692g | law voice | 2026-11-23T10:00 | | disputed | disputed | us.disputed |
(b) and (d) | law voice | 2026-11-23T10:00 | | third_party | third_party | us.recipients |
1692c | law voice | 2026-11-23T10:00 | | spouse | allowed | us.hours |
- | law sms | 2026-11-23T23:00 | | reply opted_out | allowed | house:reply |
house | house email | 2026-11-23T10:00 | | consent=no | no_consent | us.consent |
"""


@pytest.mark.parametrize("case", cases("US", TABLE))
def test_each_boundary_is_judged_as_its_article_says(case: Case) -> None:
    case.check()
