"""Jobs of taking portfolios over."""

from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


async def _give_up(core: "Acuerdo", import_id: UUID) -> None:
    await core.portfolio.give_up(import_id)


@job("portfolio.take_over", last_resort=_give_up)
async def take_over(core: "Acuerdo", import_id: UUID) -> None:
    """Take a portfolio over, from where it was left."""
    await core.portfolio.run(import_id)
