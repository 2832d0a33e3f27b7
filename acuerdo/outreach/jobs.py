"""Jobs of planned contacts and of agreements whose day has come."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("outreach.attempt")
async def attempt(core: "Acuerdo", planned_id: UUID) -> None:
    """Try a planned contact."""
    await core.outreach.planned_contacts.attempt(planned_id)


@job("outreach.check_delivery")
async def check_delivery(core: "Acuerdo", planned_id: UUID) -> None:
    """Look whether a planned contact reached its address."""
    await core.outreach.planned_contacts.check_delivery(planned_id)


@job("outreach.break_promise_if_overdue")
async def break_promise_if_overdue(core: "Acuerdo", promise_id: UUID) -> None:
    """Find a promise broken once its day has passed."""
    await core.outreach.agreement_follow_up.break_if_overdue(promise_id)


@job("outreach.miss_instalment_if_overdue")
async def miss_instalment_if_overdue(core: "Acuerdo", instalment_id: UUID) -> None:
    """Find an instalment missed once its day has passed."""
    await core.outreach.agreement_follow_up.miss_if_overdue(instalment_id)
