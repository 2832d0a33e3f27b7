"""Recordings: begun after the notice was heard, silent while somebody proves who they are."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from acuerdo.calls import repository
from acuerdo.calls.models import CallState
from acuerdo.contact.ports import CallRecorder
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProviderError
from acuerdo.platform.logging import get_logger

_ON: Final = "on"
_PAUSED: Final = "paused"
_log = get_logger()


@dataclass(frozen=True, slots=True)
class Recording:
    """The use case of recording a call, where the installation records at all."""

    db: Database
    recorder: CallRecorder | None

    async def follow(self, call_id: UUID, *, secret: bool) -> None:
        """Bring a call's recording in line with the question that comes next.

        `secret`: what will be answered is nobody's business. A provider that does not obey is
        logged: the call goes on.
        """
        if self.recorder is None:
            return
        async with self.db.transaction() as session:
            call = await repository.lock_call(session, call_id)
            wanted = _wanted(call.recording, secret=secret)
            if call.state is CallState.ENDED or not call.provider_id or wanted == call.recording:
                return
            begins, call.recording = call.recording is None, wanted
            provider_id = call.provider_id
        try:
            if begins:
                await self.recorder.record(provider_id)
            else:
                await self.recorder.pause_recording(provider_id, paused=wanted == _PAUSED)
        except ProviderError as error:
            _log.error("recording_disobeyed", call=str(call_id), state=wanted, code=error.code)


def _wanted(recording: str | None, *, secret: bool) -> str | None:
    if secret:
        return None if recording is None else _PAUSED
    return _ON
