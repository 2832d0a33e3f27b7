"""Portfolios through the door: at once or later, once however often they are sent."""

import asyncio
import json
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from acuerdo.bootstrap import Acuerdo
from tests.integration.doors.api.answers import problem
from tests.integration.portfolio.files import a_creditor_row, a_debt_row, a_debtor_row, a_portfolio

KEY = {"Idempotency-Key": "a-file-of-monday"}


async def test_rows_that_fit_are_taken_and_the_others_named(erp: httpx.AsyncClient) -> None:
    wrong = a_debtor_row(id="d-2", debts=[a_debt_row(id="d-2-a", overdue="999.00")])
    answer = await erp.post("/api/v1/portfolio", json=a_portfolio(a_debtor_row(), wrong))
    assert answer.status_code == 200
    assert (answer.json()["debtors"], answer.json()["debts"]) == (1, 1)
    assert answer.json()["errors"] == [
        {"row": "d-2-a", "field": "balance", "problem": "is less than its parts"}
    ]
    assert (await erp.get("/api/v1/debtors/d-1")).status_code == 200
    assert (await erp.get("/api/v1/debtors/d-2")).status_code == 404


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
async def test_it_is_read_in_the_encoding_it_has(erp: httpx.AsyncClient, encoding: str) -> None:
    row = a_debtor_row(name="José Núñez")
    content = json.dumps(a_portfolio(row), ensure_ascii=False).encode(encoding)
    assert (await erp.post("/api/v1/portfolio", content=content)).status_code == 200
    assert (await erp.get("/api/v1/debtors/d-1")).json()["name"] == "José Núñez"


async def test_an_encoding_that_cannot_be_told_is_said(erp: httpx.AsyncClient) -> None:
    answer = await erp.post("/api/v1/portfolio", content='{"a": "José"}'.encode("cp850"))
    assert (answer.status_code, problem(answer)["code"]) == (400, "unknown_encoding")
    assert "UTF-8" in problem(answer)["detail"]


async def test_the_same_file_four_times_at_once_breaks_nothing(erp: httpx.AsyncClient) -> None:
    rows = [
        a_debtor_row(id=f"d-{n}", debts=[a_debt_row(id=f"d-{n}-a")], contacts=[]) for n in range(9)
    ]
    answers = await asyncio.gather(
        *(erp.post("/api/v1/portfolio", json=a_portfolio(*rows)) for _ in range(4))
    )
    assert {each.status_code for each in answers} <= {200, 202}
    assert (await erp.get("/api/v1/debtors/d-8")).status_code == 200


async def test_a_file_that_may_wait_is_stored_and_its_progress_told(
    erp: httpx.AsyncClient, core: Acuerdo
) -> None:
    headers = {"Prefer": "respond-async"}
    answer = await erp.post("/api/v1/portfolio", json=a_portfolio(), headers=headers)
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    place = answer.headers["Location"]
    assert (await erp.get(place)).json()["state"] == "received"
    await core.portfolio.run(UUID(answer.json()["id"]))
    done = (await erp.get(place)).json()
    assert (done["state"], done["taken"], done["total"], done["debts"]) == ("done", 1, 1, 1)
    assert done["errors"] == []
    assert done["finished_at"]


async def test_a_large_file_waits_in_any_case(
    erp: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doors.api.portfolio.MAX_BYTES_AT_ONCE", 100)
    assert (await erp.post("/api/v1/portfolio", json=a_portfolio())).status_code == 202


@pytest.mark.parametrize("import_id", ["00000000-0000-0000-0000-000000000007", "x"])
async def test_an_import_that_is_not_there(erp: httpx.AsyncClient, import_id: str) -> None:
    answer = await erp.get(f"/api/v1/portfolio/imports/{import_id}")
    assert answer.status_code in (404, 422)
    assert problem(answer)["code"]


async def test_an_import_is_its_callers(erp: httpx.AsyncClient) -> None:
    answer = await erp.post(
        "/api/v1/portfolio", json=a_portfolio(), headers={"Prefer": "respond-async"}
    )
    crm = {"Authorization": "Bearer another"}
    assert (await erp.get(answer.headers["Location"], headers=crm)).status_code == 404


async def test_progress_wants_a_key(stranger: httpx.AsyncClient) -> None:
    place = "/api/v1/portfolio/imports/00000000-0000-0000-0000-000000000007"
    assert (await stranger.get(place)).status_code == 401


async def test_the_same_request_has_the_same_answer(erp: httpx.AsyncClient) -> None:
    first = await erp.post("/api/v1/portfolio", json=a_portfolio(), headers=KEY)
    again = await erp.post("/api/v1/portfolio", json=a_portfolio(), headers=KEY)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    other = a_portfolio(a_debtor_row(name="Otra"))
    refused = await erp.post("/api/v1/portfolio", json=other, headers=KEY)
    assert (refused.status_code, problem(refused)["code"]) == (422, "idempotency_key_reused")
    assert (await erp.get("/api/v1/debtors/d-1")).json()["name"] == "Ana Flores"


async def test_a_refused_file_may_be_sent_again_under_its_key(erp: httpx.AsyncClient) -> None:
    wrong = a_portfolio(a_debtor_row(country="XX"))
    for _ in range(2):
        answer = await erp.post("/api/v1/portfolio", json=wrong, headers=KEY)
        assert (answer.status_code, problem(answer)["code"]) == (422, "portfolio_rejected")


@pytest.mark.parametrize("key", ["", "x" * 201, "ñ"])
async def test_a_key_is_short_and_printable(erp: httpx.AsyncClient, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("utf-8")}
    answer = await erp.post("/api/v1/portfolio", json=a_portfolio(), headers=headers)
    assert answer.status_code in (200, 400)


async def test_a_named_wish_is_answered_as_before(erp: httpx.AsyncClient) -> None:
    await erp.post("/api/v1/portfolio", json=a_portfolio())
    wish: dict[str, Any] = {"debtor": "d-1", "channel": "whatsapp", "schedule": True}
    first, again = [await erp.post("/api/v1/contacts", json=wish, headers=KEY) for _ in range(2)]
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    other = await erp.post("/api/v1/contacts", json=wish | {"purpose": "reminder"}, headers=KEY)
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency_key_reused")


async def test_a_refusal_is_the_same_problem_again(erp: httpx.AsyncClient) -> None:
    await erp.post("/api/v1/portfolio", json=a_portfolio(a_debtor_row(contacts=[])))
    wish = {"debtor": "d-1", "channel": "whatsapp"}
    first, again = [await erp.post("/api/v1/contacts", json=wish, headers=KEY) for _ in range(2)]
    assert (first.status_code, problem(first)["code"]) == (409, "contact_refused")
    assert problem(again) == problem(first)


@pytest.mark.parametrize("name", ["CLI/0001", "FAC/2026/0012", "0001 0234", "A&B-7", "x/file", "%"])
async def test_others_identifiers_stand_escaped_in_addresses(
    erp: httpx.AsyncClient, name: str
) -> None:
    row = a_debtor_row(id=name, debts=[a_debt_row(id=name, creditor=name)])
    portfolio = a_portfolio(row, creditors=[a_creditor_row(id=name)])
    assert (await erp.post("/api/v1/portfolio", json=portfolio)).json()["errors"] == []
    place = f"/api/v1/debtors/{quote(name, safe='')}"
    assert (await erp.get(place)).json()["external_id"] == name
    file = await erp.get(f"{place}/file", params={"format": "csv"})
    assert (file.status_code, file.headers["content-type"][:8]) == (200, "text/csv")
    wish = {"debtor": name, "debt": name, "channel": "whatsapp", "schedule": True}
    # nobody can be written to here: that is what is refused, not the name
    refused = await erp.post("/api/v1/contacts", json=wish)
    assert (refused.status_code, problem(refused)["reason"]) == (409, "no_address")


@pytest.mark.parametrize("name", ["a\x00", "\ud800", "", "x" * 65])
async def test_a_wish_about_what_is_no_identifier_is_refused(
    erp: httpx.AsyncClient, name: str
) -> None:
    content = json.dumps({"debtor": name, "channel": "whatsapp"})
    answer = await erp.post(
        "/api/v1/contacts", content=content, headers={"content-type": "application/json"}
    )
    assert 400 <= answer.status_code < 500
