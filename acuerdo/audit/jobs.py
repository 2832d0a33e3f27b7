"""Jobs of the ledger: seal in batches, note the head outside."""

from typing import TYPE_CHECKING

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("audit.seal", cron="*/5 * * * *")
async def seal(core: "Acuerdo") -> None:
    """Seal the messages, proofs and news of the last minutes; note the head."""
    await core.sealing.seal()
    await core.sealing.anchor("schedule")


@job("audit.anchor_nightly", cron="7 3 * * *")
async def anchor_nightly(core: "Acuerdo") -> None:
    """Note the head of the day, in the log and in the file."""
    await core.sealing.anchor("night")
