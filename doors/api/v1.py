"""The REST API, version 1."""

import asyncio
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from acuerdo.contact.models import Purpose
from acuerdo.values.channels import Channel
from acuerdo.views.dossier.export import to_csv, to_pdf
from doors.api.access import Caller, ProvenRoute
from doors.http import TheCore, body_within
from doors.limits import MAX_PORTFOLIO_BYTES
from doors.problems import WrongRequest, problem

router = APIRouter(prefix="/api/v1", tags=["v1"], route_class=ProvenRoute)


@router.post("/portfolio", summary="Take over a portfolio, all of it or nothing")
async def take_over_portfolio(core: TheCore, _caller: Caller, request: Request) -> dict[str, Any]:
    """Insert or update creditors, debtors, contacts and debts by their external ids."""
    report = await core.portfolio.take_over(await _json(request))
    return report.as_json()


@router.get("/debtors/{external_id}", summary="Everything known about one debtor")
async def debtor(core: TheCore, _caller: Caller, external_id: str) -> JSONResponse:
    """Return debts, addresses, agreements, conversations, attempts; amounts are decimal strings."""
    return JSONResponse(await core.views.debtor_files.as_json(external_id))


class ContactWish(BaseModel):
    """A contact to begin: with whom, about which debt, how and why.

    `schedule`: where it is refused now, make it at the first lawful moment.
    """

    model_config = ConfigDict(extra="forbid")

    debtor: str = Field(max_length=64)
    debt: str | None = Field(default=None, max_length=64)
    channel: Channel
    purpose: Literal["collection", "reminder", "callback"] = "collection"
    schedule: bool = False


@router.post("/contacts", summary="Begin a contact, or learn why it is not allowed")
async def contact(core: TheCore, _caller: Caller, wish: ContactWish) -> JSONResponse:
    """Return 202 with the attempt, or 409 with reason, rule and first lawful moment."""
    answered = await core.outreach.planned_contacts.request(
        wish.debtor,
        wish.channel,
        Purpose(wish.purpose),
        debt=wish.debt,
        schedule=wish.schedule,
    )
    verdict = answered.verdict
    told = {
        "reason": verdict.reason,
        "rule": verdict.rule,
        "next_allowed_at": _iso(verdict.next_allowed_at),
    }
    if answered.planned_id is None:
        return problem(
            HTTPStatus.CONFLICT, "contact_refused", "The contact is not allowed now.", **told
        )
    attempt = {
        "channel": answered.channel,
        "at": _iso(answered.at),
        "purpose": answered.purpose,
        "allowed": verdict.allowed,
    }
    return JSONResponse(
        {
            "id": str(answered.planned_id),
            "due_at": _iso(answered.due_at),
            "attempt": attempt | told,
        },
        status_code=HTTPStatus.ACCEPTED,
    )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


class FileFormat(StrEnum):
    """How a debtor's file is written."""

    CSV = "csv"
    PDF = "pdf"


_WRITTEN: Final = {
    FileFormat.CSV: (to_csv, "text/csv; charset=utf-8"),
    FileFormat.PDF: (to_pdf, "application/pdf"),
}


@router.get("/debtors/{external_id}/file", summary="One debtor's file, as an authority asks for it")
async def debtor_file(
    core: TheCore,
    caller: Caller,
    external_id: str,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    written_as: Annotated[FileFormat, Query(alias="format")] = FileFormat.PDF,
) -> Response:
    """Return contacts, messages, agreements, payments and decisions of a period of local days, both
    ends included; that the file was made is kept in the ledger."""
    dossier = await core.views.dossiers.of(external_id, since=since, until=until, by=caller)
    write, media_type = _WRITTEN[written_as]
    content = await asyncio.to_thread(write, dossier)
    disposition = {"Content-Disposition": f'attachment; filename="expediente.{written_as}"'}
    return Response(content, media_type=media_type, headers=disposition)


async def _json(request: Request) -> object:
    try:
        body: object = orjson.loads(await body_within(request, MAX_PORTFOLIO_BYTES))
    except orjson.JSONDecodeError as error:
        raise WrongRequest(
            HTTPStatus.BAD_REQUEST, "malformed_json", "The body is not JSON."
        ) from error
    return body
