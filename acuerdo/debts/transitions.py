"""How a debt moves, and what holds it or its debtor. The caller holds the rows.

Amounts in minor units.
"""

from datetime import datetime

from acuerdo.debts.amounts import Balances
from acuerdo.debts.models import CaseState, Debt, Debtor, DebtStatus, Dispute, PaymentClaim


def listed(debt: Debt, amounts: Balances, now: datetime) -> None:
    """Take over the amounts of a debt; what was withdrawn is not asked for again."""
    _set(debt, amounts, now)
    if debt.status is not DebtStatus.WITHDRAWN:
        debt.status = DebtStatus.OPEN if amounts.balance else DebtStatus.PAID


def reckoned(debt: Debt, amounts: Balances, *, surplus: int, withheld: int, now: datetime) -> None:
    """Take over what all facts about the money of a debt come to; see `bookkeeping`."""
    listed(debt, amounts, now)
    debt.surplus_minor, debt.withheld_minor = surplus, withheld


def withdrawn(debt: Debt, now: datetime) -> None:
    """Ask for a debt no more: its dispute was right. Its amounts stay as they were."""
    debt.status, debt.updated_at = DebtStatus.WITHDRAWN, now


def checked(hold: Dispute | PaymentClaim, state: CaseState, now: datetime) -> None:
    """Note what a check has found: the debt is held by it no more."""
    hold.state, hold.closed_at = state, now


def reported_deceased(debtor: Debtor, now: datetime) -> None:
    """Begin no contact with somebody who is said to have died; the first report stays."""
    debtor.deceased_reported_at = debtor.deceased_reported_at or now


def found_alive(debtor: Debtor) -> None:
    """Take back a report that was false."""
    debtor.deceased_reported_at = None


def _set(debt: Debt, amounts: Balances, now: datetime) -> None:
    debt.balance_minor, debt.overdue_minor = amounts.balance, amounts.overdue
    debt.interest_minor, debt.fees_minor = amounts.interest, amounts.fees
    debt.updated_at = now
