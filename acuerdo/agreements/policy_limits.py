"""A debt and its creditor's policy, as the pure rules want them."""

from datetime import date

from acuerdo.agreements import terms_json
from acuerdo.agreements.models import Proposal, ProposalKind
from acuerdo.agreements.offers import OfferLimits, Owed
from acuerdo.debts.models import Debt, DebtStatus
from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.service import DebtView
from acuerdo.values.money import Money


def limits_of(debt: DebtView) -> OfferLimits:
    """A creditor's policy in the minor units of the debt's currency."""
    policy: CreditorPolicy = debt.policy
    currency = debt.balance.currency
    return OfferLimits(
        promise_max_days=policy.promise.max_days,
        promise_min=Money.rounded(policy.promise.min_amount, currency),
        promise_max_open=policy.promise.max_open,
        plan_max_instalments=policy.plan.max_instalments,
        plan_min_instalment=Money.rounded(policy.plan.min_instalment, currency),
        plan_frequencies=policy.plan.frequencies,
        plan_min_down_percent=policy.plan.min_down_payment_percent,
        plan_max_first_days=policy.plan.max_first_payment_days,
        settlement_max_percent=policy.settlement.max_discount_percent,
        settlement_valid_days=policy.settlement.valid_days,
    )


def owed_of(debt: DebtView) -> Owed:
    """What is owed, as the rules want it."""
    return Owed(balance=debt.balance, overdue=debt.overdue)


def still_possible(proposal: Proposal, debt: Debt, today: date) -> bool:
    """Whether what was read back can still be kept: money may have come, days have passed."""
    if debt.status is not DebtStatus.OPEN:
        return False
    if proposal.kind is ProposalKind.PLAN:
        plan = terms_json.read_plan(proposal.terms)
        return plan.total == debt.balance and plan.instalments[0][0] >= today
    promise = terms_json.read_promise(proposal.terms)
    return promise.amount <= debt.balance and promise.due_on >= today
