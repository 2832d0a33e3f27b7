"""What a person does with a conversation; each answers with the page as it is afterwards."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.models import Outcome
from acuerdo.staff.service import SignedIn
from doors.console.conversation_pages import conversation_parts, queue_part
from doors.console.errors import DeskRoute, is_fragment
from doors.console.rendering import changed
from doors.console.sessions import FormUser
from doors.http import TheCore

router = APIRouter(
    prefix="/desk/conversations/{conversation_id}", route_class=DeskRoute, include_in_schema=False
)
Written = Annotated[str, Form(min_length=1, max_length=10_000, pattern=r"\S")]
Seen = Annotated[list[str], Form(default_factory=list, max_length=20)]


@router.post("/take")
async def take(
    request: Request, core: TheCore, me: FormUser, conversation_id: UUID, seen: Seen
) -> Response:
    """Take a conversation over from the assistant."""
    await core.conversations.hand_off.take(conversation_id, me.staff_id)
    return await _afterwards(request, core, me, conversation_id, seen)


@router.post("/reply")
async def reply(
    request: Request, core: TheCore, me: FormUser, conversation_id: UUID, text: Written, seen: Seen
) -> Response:
    """Send a message through the channel of the conversation."""
    await core.conversations.hand_off.say(conversation_id, me.staff_id, text)
    return await _afterwards(request, core, me, conversation_id, seen)


@router.post("/note")
async def note(
    request: Request, core: TheCore, me: FormUser, conversation_id: UUID, text: Written, seen: Seen
) -> Response:
    """Write a note for colleagues."""
    await core.conversations.hand_off.note(conversation_id, me.staff_id, text)
    return await _afterwards(request, core, me, conversation_id, seen)


@router.post("/hand-back")
async def hand_back(
    request: Request, core: TheCore, me: FormUser, conversation_id: UUID, seen: Seen
) -> Response:
    """Give a conversation back to the assistant."""
    await core.conversations.hand_off.hand_back(conversation_id, me.staff_id)
    return await _afterwards(request, core, me, conversation_id, seen)


@router.post("/close")
async def close(
    request: Request,
    core: TheCore,
    me: FormUser,
    conversation_id: UUID,
    outcome: Annotated[Outcome, Form()],
    seen: Seen,
) -> Response:
    """End a conversation with its one outcome."""
    await core.conversations.hand_off.close(conversation_id, me.staff_id, outcome)
    return await _afterwards(request, core, me, conversation_id, seen)


async def _afterwards(
    request: Request, core: Acuerdo, me: SignedIn, conversation_id: UUID, seen: list[str]
) -> Response:
    if not is_fragment(request):
        return RedirectResponse(f"/desk/conversations/{conversation_id}", HTTPStatus.SEE_OTHER)
    parts = await conversation_parts(core, me, conversation_id)
    return changed([*parts, await queue_part(core, me, conversation_id)], seen)
