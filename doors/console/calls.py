"""The telephone at the desk: calling somebody, the softphone, the calls that go on."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.calls.transfers import identity_of
from acuerdo.contact.models import Purpose
from acuerdo.platform.errors import NotFound
from acuerdo.staff.service import SignedIn
from acuerdo.wording.words import WORDS
from doors.console.errors import DeskRoute
from doors.console.rendering import Part, page, part
from doors.console.security import softphone_policy
from doors.console.sessions import CurrentUser, FormUser, PassiveUser
from doors.http import TheCore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)
_TOKEN_SECONDS: Final = 3600


@router.post("/calls")
async def call(
    request: Request, core: TheCore, me: FormUser, contact_point_id: Annotated[UUID, Form()]
) -> Response:
    """Dial a contact point and lead to its conversation; 409 with the reason of a refusal."""
    await core.views.reach.contact_point(contact_point_id, me.scope, by=f"desk:{me.login}")
    dialled = await core.calls.dialling.dial(contact_point_id, Purpose.COLLECTION)
    verdict = dialled.refused
    if verdict is None:
        where = f"/desk/conversations/{dialled.conversation_id}"
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)
    why = WORDS["refused"].get(verdict.reason, verdict.rule)
    sentence = f"{WORDS['call']['not_allowed']}: {why}."
    return page(request, "error", status=HTTPStatus.CONFLICT, sentence=sentence)


@router.get("/calls")
async def live_calls(request: Request, core: TheCore, me: CurrentUser) -> Response:
    """Show the calls that go on, each with the way to its transcript."""
    return page(request, "calls", me=me, calls=await _calls(core, me))


@router.get("/calls/now")
async def live_calls_now(core: TheCore, me: PassiveUser) -> Response:
    """Return the list of calls as it is now."""
    return Response((await _calls(core, me)).html, media_type="text/html")


async def _calls(core: Acuerdo, me: SignedIn) -> Part:
    calls = await core.views.desk.live_calls(me.scope)
    return part("calls", calls=calls, now=core.outside.clock.now())


@router.get("/phone")
async def softphone(request: Request, core: TheCore, me: CurrentUser) -> Response:
    """Show the softphone of the current user; calls reach it while the page is open."""
    softphones = core.outside.softphones
    stand_in = softphones is not None and softphones.is_stand_in
    shown = page(request, "phone", me=me, identity=identity_of(me.staff_id), is_stand_in=stand_in)
    if not stand_in:
        shown.headers["Content-Security-Policy"] = softphone_policy()
    return shown


@router.get("/phone/token")
async def token(core: TheCore, me: CurrentUser) -> Response:
    """Return what the softphone proves itself with; raises NotFound where there is no telephone."""
    if core.outside.softphones is None:
        raise NotFound
    identity = identity_of(me.staff_id)
    made = core.outside.softphones.token(identity, valid_seconds=_TOKEN_SECONDS)
    return JSONResponse({"token": made, "identity": identity})


@router.post("/phone/here")
async def open_line(core: TheCore, me: FormUser) -> Response:
    """Note that the softphone is open; its page repeats this while it is."""
    await core.calls.transfers.listen(me.staff_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/phone/gone")
async def close_line(core: TheCore, me: FormUser) -> Response:
    """Note that the softphone was closed."""
    await core.calls.transfers.leave(me.staff_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)
