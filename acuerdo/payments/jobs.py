"""Jobs of payments."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


async def _leave_to_people(core: "Acuerdo", event_id: UUID) -> None:
    await core.external_events.fail(event_id, "tried_too_often")
    await core.cases.opening.money(MoneyQuestion.UNREADABLE, event_id)


@job("payments.handle_event", last_resort=_leave_to_people)
async def handle_event(core: "Acuerdo", event_id: UUID) -> None:
    """Do what a gateway's event says."""
    await core.payments.events.handle(event_id)


@job("payments.thank")
async def thank(core: "Acuerdo", payment_id: UUID, conversation_id: UUID) -> None:
    """Thank for a payment in the conversation its link was asked in."""
    await core.payments.taking.thank(payment_id, conversation_id)
