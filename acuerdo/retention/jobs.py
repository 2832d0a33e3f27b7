"""The job that deletes what was kept long enough."""

from typing import TYPE_CHECKING

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("retention.purge", cron="41 3 * * *")
async def purge(core: "Acuerdo") -> None:
    """Delete what is older than the settings say."""
    await core.retention.purge()
