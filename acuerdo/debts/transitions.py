"""How a debt moves, and what holds it or its debtor. The caller holds the rows.

Amounts in minor units.
"""

from datetime import datetime

from acuerdo.debts.amounts import Balances, after, corrected
from acuerdo.debts.models import CaseState, Debt, Debtor, DebtStatus, Dispute, PaymentClaim


def listed(debt: Debt, amounts: Balances, now: datetime) -> None:
    """Take over the amounts of a portfolio; what was withdrawn is not asked for again."""
    _set(debt, amounts, now)
    if debt.status is not DebtStatus.WITHDRAWN:
        debt.status = DebtStatus.OPEN if amounts.balance else DebtStatus.PAID


def paid(debt: Debt, minor: int, now: datetime) -> None:
    """Take a payment off a debt: fees first, then interest, then principal."""
    _set(debt, after(minor, _amounts(debt)), now)
    if debt.balance_minor == 0:
        debt.status = DebtStatus.PAID


def settled(debt: Debt, now: datetime) -> None:
    """Close a debt for what was agreed to close it: the rest is forgiven."""
    _set(debt, Balances(0, 0, 0, 0), now)
    debt.status = DebtStatus.PAID


def withdrawn(debt: Debt, now: datetime) -> None:
    """Ask for a debt no more: its dispute was right. Its amounts stay as they were."""
    debt.status, debt.updated_at = DebtStatus.WITHDRAWN, now


def corrected_to(debt: Debt, balance_minor: int, now: datetime) -> None:
    """Ask for another balance: what was asked for was wrong."""
    _set(debt, corrected(balance_minor, _amounts(debt)), now)


def checked(hold: Dispute | PaymentClaim, state: CaseState, now: datetime) -> None:
    """Note what a check has found: the debt is held by it no more."""
    hold.state, hold.closed_at = state, now


def reported_deceased(debtor: Debtor, now: datetime) -> None:
    """Begin no contact with somebody who is said to have died; the first report stays."""
    debtor.deceased_reported_at = debtor.deceased_reported_at or now


def found_alive(debtor: Debtor) -> None:
    """Take back a report that was false."""
    debtor.deceased_reported_at = None


def _amounts(debt: Debt) -> Balances:
    return Balances(debt.balance_minor, debt.overdue_minor, debt.interest_minor, debt.fees_minor)


def _set(debt: Debt, amounts: Balances, now: datetime) -> None:
    debt.balance_minor, debt.overdue_minor = amounts.balance, amounts.overdue
    debt.interest_minor, debt.fees_minor = amounts.interest, amounts.fees
    debt.updated_at = now
