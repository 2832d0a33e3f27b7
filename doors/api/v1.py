"""The REST API, version 1."""

import asyncio
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query
from fastapi import Request as HttpRequest
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse, Response

from acuerdo.contact.models import Purpose
from acuerdo.idempotency.service import Answer, Request
from acuerdo.portfolio.schema import ExternalId
from acuerdo.values.channels import Channel
from acuerdo.views.dossier.export import to_csv, to_pdf
from doors.api.access import Caller, ProvenRoute, Scope, debtor_in, within_reach
from doors.api.idempotency import IdempotencyKey, fingerprint, problem_or_answer
from doors.http import TheCore
from doors.problems import problem_body

router = APIRouter(
    prefix="/api/v1", tags=["v1"], dependencies=[Depends(within_reach)], route_class=ProvenRoute
)


class ContactWish(BaseModel):
    """A contact to begin: with whom, about which debt, how and why.

    `schedule`: where it is refused now, make it at the first lawful moment.
    """

    model_config = ConfigDict(extra="forbid")

    debtor: ExternalId
    debt: ExternalId | None = None
    channel: Channel
    purpose: Literal["collection", "reminder", "callback"] = "collection"
    schedule: bool = False


@router.post(
    "/contacts",
    summary="Begin a contact, or learn why it is not allowed",
    status_code=HTTPStatus.ACCEPTED,
    responses={409: {"description": "Refused now, or an equal request is being answered"}},
)
async def contact(
    core: TheCore, caller: Caller, scope: Scope, wish: ContactWish, key: IdempotencyKey = None
) -> JSONResponse:
    """Return 202 with the attempt, or 409 with reason, rule and first lawful moment.

    A collection is refused with `nothing_overdue` where nothing is late, with `promise_open` where
    all that is has been agreed on; of the debt that is named, else of all that the person owes.

    The same wish that is open already is answered, not begun again. With an `Idempotency-Key` the
    same request has the same answer; another one under that key is a 422.
    """
    await core.views.reach.debtor(wish.debtor, scope, by=f"api:{caller}")
    asked = Request(caller, "contacts", key, fingerprint(wish.model_dump_json().encode()))
    answered = await core.idempotency.once(asked, lambda: _begin(core, wish))
    return problem_or_answer(answered)


async def _begin(core: TheCore, wish: ContactWish) -> Answer:
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
        words = "The contact is not allowed now."
        refusal = problem_body(HTTPStatus.CONFLICT, "contact_refused", words, **told)
        return Answer(HTTPStatus.CONFLICT, refusal)
    attempt: dict[str, Any] = {
        "channel": answered.channel,
        "at": _iso(answered.at),
        "purpose": answered.purpose,
        "allowed": verdict.allowed,
    }
    begun = {
        "id": str(answered.planned_id),
        "due_at": _iso(answered.due_at),
        "attempt": attempt | told,
    }
    return Answer(HTTPStatus.ACCEPTED, begun)


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


@router.get(
    "/debtors/{external_id:path}/file", summary="One debtor's file, as an authority asks for it"
)
async def debtor_file(
    core: TheCore,
    caller: Caller,
    request: HttpRequest,
    external_id: str,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    written_as: Annotated[FileFormat, Query(alias="format")] = FileFormat.PDF,
) -> Response:
    """Return contacts, messages, agreements, payments and decisions of a period of local days, both
    ends included; that the file was made is kept in the ledger."""
    named = debtor_in(request)
    if named != external_id:
        return await debtor(core, caller, named)
    dossier = await core.views.dossiers.of(external_id, since=since, until=until, by=caller)
    write, media_type = _WRITTEN[written_as]
    content = await asyncio.to_thread(write, dossier)
    disposition = {"Content-Disposition": f'attachment; filename="expediente.{written_as}"'}
    return Response(content, media_type=media_type, headers=disposition)


@router.get("/debtors/{external_id:path}", summary="Everything known about one debtor")
async def debtor(core: TheCore, _caller: Caller, external_id: str) -> JSONResponse:
    """Return debts, addresses, agreements, conversations, attempts; amounts are decimal strings."""
    return JSONResponse(await core.views.debtor_files.as_json(external_id))
