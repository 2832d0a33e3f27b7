"""A word about days on which banks are closed (B40)."""

from datetime import date
from uuid import uuid4

import pytest

from actions.offer import settled
from actions.promise import drafted, with_bank_holidays
from actions.turn import ActionAnswer
from acuerdo.agreements.debtor_offers import DraftedPromise
from acuerdo.agreements.drafting import Draft
from acuerdo.agreements.offers import PromiseTerms
from acuerdo.agreements.service import PromiseProposal
from acuerdo.values.money import Money
from tests.builders import a_debt_view

CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("country", "day", "is_told"),
    [
        ("PE", CHRISTMAS, True),
        ("PE", date(2026, 12, 9), True),
        ("PE", date(2026, 12, 24), False),
        ("MX", date(2026, 12, 9), False),
        ("CO", date(2027, 1, 11), True),
    ],
)
def test_b40_a_promise_for_a_public_holiday_gets_a_word(
    country: str, day: date, is_told: bool
) -> None:
    debt = a_debt_view(country=country)
    terms = PromiseTerms(Money.of("100", debt.balance.currency), day)
    draft = Draft(terms.amount, terms.due_on)
    answer = drafted(
        DraftedPromise(draft, False, debt.balance, PromiseProposal(uuid4(), terms)), debt
    )
    assert ("utter_bank_holiday" in [name for name, _ in answer.responses]) is is_told
    # it is a word only: the day stays the one that was said
    assert answer.slots["promise_date"] == day.isoformat()
    closing = PromiseTerms(terms.amount, day, settles=True)
    answer = settled(PromiseProposal(uuid4(), closing), debt)
    assert ("utter_bank_holiday" in [name for name, _ in answer.responses]) is is_told


def test_b40_instalments_on_public_holidays_are_told_in_one_sentence() -> None:
    days = [CHRISTMAS, date(2026, 12, 28), date(2027, 1, 1)]
    answer = with_bank_holidays(ActionAnswer(), days, a_debt_view(today=date(2026, 11, 24)))
    told = "el viernes 25 de diciembre ni el viernes 1 de enero de 2027"
    assert answer.responses == [("utter_bank_holiday", {"days": told})]
