"""The job that deletes what was kept long enough."""

from datetime import timedelta
from typing import TYPE_CHECKING

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("retention.purge", every=timedelta(days=1))
async def purge(core: "Acuerdo") -> None:
    """Delete what is older than the settings say."""
    await core.operation.retention.purge()


@job("retention.forget_message_bodies", every=timedelta(hours=1))
async def forget_message_bodies(core: "Acuerdo") -> None:
    """Delete what channels sent about messages and calls once it serves nobody any more."""
    await core.operation.retention.forget_message_bodies()
