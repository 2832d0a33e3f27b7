"""Cases over REST: listed by pages, assigned, resolved once."""

from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from acuerdo.bootstrap import Acuerdo
from acuerdo.debts import repository as debts
from acuerdo.platform.db.session import Database
from acuerdo.values.requests import DisputeReason
from acuerdo.views.cases.views import CaseFilter
from tests.builders import a_creditor, a_debt, a_debtor, a_staff_member, saved
from tests.integration.doors.api.answers import problem

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
