"""The telephone at the desk: calling somebody, the softphone, the calls that go on."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from acuerdo.calls.transfers import identity_of
from acuerdo.contact.models import Purpose
from acuerdo.providers.twilio.softphone import softphone_token
from acuerdo.wording.words import WORDS
from doors.console.dependencies import TheCore
from doors.console.errors import DeskRoute
from doors.console.rendering import page, part
from doors.console.security import softphone_policy
from doors.console.sessions import Acting, AtWork, Watching

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)
_TOKEN_SECONDS: Final = 3600


@router.post("/calls")
async def call(
    request: Request, core: TheCore, me: Acting, contact_point_id: Annotated[UUID, Form()]
) -> Response:
    """Ring somebody up, if the law and the house allow it now."""
    dialled = await core.calls.dialling.call(contact_point_id, Purpose.COLLECTION)
    verdict = dialled.refused
    if verdict is None:
        where = f"/desk/conversations/{dialled.conversation_id}"
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)
    why = WORDS["refused"].get(verdict.reason, verdict.rule)
    sentence = f"{WORDS['call']['not_allowed']}: {why}."
    return page(request, "error", status=HTTPStatus.CONFLICT, sentence=sentence)


@router.get("/calls")
async def live_calls(request: Request, core: TheCore, me: AtWork) -> Response:
    """The calls that go on, each with its transcript one press away."""
    calls = part("calls", calls=await core.views.desk.live_calls(), now=core.outside.clock.now())
    return page(request, "calls", me=me, calls=calls)


@router.get("/calls/now")
async def live_calls_now(core: TheCore, me: Watching) -> Response:
    """The same list as it is now."""
    shown = part("calls", calls=await core.views.desk.live_calls(), now=core.outside.clock.now())
    return Response(shown.html, media_type="text/html")


@router.get("/phone")
async def softphone(request: Request, core: TheCore, me: AtWork) -> Response:
    """The softphone of whoever is logged in; calls reach it while the page is open."""
    stand_in = bool(core.settings.twilio.base_url)
    shown = page(request, "phone", me=me, identity=identity_of(me.staff_id), is_stand_in=stand_in)
    if not stand_in:
        shown.headers["Content-Security-Policy"] = softphone_policy()
    return shown


@router.get("/phone/token")
async def token(core: TheCore, me: AtWork) -> Response:
    """What the softphone proves itself with to the provider."""
    made = softphone_token(
        core.settings.twilio, identity_of(me.staff_id), valid_seconds=_TOKEN_SECONDS
    )
    return JSONResponse({"token": made, "identity": identity_of(me.staff_id)})


@router.post("/phone/here")
async def open_line(core: TheCore, me: Acting) -> Response:
    """The softphone is open; its page says so again and again."""
    await core.calls.transfers.listen(me.staff_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/phone/gone")
async def close_line(core: TheCore, me: Acting) -> Response:
    """The softphone was closed."""
    await core.calls.transfers.leave(me.staff_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)
