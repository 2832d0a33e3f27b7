"""Jobs of payments."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("payments.thank")
async def thank(core: "Acuerdo", payment_id: UUID, conversation_id: UUID) -> None:
    """Thank for a payment in the conversation its link was asked in."""
    await core.payments.thank(payment_id, conversation_id)
