"""The manager's pages: the ledger, one debtor's file, the house limits."""

import asyncio
from datetime import date, time
from http import HTTPStatus
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Query
from pydantic import BeforeValidator
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acuerdo.contact.house_rules import CountryLimits
from acuerdo.staff.permissions import Permission
from acuerdo.staff.service import SignedIn
from acuerdo.values.countries import COUNTRIES
from acuerdo.views.dossier.export import to_csv, to_pdf
from doors.console.errors import DeskRoute
from doors.console.rendering import page
from doors.console.sessions import require
from doors.http import TheCore

router = APIRouter(prefix="/desk/manager", route_class=DeskRoute, include_in_schema=False)


def _nothing(given: object) -> object:
    """Read an empty field of a form as None."""
    return None if given == "" else given


Day = Annotated[date | None, BeforeValidator(_nothing), Query()]
Hour = Annotated[time | None, BeforeValidator(_nothing), Form()]
Count = Annotated[int | None, BeforeValidator(_nothing), Form(ge=1, le=1000)]
_FILES: Final = {"csv": (to_csv, "text/csv; charset=utf-8"), "pdf": (to_pdf, "application/pdf")}


@router.get("")
async def ledger(
    request: Request,
    core: TheCore,
    me: Annotated[SignedIn, require(Permission.READ_LEDGER)],
    since: Day = None,
    until: Day = None,
) -> Response:
    """Show contacts and refusals of a period, by reason and rule. Raises PeriodBackwards."""
    return page(request, "ledger", me=me, ledger=await core.views.reports.attempts(since, until))


@router.get("/file")
async def file(
    request: Request,
    core: TheCore,
    me: Annotated[SignedIn, require(Permission.READ_DEBTOR_FILES)],
    debtor: Annotated[str, Query(max_length=64)] = "",
    since: Day = None,
    until: Day = None,
) -> Response:
    """Show one debtor's file, which is written down.

    Raises NotFound or PeriodBackwards."""
    asked = debtor.strip()
    if asked:
        await core.views.reach.debtor(asked, me.scope, by=f"desk:{me.login}")
    dossier = (
        await core.views.dossiers.of(asked, since=since, until=until, by=f"desk:{me.login}")
        if asked
        else None
    )
    return page(request, "file", me=me, dossier=dossier, debtor=asked, since=since, until=until)


@router.get("/file.{written_as}")
async def file_download(
    core: TheCore,
    me: Annotated[SignedIn, require(Permission.READ_DEBTOR_FILES)],
    written_as: Literal["csv", "pdf"],
    debtor: Annotated[str, Query(max_length=64)],
    since: Day = None,
    until: Day = None,
) -> Response:
    """Return one debtor's file as CSV or PDF, which is written down.

    Raises NotFound or PeriodBackwards."""
    await core.views.reach.debtor(debtor, me.scope, by=f"desk:{me.login}")
    write, media_type = _FILES[written_as]
    dossier = await core.views.dossiers.of(debtor, since=since, until=until, by=f"desk:{me.login}")
    disposition = {"Content-Disposition": f'attachment; filename="expediente.{written_as}"'}
    content = await asyncio.to_thread(write, dossier)
    return Response(content, media_type=media_type, headers=disposition)


@router.get("/data-cases")
async def data_cases(
    me: Annotated[SignedIn, require(Permission.ANSWER_DATA_REQUESTS)],
) -> Response:
    """Send on to the cases: requests about data are among them."""
    return RedirectResponse("/desk/cases?kind=data_request&state=open", HTTPStatus.SEE_OTHER)


@router.get("/limits")
async def limits(
    request: Request,
    core: TheCore,
    me: Annotated[SignedIn, require(Permission.SET_LIMITS)],
    country: Annotated[str, Query()] = "MX",
) -> Response:
    """Show the house limits of a country beside its law. Raises NotFound."""
    view = await core.views.reports.house_limits(country)
    return page(request, "limits", me=me, view=view, countries=sorted(COUNTRIES))


@router.post("/limits/{country}")
async def change_limits(
    core: TheCore,
    me: Annotated[SignedIn, require(Permission.SET_LIMITS, form=True)],
    country: str,
    weekdays: Annotated[list[int], Form(default_factory=list, max_length=7)],
    opens: Hour = None,
    closes: Hour = None,
    most_a_day: Count = None,
    most_a_week: Count = None,
    gap_hours: Count = None,
    holidays: Annotated[bool, Form()] = False,
) -> Response:
    """Set the house limits of a country from now on. Raises NotFound, LimitsContradict."""
    wanted = CountryLimits(
        frozenset(weekdays), opens, closes, holidays, most_a_day, most_a_week, gap_hours
    )
    await core.contact.house_limits.change(country, wanted, me.staff_id)
    return RedirectResponse(f"/desk/manager/limits?country={country}", HTTPStatus.SEE_OTHER)
