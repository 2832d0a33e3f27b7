"""Jobs that begin when something is agreed."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("agreements.follow_promise")
async def follow_promise(core: "Acuerdo", promise_id: UUID) -> None:
    """Plan what follows a promise: reminders, and the moment at which it is overdue."""
    await core.outreach.agreement_follow_up.schedule_promise(promise_id)


@job("agreements.follow_plan")
async def follow_plan(core: "Acuerdo", plan_id: UUID) -> None:
    """Plan what follows a payment plan: reminders, and the moments its parts are overdue."""
    await core.outreach.agreement_follow_up.schedule_plan(plan_id)
