"""How what was offered and agreed moves. The caller holds the rows."""

from datetime import datetime

from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    Promise,
    PromiseState,
    Proposal,
    ProposalState,
)


def accepted(proposal: Proposal) -> None:
    """Note that a proposal was read back and confirmed."""
    proposal.state = ProposalState.ACCEPTED


def kept(promise: Promise, now: datetime) -> None:
    """Note that what was promised has come."""
    _close(promise, PromiseState.KEPT, now)


def broken(promise: Promise, now: datetime) -> None:
    """Note that the promised day has passed without the money."""
    _close(promise, PromiseState.BROKEN, now)


def reopened(promise: Promise) -> None:
    """Wait again for what had come and went back."""
    promise.state, promise.closed_at = PromiseState.OPEN, None


def promise_paid(promise: Promise, minor: int) -> None:
    """Note how much has come of a promise, in minor units."""
    promise.paid_minor = minor


def rescheduled(promise: Promise, now: datetime) -> None:
    """Note that another agreement takes the place of a promise."""
    _close(promise, PromiseState.RESCHEDULED, now)


def cancelled(promise: Promise, now: datetime) -> None:
    """Note that nothing has to be paid any more of what was promised."""
    _close(promise, PromiseState.CANCELLED, now)


def plan_cancelled(plan: Plan) -> None:
    """End a plan in whose place another one comes, or whose debt is gone."""
    plan.state = PlanState.CANCELLED


def plan_broken(plan: Plan) -> None:
    """End a plan that was missed too often."""
    plan.state = PlanState.BROKEN


def plan_completed(plan: Plan) -> None:
    """End a plan that was paid to its end."""
    plan.state = PlanState.COMPLETED


def plan_reopened(plan: Plan) -> None:
    """Go on with a plan: money went back, or what seemed missing had come in time."""
    plan.state = PlanState.ACTIVE


def part_paid(part: Instalment, minor: int) -> None:
    """Note how much has come of an instalment, in minor units."""
    part.paid_minor = minor
    part.state = InstalmentState.PAID if minor >= part.amount_minor else InstalmentState.PENDING


def _close(promise: Promise, state: PromiseState, now: datetime) -> None:
    promise.state, promise.closed_at = state, now
