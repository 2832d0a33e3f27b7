"""Cases at the desk: the list, and each with its evidence and its resolution."""

from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query
from pydantic import BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.service import Decided, ResolutionWord
from acuerdo.debts.models import CaseState
from acuerdo.platform.errors import NotAllowed
from acuerdo.staff.permissions import Permission
from acuerdo.staff.service import SignedIn
from acuerdo.views.cases.views import CaseFilter
from doors.console.errors import DeskRoute
from doors.console.rendering import page
from doors.console.sessions import CurrentUser, FormUser
from doors.http import TheCore

router = APIRouter(prefix="/desk/cases", route_class=DeskRoute, include_in_schema=False)
_PAGE: Final = 50


def _nothing(given: object) -> object:
    """A field of a form that was left empty is not there."""
    return None if isinstance(given, str) and not given.strip() else given


def _amount(given: object) -> object:
    """An amount as people write it: with a comma or a point, with spaces."""
    if not isinstance(given, str):
        return given
    written = given.replace(" ", "")
    if not written:
        return None
    try:
        return Decimal(written.replace(",", ".")) if written.count(",") == 1 else Decimal(written)
    except InvalidOperation:
        return given


Kind = Annotated[CaseKind | None, BeforeValidator(_nothing), Query()]
State = Annotated[CaseState | None, BeforeValidator(_nothing), Query()]
Amount = Annotated[Decimal | None, BeforeValidator(_amount), Form()]
DebtName = Annotated[Annotated[str, Field(max_length=64)] | None, BeforeValidator(_nothing), Form()]
Reason = Annotated[str, Form(min_length=1, max_length=1000, pattern=r"\S")]


@router.get("")
async def cases(
    request: Request,
    core: TheCore,
    me: CurrentUser,
    kind: Kind = None,
    state: State = None,
    mine: bool = False,
    overdue: bool = False,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The cases that were asked for, the nearest deadline first; the open ones at first."""
    if not request.query_params:
        state = CaseState.OPEN
    wanted = CaseFilter(kind, state, me.staff_id if mine else None, overdue)
    found = await core.views.cases.page(wanted, cursor=cursor, limit=_PAGE, scope=me.scope)
    following = {**request.query_params, "cursor": found.cursor, "state": state or ""}
    return page(
        request,
        "cases",
        me=me,
        now=core.outside.clock.now(),
        page=found,
        wanted=wanted,
        next_url=f"/desk/cases?{urlencode(following)}" if found.cursor else None,
    )


@router.get("/{case_id}")
async def case(request: Request, core: TheCore, me: CurrentUser, case_id: UUID) -> Response:
    """One case with what was said, sent and done."""
    now = core.outside.clock.now()
    return page(request, "case", me=me, now=now, case=await core.views.cases.case(case_id))


@router.get("/{case_id}/files/{message_id}/{index}")
async def file(
    core: TheCore, me: CurrentUser, case_id: UUID, message_id: UUID, index: int
) -> RedirectResponse:
    """A file that the person sent; who looks at it is written down."""
    await core.cases.work.see_evidence(case_id, message_id, by=_name(me))
    return RedirectResponse(f"/desk/media/{message_id}/{index}", HTTPStatus.SEE_OTHER)


@router.post("/{case_id}/seen")
async def seen(
    core: TheCore, me: FormUser, case_id: UUID, message_id: Annotated[UUID, Form()]
) -> RedirectResponse:
    """Note that what the person said was read."""
    await core.cases.work.see_evidence(case_id, message_id, by=_name(me))
    return _back(case_id)


@router.post("/{case_id}/assign")
async def assign(
    core: TheCore, me: FormUser, case_id: UUID, mine: Annotated[bool, Form()]
) -> RedirectResponse:
    """Take a case, or leave it to others."""
    await core.cases.work.assign(case_id, me.login if mine else None, by=_name(me))
    return _back(case_id)


@router.post("/{case_id}/resolve")
async def resolve(
    core: TheCore,
    me: FormUser,
    case_id: UUID,
    resolution: Annotated[ResolutionWord, Form()],
    reason: Reason,
    amount: Amount = None,
    lifts_stop: Annotated[bool, Form()] = False,
    debt: DebtName = None,
) -> RedirectResponse:
    """Close a case with its result and reason; who may answer about data is for managers to say."""
    line = (await core.views.cases.case(case_id)).line
    if line.kind is CaseKind.DATA_REQUEST and not me.may(Permission.ANSWER_DATA_REQUESTS):
        raise NotAllowed
    named = None if debt is None else debt.strip()
    decided = Decided(resolution, reason.strip(), amount, lifts_stop, named)
    await core.cases.work.resolve(
        case_id, decided, by=_name(me), staff_id=me.staff_id, scope=me.scope
    )
    return _back(case_id)


def _name(me: SignedIn) -> str:
    return f"desk:{me.login}"


def _back(case_id: UUID) -> RedirectResponse:
    return RedirectResponse(f"/desk/cases/{case_id}", HTTPStatus.SEE_OTHER)
