"""What a payment does to a debt's amounts. Pure; minor units."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Balances:
    """A debt's amounts in minor units; interest and fees are parts of the balance."""

    balance: int
    overdue: int
    interest: int
    fees: int

    @property
    def principal(self) -> int:
        """The part of the balance that is neither interest nor fees."""
        return self.balance - self.interest - self.fees

    def plus(self, other: "Balances", sign: int = 1) -> "Balances":
        """These amounts and others, or without them where `sign` is -1."""
        return Balances(
            self.balance + sign * other.balance,
            self.overdue + sign * other.overdue,
            self.interest + sign * other.interest,
            self.fees + sign * other.fees,
        )


NOTHING: Final = Balances(0, 0, 0, 0)


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


def corrected(balance: int, debt: Balances) -> Balances:
    """The debt with another balance; no part of it is more than the whole."""
    overdue = min(debt.overdue, balance)
    fees = min(debt.fees, balance)
    return Balances(balance, overdue, min(debt.interest, balance - fees), fees)
