"""The REST API, version 1."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from acuerdo.contact.models import Purpose
from acuerdo.values.channels import Channel
from api.access import Caller, Core
from api.bodies import body_within
from api.problems import ApiError, problem

MAX_PORTFOLIO_BYTES = 64 * 1024 * 1024

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.post("/portfolio", summary="Take over a portfolio, all of it or nothing")
async def take_over_portfolio(core: Core, _caller: Caller, request: Request) -> dict[str, Any]:
    """Insert or update creditors, debtors, contacts and debts by their external ids."""
    report = await core.portfolio.take_over(await _json(request))
    return report.as_json()


@router.get("/debtors/{external_id}", summary="Everything known about one debtor")
async def debtor(core: Core, _caller: Caller, external_id: str) -> JSONResponse:
    """Debts, addresses, agreements, conversations and attempts; amounts are decimal strings."""
    return JSONResponse(await core.case_files.of(external_id))


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
async def contact(core: Core, _caller: Caller, wish: ContactWish) -> JSONResponse:
    """202 with the attempt; 409 with the reason, the rule and the first lawful moment."""
    answered = await core.campaigns.ask_for(
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


async def _json(request: Request) -> object:
    try:
        body: object = orjson.loads(await body_within(request, MAX_PORTFOLIO_BYTES))
    except orjson.JSONDecodeError as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, "malformed_json", "The body is not JSON.") from error
    return body
