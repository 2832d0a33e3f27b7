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
