"""Jobs of taking portfolios over."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("portfolio.take_over")
async def take_over(core: "Acuerdo", import_id: UUID) -> None:
    """Take a portfolio over, from where it was left."""
    await core.portfolio.run(import_id)
