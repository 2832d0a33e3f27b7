"""Cases over REST: the list, and the work on one."""

from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.money_news import MoneyNews
from acuerdo.cases.service import Decided
from acuerdo.debts.models import CaseState
from acuerdo.views.cases.views import CaseFilter, CaseLine
from doors.api.access import Caller, ProvenRoute, Scope, within_reach
from doors.http import TheCore

router = APIRouter(
    prefix="/api/v1/cases",
    tags=["v1"],
    dependencies=[Depends(within_reach)],
    route_class=ProvenRoute,
)


@router.get("", summary="Cases to be worked, the nearest deadline first")
async def cases(
    core: TheCore,
    _caller: Caller,
    scope: Scope,
    kind: CaseKind | None = None,
    state: CaseState | None = None,
    overdue: bool = False,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Return a page of cases; `next_cursor` asks for what follows, null at the end."""
    wanted = CaseFilter(kind, state, overdue=overdue)
    page = await core.views.cases.page(wanted, cursor=cursor, limit=limit, scope=scope)
    return {"cases": [_case(line) for line in page.lines], "next_cursor": page.cursor}


class CaseChange(BaseModel):
    """What is done about a case: given to somebody of the desk, resolved, or both.

    `assigned_to`: a login, null for nobody. A resolution has a `reason`, which the person reads.
    `amount`, a decimal in the currency of the debt: the right balance of a corrected dispute; what
    is booked of a payment claim, by default what was claimed, "0" where the balance has it already;
    of money what was given back, by default all that was paid too much, or the balance of a debt
    that came back, or in the currency of the debt what came in another. `debt`: the debt, as the
    portfolio calls it, that money without one belongs to.
    """

    model_config = ConfigDict(extra="forbid")

    assigned_to: str | None = Field(default=None, max_length=64)
    resolution: Literal["accepted", "rejected", "corrected"] | None = None
    reason: str | None = Field(default=None, min_length=1, max_length=1000, pattern=r"\S")
    amount: Decimal | None = Field(default=None, ge=0)
    lifts_stop: bool = False
    debt: str | None = Field(default=None, min_length=1, max_length=64)

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if not self.model_fields_set & {"assigned_to", "resolution"}:
            raise ValueError("nothing is to be done: give assigned_to or resolution")
        if (self.resolution is None) != (self.reason is None):
            raise ValueError("a resolution and its reason come together")
        return self


@router.patch(
    "/{case_id}",
    summary="Assign or resolve a case",
    responses={HTTPStatus.CONFLICT: {"description": "It was resolved before."}},
)
async def change(
    core: TheCore, caller: Caller, scope: Scope, case_id: UUID, wanted: CaseChange
) -> dict[str, Any]:
    """Return the case as it is afterwards; 409 where it was resolved before."""
    if "assigned_to" in wanted.model_fields_set:
        await core.cases.work.assign(case_id, wanted.assigned_to, by=caller)
    if wanted.resolution is not None and wanted.reason is not None:
        decided = Decided(
            wanted.resolution,
            wanted.reason.strip(),
            wanted.amount,
            wanted.lifts_stop,
            wanted.debt,
        )
        await core.cases.work.resolve(case_id, decided, by=caller, scope=scope)
    return _case((await core.views.cases.case(case_id)).line)


def _case(line: CaseLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "kind": line.kind,
        "state": line.state,
        "debtor": line.debtor,
        "debt": line.debt,
        "conversation": None if line.conversation_id is None else str(line.conversation_id),
        "words": line.words,
        "opened_at": line.opened_at.isoformat(),
        "due_on": line.due_on.isoformat(),
        "rule": line.rule,
        "overdue": line.is_overdue,
        "assigned_to": line.assigned_login,
        "resolved_at": None if line.resolved_at is None else line.resolved_at.isoformat(),
        "resolved_by": line.resolved_by,
        "reason": line.reason,
        "informed_at": None if line.informed_at is None else line.informed_at.isoformat(),
        "money": None if line.money is None else _money(line.money),
    }


def _money(news: MoneyNews) -> dict[str, Any]:
    """What a case about money asks, and the news it is about; never a webhook's body."""
    return {
        "question": news.question,
        "source": news.source,
        "state": news.state,
        "amount": None if news.amount is None else news.amount.plain(),
        "currency": None if news.amount is None else news.amount.currency,
        "at": None if news.moved_at is None else news.moved_at.isoformat(),
        "received_at": news.received_at.isoformat(),
        "event_id": news.event_id,
        "reason": news.reason,
        "event_state": news.event_state,
    }
