"""Jobs of calls: dial, dial again, finish what a hang-up left."""

import contextlib
from typing import TYPE_CHECKING
from uuid import UUID

from acuerdo.contact.models import Purpose
from acuerdo.platform.errors import ProviderError
from acuerdo.platform.jobs import job

if TYPE_CHECKING:
    from acuerdo.bootstrap import Acuerdo


@job("calls.complete")
async def complete(core: "Acuerdo", call_id: UUID) -> None:
    """Carry out what was said before a hang-up."""
    await core.calls.hang_up.complete(call_id)


@job("calls.dial", retried=False)
async def dial(core: "Acuerdo", call_id: UUID, contact_point_id: UUID, purpose: Purpose) -> None:
    """Dial once; a call that could not be placed stands noted as one that failed."""
    with contextlib.suppress(ProviderError):
        await core.calls.dialling.dial(contact_point_id, purpose, call_id=call_id)


@job("calls.dial_again", retried=False)
async def dial_again(core: "Acuerdo", call_id: UUID) -> None:
    """Dial again after a call that reached nobody."""
    with contextlib.suppress(ProviderError):
        await core.calls.dialling.dial_again(call_id)


@job("calls.end_if_still_dialling")
async def end_if_still_dialling(core: "Acuerdo", call_id: UUID) -> None:
    """End a call of which nothing was heard since it was dialled."""
    await core.calls.dialling.end_if_still_dialling(call_id)
