"""What a creditor's policy may say, and how late a debt is."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from acuerdo.agreements.policy_limits import limits_of
from acuerdo.debts.policies import CreditorPolicy, days_late
from tests.builders import a_debt_view


def test_a_policy_that_says_nothing_is_careful() -> None:
    policy = CreditorPolicy()
    assert policy.verification.factors == ("document_last4", "birth_date")
    assert policy.promise.max_open == 1
    assert policy.settlement.max_discount_percent == 0


@pytest.mark.parametrize(
    "policy",
    [
        {"verification": {"factors": []}},
        {"verification": {"factors": ["mother's name"]}},
        {"verification": {"factors": ["document_last4", "document_last4"]}},
        {"verification": {"max_attempts": 0}},
        {"verification": {"max_attempts": 11}},
        {"promise": {"max_days": -1}},
        {"promise": {"min_amount": "-1"}},
        {"promise": {"min_amount": "NaN"}},
        {"promise": {"max_open": 0}},
        {"plan": {"max_instalments": 0}},
        {"plan": {"frequencies": []}},
        {"plan": {"frequencies": ["daily"]}},
        {"plan": {"min_down_payment_percent": 101}},
        {"settlement": {"max_discount_percent": 100}},
        {"settlement": {"max_discount": 10}},
        {"anything": {}},
    ],
)
def test_what_makes_no_sense_is_refused(policy: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CreditorPolicy.model_validate(policy)


@pytest.mark.parametrize(
    ("due_on", "late"),
    [
        (date(2026, 11, 22), 1),
        (date(2026, 11, 23), 0),
        (date(2026, 11, 24), 0),
        (date(2025, 11, 23), 365),
    ],
)
def test_days_late_count_from_the_day_after(due_on: date, late: int) -> None:
    assert days_late(due_on, date(2026, 11, 23)) == late


@pytest.mark.parametrize(("country", "minor"), [("PE", 5000), ("CL", 50), ("CO", 5000)])
def test_limits_are_in_the_minor_units_of_the_debt(country: str, minor: int) -> None:
    debt = a_debt_view(
        country=country,
        balance="1000",
        overdue="0",
        policy={"promise": {"min_amount": "50"}, "plan": {"min_instalment": "50"}},
    )
    limits = limits_of(debt)
    assert limits.promise_min.minor == minor
    assert limits.plan_min_instalment.minor == minor
    assert limits.promise_min.currency == debt.balance.currency
