"""The REST API, version 1."""

from http import HTTPStatus
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from api.access import Caller, Core
from api.bodies import body_within
from api.problems import ApiError

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


async def _json(request: Request) -> object:
    try:
        body: object = orjson.loads(await body_within(request, MAX_PORTFOLIO_BYTES))
    except orjson.JSONDecodeError as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, "malformed_json", "The body is not JSON.") from error
    return body
