"""Portfolios: taken over at once where they are small, by the worker where they are not."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request
from starlette.responses import JSONResponse

from acuerdo.idempotency.service import Answer
from acuerdo.idempotency.service import Request as NamedRequest
from acuerdo.portfolio.importer import ImportProgress
from acuerdo.portfolio.reading import parsed
from doors.api.access import Caller, ProvenRoute, Scope
from doors.api.idempotency import IdempotencyKey, fingerprint, problem_or_answer
from doors.http import TheCore, body_within
from doors.limits import MAX_PORTFOLIO_BYTES

# Some three hundred people: more are taken over by the worker, while every door goes on.
MAX_BYTES_AT_ONCE = 256 * 1024

router = APIRouter(prefix="/api/v1/portfolio", tags=["v1"], route_class=ProvenRoute)


@router.post(
    "",
    summary="Take over a portfolio: the rows that fit, and what is wrong with the others",
    responses={
        200: {"description": "Taken over: counts, and an error for each row that was not"},
        202: {"description": "Stored: the worker takes it over; `Location` says how far it is"},
        400: {"description": "No JSON, or in an encoding that cannot be told"},
        413: {"description": "More than 64 MB"},
        422: {"description": "None of its debtors fits: nothing was taken"},
    },
)
async def take_over_portfolio(
    core: TheCore,
    caller: Caller,
    scope: Scope,
    request: Request,
    key: IdempotencyKey = None,
    prefer: Annotated[str, Header(description="`respond-async`: always answer 202")] = "",
) -> JSONResponse:
    """Insert or update creditors, debtors, contacts and debts by their external ids.

    A file of more than 256 KB, or one with `Prefer: respond-async`, is stored and answered
    with 202.
    """
    content = await body_within(request, MAX_PORTFOLIO_BYTES)
    later = len(content) > MAX_BYTES_AT_ONCE or "respond-async" in prefer.lower()
    portfolio = core.portfolio

    if not scope.is_whole:
        await core.views.reach.portfolio(await asyncio.to_thread(parsed, content), scope)

    async def act() -> Answer:
        if later:
            return _answer(await portfolio.receive(content, caller=caller))
        return _answer(await portfolio.take_over_now(content, caller=caller))

    named = NamedRequest(caller, "portfolio", key, fingerprint(content))
    answer = await core.idempotency.once(named, act)
    response = problem_or_answer(answer)
    if answer.status == HTTPStatus.ACCEPTED:
        response.headers["Location"] = f"{router.prefix}/imports/{answer.body['id']}"
    return response


@router.get("/imports/{import_id}", summary="How far a portfolio has been taken over")
async def import_progress(core: TheCore, caller: Caller, import_id: UUID) -> dict[str, Any]:
    """Return `state` (`received`, `running`, `done`, `rejected`, `failed`), how many of the people
    that fit were dealt with, counts and errors so far; `problem` is why it went wrong."""
    return (await core.portfolio.progress(import_id, caller=caller)).as_json()


def _answer(progress: ImportProgress) -> Answer:
    if progress.is_over:
        return Answer(HTTPStatus.OK, progress.report.as_json())
    return Answer(HTTPStatus.ACCEPTED, progress.as_json())
