"""The live view: the browser is told which conversations changed and asks for what it shows."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse

from acuerdo.views.desk.live import gathered
from doors.console.errors import DeskRoute
from doors.console.sessions import PassiveUser
from doors.http import TheCore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_PAUSE_SECONDS: Final = 0.3
# A stream ends so that the browser comes back with its cookie: a session that is over sees no more.
_LASTING_SECONDS: Final = 300
_COME_BACK_MILLISECONDS: Final = 3000
_PING_SECONDS: Final = 15


@router.get("/events")
async def events(
    core: TheCore, _: PassiveUser, open_id: Annotated[UUID | None, Query()] = None
) -> EventSourceResponse:
    """Stream `conversation` with the id of each that changed, `open-conversation` for `open_id`."""
    changes = gathered(
        core.outside.announcements.follow(),
        pause_seconds=_PAUSE_SECONDS,
        lasting_seconds=_LASTING_SECONDS,
    )
    return EventSourceResponse(_told(changes, open_id), ping=_PING_SECONDS)


async def _told(
    changes: AsyncIterator[frozenset[UUID]], open_id: UUID | None
) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(comment="listening", retry=_COME_BACK_MILLISECONDS)
    async for changed in changes:
        if open_id in changed:
            yield ServerSentEvent(str(open_id), event="open-conversation")
        for conversation_id in changed:
            yield ServerSentEvent(str(conversation_id), event="conversation")
