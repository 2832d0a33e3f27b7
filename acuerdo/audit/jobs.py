"""Jobs of the ledger: seal in batches, note the head outside."""

from datetime import timedelta
from typing import TYPE_CHECKING

from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("audit.seal", every=timedelta(minutes=5))
async def seal(core: "Acuerdo") -> None:
    """Seal the messages, proofs and news of the last minutes; note the head."""
    await core.operation.sealing.seal()
    await core.operation.sealing.anchor("schedule")


@job("audit.anchor_nightly", every=timedelta(days=1))
async def anchor_nightly(core: "Acuerdo") -> None:
    """Note the head of the day, in the log and in the file."""
    await core.operation.sealing.anchor("night")
