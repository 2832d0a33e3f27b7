"""The pages: the queue and a conversation, whole or only what changed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.models import Outcome
from acuerdo.staff.service import SignedIn
from doors.console.errors import DeskRoute
from doors.console.rendering import Part, changed, page, part
from doors.console.sessions import CurrentUser, PassiveUser
from doors.http import TheCore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)
Seen = Annotated[list[str], Query(default_factory=list, max_length=20)]


@router.get("")
async def queue_page(request: Request, core: TheCore, me: CurrentUser) -> Response:
    """Show which conversations wait, which the user holds, and the latest."""
    return page(request, "queue", me=me, queue=await queue_part(core, me, None))


@router.get("/queue")
async def queue_parts(
    core: TheCore, me: PassiveUser, seen: Seen, open_id: Annotated[UUID | None, Query()] = None
) -> Response:
    """Return the lists where they changed."""
    return changed([await queue_part(core, me, open_id)], seen)


@router.get("/conversations/{conversation_id}")
async def conversation_page(
    request: Request, core: TheCore, me: CurrentUser, conversation_id: UUID
) -> Response:
    """Show a conversation with the debtor's card. Raises NotFound."""
    parts = {each.id: each for each in await conversation_parts(core, me, conversation_id)}
    return page(
        request,
        "conversation",
        me=me,
        conversation_id=conversation_id,
        now=core.outside.clock.now(),
        parts=parts,
        queue=await queue_part(core, me, conversation_id),
    )


@router.get("/conversations/{conversation_id}/now")
async def conversation_now(
    core: TheCore, me: PassiveUser, conversation_id: UUID, seen: Seen
) -> Response:
    """Return the parts of a conversation's page that changed. Raises NotFound."""
    return changed(await conversation_parts(core, me, conversation_id), seen)


async def queue_part(core: Acuerdo, me: SignedIn, open_id: UUID | None) -> Part:
    """Return the lists, with the open conversation marked."""
    return part("queue", queue=await core.views.desk.queue(me.staff_id, me.scope), open_id=open_id)


async def conversation_parts(core: Acuerdo, me: SignedIn, conversation_id: UUID) -> list[Part]:
    """Return head, transcript, possible actions and the debtor's card. Raises NotFound."""
    conversation = await core.views.desk.conversation(conversation_id, me.staff_id)
    transcript = await core.views.desk.transcript(conversation_id)
    card = await core.views.desk.card(conversation_id)
    return [
        part("head", conversation=conversation),
        part("thread", transcript=transcript),
        part("actions", conversation=conversation, me=me, outcomes=list(Outcome)),
        part("card", card=card, me=me),
    ]
