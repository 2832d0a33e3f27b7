"""What money does to agreements: the only place where it moves a promise, a plan, an instalment."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository, transitions
from acuerdo.agreements.coverage import covered
from acuerdo.debts.models import Debt, DebtStatus
from acuerdo.debts.transitions import settled

PaidSince = Callable[[datetime], Awaitable[int]]


async def apply_payment(
    session: AsyncSession, debt: Debt, paid_since: PaidSince, *, paid_on: date, now: datetime
) -> None:
    """Move what was agreed about a debt after a payment that was made on a local day.

    The debt is held, and its amounts are those after the payment. `paid_since` tells what has
    come for it since a moment, in minor units. A kept closing offer closes the debt.
    """
    await _keep_promises(session, debt, paid_since, paid_on, now)
    await _pay_instalments(session, debt, paid_since)


async def _keep_promises(
    session: AsyncSession, debt: Debt, paid_since: PaidSince, paid_on: date, now: datetime
) -> None:
    for promise in await repository.open_promises_of_debt(session, debt.id):
        paid = await paid_since(promise.recorded_at)
        # what has kept another promise does not keep this one too
        paid -= await repository.kept_since(session, debt.id, promise.recorded_at)
        is_covered = paid >= promise.amount_minor
        if promise.settles and paid_on > promise.due_on:
            # the closing offer had its day: what comes later is a payment like any other
            is_covered = False
        if not is_covered and debt.status is not DebtStatus.PAID:
            continue
        transitions.kept(promise, now)
        if promise.settles:
            settled(debt, now)


async def _pay_instalments(session: AsyncSession, debt: Debt, paid_since: PaidSince) -> None:
    plan = await repository.active_plan_of_debt(session, debt.id)
    if plan is None:
        return
    paid = await paid_since(plan.recorded_at)
    count = covered(paid, [part.amount_minor for part in plan.instalments])
    for part in plan.instalments[:count]:
        transitions.paid(part)
    if count == len(plan.instalments) or debt.status is DebtStatus.PAID:
        transitions.plan_completed(plan)


async def cancel_agreements(session: AsyncSession, debt: Debt, now: datetime) -> None:
    """End what was agreed about a debt that is not asked for any more; the debt is held."""
    for promise in await repository.open_promises_of_debt(session, debt.id):
        transitions.cancelled(promise, now)
    plan = await repository.active_plan_of_debt(session, debt.id)
    if plan is not None:
        transitions.plan_cancelled(plan)
