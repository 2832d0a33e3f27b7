"""What a payment does to a debt, its promises and its plan. Pure; minor units."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Balances:
    """A debt's amounts in minor units; interest and fees are parts of the balance."""

    balance: int
    overdue: int
    interest: int
    fees: int


def after(paid: int, debt: Balances) -> Balances:
    """The debt after a payment: fees first, then interest, then principal; never below zero."""
    rest = max(0, paid)
    fees = max(0, debt.fees - rest)
    rest = max(0, rest - debt.fees)
    interest = max(0, debt.interest - rest)
    return Balances(
        balance=max(0, debt.balance - max(0, paid)),
        overdue=max(0, debt.overdue - max(0, paid)),
        interest=min(interest, max(0, debt.balance - paid)),
        fees=min(fees, max(0, debt.balance - paid)),
    )


def covered(paid_since: int, amounts: Sequence[int]) -> int:
    """How many of the amounts, in their order, a sum covers in full."""
    count = 0
    for amount in amounts:
        if paid_since < amount:
            break
        paid_since -= amount
        count += 1
    return count
