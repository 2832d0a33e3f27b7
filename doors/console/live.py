"""The live view: the browser is told which conversations changed and asks for what it shows."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse

from acuerdo.views.desk.live import gathered
from doors.console.errors import DeskRoute
from doors.console.sessions import PassiveUser
from doors.console.streams import SessionStreams, until
from doors.http import TheCore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

# The page closes its stream at this event (`sse-close`): coming back, it would end another one.
REPLACED: Final = "replaced"
_PAUSE_SECONDS: Final = 0.3
# A stream ends so that the browser comes back with its cookie: a session that is over sees no more.
_LASTING_SECONDS: Final = 300
_COME_BACK_MILLISECONDS: Final = 3000
_PING_SECONDS: Final = 15


@router.get("/events")
async def events(
    request: Request,
    core: TheCore,
    me: PassiveUser,
    open_id: Annotated[UUID | None, Query()] = None,
) -> EventSourceResponse:
    """Stream `conversation` with the id of each that changed, `open-conversation` for `open_id`.

    Of more than `MOST_STREAMS` of one session the oldest ends with `replaced`.
    """
    changes = gathered(
        core.outside.announcements.follow(),
        pause_seconds=_PAUSE_SECONDS,
        lasting_seconds=_LASTING_SECONDS,
    )
    stream = _stream(_streams_of(request), me.csrf_token, changes, open_id)
    return EventSourceResponse(stream, ping=_PING_SECONDS)


def _streams_of(request: Request) -> SessionStreams:
    """Return the open streams of this process, from its first one on."""
    state = request.app.state
    if not hasattr(state, "session_streams"):
        state.session_streams = SessionStreams()
    streams: SessionStreams = state.session_streams
    return streams


async def _stream(
    streams: SessionStreams,
    session: str,
    changes: AsyncGenerator[frozenset[UUID], None],
    open_id: UUID | None,
) -> AsyncIterator[ServerSentEvent]:
    replaced = streams.begin(session)
    try:
        yield ServerSentEvent(comment="listening", retry=_COME_BACK_MILLISECONDS)
        async with aclosing(changes):
            async for changed in until(replaced, changes):
                if open_id in changed:
                    yield ServerSentEvent(str(open_id), event="open-conversation")
                for conversation_id in changed:
                    yield ServerSentEvent(str(conversation_id), event="conversation")
        if replaced.is_set():
            yield ServerSentEvent("newer pages of this session are open", event=REPLACED)
    finally:
        streams.end(session, replaced)
