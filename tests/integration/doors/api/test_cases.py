"""Cases over REST: listed by pages, assigned, resolved once."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.bootstrap import Acuerdo
from acuerdo.cases.kinds import CaseKind
from acuerdo.debts import repository as debts
from acuerdo.external_events.models import ExternalEvent
from acuerdo.platform.db.session import Database
from acuerdo.values.requests import DisputeReason
from acuerdo.views.cases.views import CaseFilter
from tests.builders import a_creditor, a_debt, a_debtor, a_staff_member, saved
from tests.integration.doors.api.answers import problem
from tests.integration.doors.api.gateway_events import PATH as EVENTS
from tests.integration.doors.api.gateway_events import an_event, signed

PATH = "/api/v1/cases"


@pytest.fixture
async def disputes(core: Acuerdo, db: Database) -> list[str]:
    """Three disputed debts of one person, by the ids of their cases, the oldest first."""
    creditor, debtor = a_creditor(), a_debtor(external_id="ana-1")
    owed = [a_debt(debtor, creditor, external_id=f"ana-1-{number}") for number in range(3)]
    await saved(db, creditor, debtor, *owed, a_staff_member(login="lucia"))
    async with core.db.transaction() as session:
        for each in owed:
            debt = await debts.lock_debt(session, each.id)
            await core.cases.opening.record_dispute(session, debt, DisputeReason.OTHER, "no es mía")
    page = await core.views.cases.page(CaseFilter())
    return [str(line.id) for line in page.lines]


async def test_cases_come_by_pages(erp: httpx.AsyncClient, disputes: list[str]) -> None:
    first = (await erp.get(PATH, params={"limit": 2, "state": "open"})).json()
    assert [each["id"] for each in first["cases"]] == disputes[:2]
    case = first["cases"][0]
    assert (case["kind"], case["state"], case["debtor"]) == ("dispute", "open", "ana-1")
    assert (case["overdue"], case["assigned_to"], case["reason"]) == (False, None, None)
    assert case["rule"].startswith("Regla de la casa")
    rest = (await erp.get(PATH, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [each["id"] for each in rest["cases"]] == disputes[2:]
    assert rest["next_cursor"] is None
    assert (await erp.get(PATH, params={"kind": "death"})).json()["cases"] == []
    assert (await erp.get(PATH, params={"overdue": True})).json()["cases"] == []


async def test_a_case_is_assigned_and_resolved_once(
    erp: httpx.AsyncClient, disputes: list[str]
) -> None:
    path = f"{PATH}/{disputes[0]}"
    answer = await erp.patch(path, json={"assigned_to": "lucia"})
    assert answer.json()["assigned_to"] == "lucia"
    answer = await erp.patch(path, json={"resolution": "rejected", "reason": "Es suya."})
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["resolved_by"]) == ("rejected", "erp")
    answer = await erp.patch(path, json={"resolution": "accepted", "reason": "No lo es."})
    assert answer.status_code == 409
    assert problem(answer)["code"] == "case_resolved"
    file = (await erp.get("/api/v1/debtors/ana-1")).json()
    assert sorted(each["state"] for each in file["disputes"]) == ["open", "open", "rejected"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"resolution": "accepted"},
        {"reason": "sin resultado"},
        {"resolution": "open", "reason": "x"},
        {"resolution": "accepted", "reason": " "},
        {"resolution": "corrected", "reason": "era otro", "amount": "-5"},
        {"state": "accepted"},
    ],
)
async def test_a_wrong_wish_changes_nothing(
    erp: httpx.AsyncClient, disputes: list[str], body: dict[str, str]
) -> None:
    answer = await erp.patch(f"{PATH}/{disputes[0]}", json=body)
    assert answer.status_code == 422
    assert problem(answer)["code"] == "invalid_request"


async def test_what_a_resolution_needs_is_told(erp: httpx.AsyncClient, disputes: list[str]) -> None:
    path = f"{PATH}/{disputes[0]}"
    answer = await erp.patch(path, json={"resolution": "corrected", "reason": "Era otro."})
    assert (answer.status_code, problem(answer)["code"]) == (422, "amount_needed")
    wanted = {"resolution": "accepted", "reason": "Sí.", "lifts_stop": True}
    answer = await erp.patch(path, json=wanted)
    assert (answer.status_code, problem(answer)["code"]) == (422, "stop_stays")
    answer = await erp.patch(f"{PATH}/{uuid4()}", json={"assigned_to": None})
    assert (answer.status_code, problem(answer)["code"]) == (404, "not_found")
    answer = await erp.get(PATH, params={"cursor": "nonsense"})
    assert (answer.status_code, problem(answer)["code"]) == (422, "bad_cursor")


async def test_without_a_key_no_case_is_shown(
    stranger: httpx.AsyncClient, disputes: list[str]
) -> None:
    stranger.headers.pop("Authorization", None)
    assert (await stranger.get(PATH)).status_code == 401
    assert (await stranger.patch(f"{PATH}/{disputes[0]}", json={})).status_code == 401


async def test_the_calls_are_in_the_documentation(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert "get" in paths[PATH]
    assert "patch" in paths[f"{PATH}/{{case_id}}"]


@pytest.fixture
async def unplaced(
    stranger: httpx.AsyncClient, core: Acuerdo, disputes: list[str]
) -> dict[str, Any]:
    """The case of a payment that names no link of ours."""
    body = an_event(amount="50.00", payment_id="pay-1")
    answer = await stranger.post(EVENTS, content=body, headers=signed(body))
    assert answer.status_code == 200
    async with core.db.transaction() as session:
        event_id = (await session.scalars(select(ExternalEvent.id))).one()
    await core.payments.events.handle(event_id)
    await core.cases.opening.money(MoneyQuestion.UNPLACED, event_id)
    (line,) = (await core.views.cases.page(CaseFilter(kind=CaseKind.MONEY))).lines
    return {"path": f"{PATH}/{line.id}", "body": body.decode()}


async def test_money_without_a_debt_is_placed_over_rest(
    erp: httpx.AsyncClient, unplaced: dict[str, Any]
) -> None:
    listed = (await erp.get(PATH, params={"kind": "money"})).json()["cases"]
    (case,) = listed
    money = case["money"]
    assert (case["debtor"], case["debt"]) == (None, None)
    assert (money["question"], money["source"], money["state"]) == (
        "unplaced",
        "payments.sandbox",
        "paid",
    )
    assert (money["amount"], money["currency"], money["reason"]) == (
        "50.00",
        "PEN",
        "payment_without_link",
    )
    assert unplaced["body"] not in str(listed)
    wanted = {"resolution": "accepted", "reason": "Es de Ana."}
    for debt in ({}, {"debt": "nobody"}):
        answer = await erp.patch(unplaced["path"], json=wanted | debt)
        assert (answer.status_code, problem(answer)["code"]) == (422, "debt_needed")
    answer = await erp.patch(unplaced["path"], json=wanted | {"debt": "ana-1-1"})
    assert answer.status_code == 200
    assert (answer.json()["debt"], answer.json()["debtor"]) == ("ana-1-1", "ana-1")
    assert answer.json()["informed_at"] is None
    file = (await erp.get("/api/v1/debtors/ana-1")).json()
    (debt,) = [each for each in file["debts"] if each["external_id"] == "ana-1-1"]
    assert (debt["balance"], debt["surplus"], debt["withheld"]) == ("270.50", "0.00", "0.00")
    assert [(each["kind"], each["source"], each["amount"]) for each in file["money_events"]] == [
        ("statement", "opening", "320.50"),
        ("payment", "gateway:sandbox", "50.00"),
    ]


@pytest.mark.parametrize("debt", ["", "x" * 65, 7])
async def test_a_debt_is_named_as_portfolios_do(
    erp: httpx.AsyncClient, unplaced: dict[str, Any], debt: object
) -> None:
    wanted = {"resolution": "accepted", "reason": "Es de Ana.", "debt": debt}
    assert (await erp.patch(unplaced["path"], json=wanted)).status_code == 422


async def test_cases_about_anything_else_have_no_money(
    erp: httpx.AsyncClient, disputes: list[str]
) -> None:
    (case, *_) = (await erp.get(PATH, params={"kind": "dispute"})).json()["cases"]
    assert case["money"] is None
    wanted = {"resolution": "rejected", "reason": "Es suya.", "debt": "ana-1-1"}
    answer = await erp.patch(f"{PATH}/{disputes[0]}", json=wanted)
    assert (answer.status_code, problem(answer)["code"]) == (422, "debt_needed")
