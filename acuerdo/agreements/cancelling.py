"""What becomes of agreements about a debt that is not asked for any more."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository, transitions
from acuerdo.debts.models import Debt


async def cancel_agreements(session: AsyncSession, debt: Debt, now: datetime) -> None:
    """End what was agreed about a debt that is not asked for any more; the debt is held."""
    for promise in await repository.open_promises_of_debt(session, debt.id):
        transitions.cancelled(promise, now)
    plan = await repository.active_plan_of_debt(session, debt.id)
    if plan is not None:
        transitions.plan_cancelled(plan)
