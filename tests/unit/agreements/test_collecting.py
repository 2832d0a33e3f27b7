"""A contact has a reason that is true (B35)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.agreements.collecting import Arrears, NothingToCollect, nothing_to_collect

LATE = Arrears(is_overdue=True)
NOT_LATE = Arrears()
PROMISED = Arrears(is_overdue=True, promise_open=True)
PLANNED = Arrears(is_overdue=True, plan_active=True)
MISSED = Arrears(is_overdue=True, plan_active=True, instalment_missed=True)


@pytest.mark.parametrize(
    ("debts", "why"),
    [
        ([], None),
        ([LATE], None),
        ([NOT_LATE], "nothing_overdue"),
        ([NOT_LATE, NOT_LATE], "nothing_overdue"),
        ([PROMISED], "promise_open"),
        ([PLANNED], "promise_open"),
        ([PROMISED, PLANNED, NOT_LATE], "promise_open"),
        # one of several debts is enough
        ([PROMISED, LATE], None),
        ([NOT_LATE, LATE], None),
        # what was agreed about a debt of which nothing is late is no reason for a contact either
        ([Arrears(promise_open=True)], "nothing_overdue"),
        ([Arrears(plan_active=True)], "nothing_overdue"),
        # a plan that is not kept; a promise made after it
        ([MISSED], None),
        ([Arrears(plan_active=True, instalment_missed=True)], None),
        ([Arrears(instalment_missed=True)], None),
        (
            [Arrears(True, instalment_missed=True, plan_active=True, promise_open=True)],
            "promise_open",
        ),
        # a promise that was broken, also of a debt of which nothing is overdue otherwise
        ([Arrears(promise_missed=True)], None),
        ([Arrears(promise_missed=True, plan_active=True)], "promise_open"),
    ],
)
def test_b35_the_reason(debts: list[Arrears], why: str | None) -> None:
    found = nothing_to_collect(debts)
    assert (None if found is None else found.value) == why


ARREARS = st.builds(Arrears, *[st.booleans()] * 5)


@given(st.lists(ARREARS, min_size=1), ARREARS)
def test_b35_more_debts_never_take_a_reason_away(debts: list[Arrears], more: Arrears) -> None:
    if nothing_to_collect(debts) is None:
        assert nothing_to_collect([*debts, more]) is None


@given(st.lists(ARREARS))
def test_b35_nobody_is_asked_without_something_late_and_not_agreed(debts: list[Arrears]) -> None:
    is_asked = bool(debts) and nothing_to_collect(debts) is None
    assert is_asked == any(each.is_late and not each.is_agreed for each in debts)
    if debts and not any(each.is_late for each in debts):
        assert nothing_to_collect(debts) is NothingToCollect.NOTHING_OVERDUE
