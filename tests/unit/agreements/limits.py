"""What is owed and what a creditor allows, for tests of the rules."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from acuerdo.agreements.offers import OfferLimits, Owed
from acuerdo.values.money import Money

TODAY: Final = date(2026, 11, 23)


def soles(amount: str | int) -> Money:
    """An amount in soles."""
    return Money.of(amount, "PEN")


def owed(balance: str = "320.50", overdue: str = "120.50") -> Owed:
    """A debt in soles."""
    return Owed(soles(balance), soles(overdue))


def limits(**changes: Any) -> OfferLimits:
    """Promises of ten days from 50 soles; up to six monthly parts of 50; no discount."""
    usual = OfferLimits(
        promise_max_days=10,
        promise_min=soles(50),
        promise_max_open=1,
        plan_max_instalments=6,
        plan_min_instalment=soles(50),
        plan_frequencies=("monthly",),
        plan_min_down_percent=0,
        plan_max_first_days=15,
        settlement_max_percent=0,
        settlement_valid_days=5,
    )
    return replace(usual, **changes)
