"""The REST calls as `interfaces.md` says them."""

from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.settings import ApiSettings
from acuerdo.views.debtor_file.service import DebtorFiles
from tests.integration.doors.api.answers import problem
from tests.integration.portfolio.files import a_debtor_row, a_portfolio


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic an-api-key", "an-api-key", "Bearer ñ"],
)
async def test_without_a_key_nobody_is_answered(
    stranger: httpx.AsyncClient, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    for method, path in (("GET", "/api/v1/debtors/d-1"), ("POST", "/api/v1/portfolio")):
        answer = await stranger.request(method, path, headers=headers, json={})
        assert answer.status_code == 401
        assert problem(answer)["code"] == "unauthorized"


@pytest.mark.parametrize("keys", ["", "erp", "erp:", "erp: ,crm:"])
async def test_a_caller_named_without_a_key_opens_the_door_to_nobody(
    stranger: httpx.AsyncClient, app: FastAPI, core: Acuerdo, keys: str
) -> None:
    api = ApiSettings.model_validate({"keys": keys})
    app.state.acuerdo = replace(core, settings=core.settings.model_copy(update={"api": api}))
    for header in ({}, {"Authorization": "Bearer "}):
        answer = await stranger.get("/api/v1/debtors/d-1", headers=header)
        assert answer.status_code == 401


async def test_a_portfolio_is_taken_over_and_read_back(erp: httpx.AsyncClient) -> None:
    answer = await erp.post("/api/v1/portfolio", json=a_portfolio())
    assert answer.status_code == 200
    assert answer.json() == {
        "creditors": 1,
        "debtors": 1,
        "contacts": 1,
        "debts": 1,
        "errors": [],
    }
    found = (await erp.get("/api/v1/debtors/d-1")).json()
    assert found["name"] == "Ana Flores"
    assert found["debts"][0]["balance"] == "320.50"
    assert "4567" not in str(found)
    assert "1990" not in str(found)


async def test_a_portfolio_with_errors_is_refused_row_by_row(erp: httpx.AsyncClient) -> None:
    answer = await erp.post("/api/v1/portfolio", json=a_portfolio(a_debtor_row(country="XX")))
    assert answer.status_code == 422
    body = problem(answer)
    assert body["code"] == "portfolio_rejected"
    assert [(each["row"], each["field"]) for each in body["errors"]] == [("d-1", "country")]
    assert (await erp.get("/api/v1/debtors/d-1")).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "malformed_json"),
        (b"", "malformed_json"),
        (b"\xff", "unknown_encoding"),
        (b"[" * 100_000, "malformed_json"),
    ],
)
async def test_what_is_no_json_is_refused(erp: httpx.AsyncClient, body: bytes, code: str) -> None:
    answer = await erp.post("/api/v1/portfolio", content=body)
    assert (answer.status_code, problem(answer)["code"]) == (400, code)


async def test_a_body_without_end_is_not_read_to_its_end(
    erp: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doors.api.portfolio.MAX_PORTFOLIO_BYTES", 1000)
    read = 0

    async def endless():  # type: ignore[no-untyped-def]
        nonlocal read
        for _ in range(100):
            read += 1
            yield b"x" * 100

    told = await erp.post("/api/v1/portfolio", content=b"x" * 1001)
    untold = await erp.post("/api/v1/portfolio", content=endless())
    assert [each.status_code for each in (told, untold)] == [413, 413]
    assert problem(untold)["code"] == "too_large"
    assert read < 100


@pytest.mark.parametrize("length", ["abc", "-1", "١"])
async def test_a_length_that_is_no_number_breaks_nothing(
    erp: httpx.AsyncClient, length: str
) -> None:
    headers = {"content-length": length.encode("utf-8")}
    answer = await erp.post("/api/v1/portfolio", content=b"{", headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["nobody", "d-1%00", "%F0%9F%99%82", "a" * 500])
async def test_a_debtor_nobody_knows_is_a_problem(erp: httpx.AsyncClient, name: str) -> None:
    answer = await erp.get(f"/api/v1/debtors/{name}")
    assert (answer.status_code, problem(answer)["code"]) == (404, "not_found")


async def test_wrong_paths_and_methods_are_problems_too(erp: httpx.AsyncClient) -> None:
    assert problem(await erp.get("/api/v1/nothing"))["code"] == "not_found"
    assert problem(await erp.delete("/api/v1/portfolio"))["code"] == "method_not_allowed"


async def test_a_database_that_is_gone_is_told_as_unavailable(
    erp: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> None:
        raise OperationalError("select secret", {"name": "Ana Flores"}, Exception("gone"))

    await erp.post("/api/v1/portfolio", json=a_portfolio())
    monkeypatch.setattr(DebtorFiles, "as_json", gone)
    answer = await erp.get("/api/v1/debtors/d-1")
    assert (answer.status_code, problem(answer)["code"]) == (503, "unavailable")
    assert "Ana" not in answer.text
    assert "select" not in answer.text


async def test_a_mistake_of_ours_is_a_problem_that_tells_nothing(
    erp: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("Ana Flores")

    await erp.post("/api/v1/portfolio", json=a_portfolio())
    monkeypatch.setattr(DebtorFiles, "as_json", broken)
    with capture_logs() as logged:
        answer = await erp.get("/api/v1/debtors/d-1")
    assert (answer.status_code, problem(answer)["code"]) == (500, "internal_error")
    assert "Ana" not in answer.text
    assert [each["log_level"] for each in logged] == ["error"]


async def test_what_is_inside_is_not_described_outside(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert {"/api/v1/portfolio", "/api/v1/debtors/{external_id}"} <= set(paths)
    assert not [path for path in paths if path.startswith("/internal")]


async def test_h6_the_web_process_runs_no_actions(stranger: httpx.AsyncClient) -> None:
    call = {"next_action": "action_thank", "tracker": {"sender_id": "x"}}
    answer = await stranger.post("/internal/actions", json=call)
    assert answer.status_code == 404


async def test_the_process_lives_and_says_which_part_does_not_answer(
    stranger: httpx.AsyncClient,
) -> None:
    assert (await stranger.get("/health/live")).json() == {"status": "alive"}
    ready = await stranger.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json() == {
        "ready": False,
        "parts": {"database": True, "redis": False, "engine": False},
    }


async def test_figures_are_told_in_the_format_of_prometheus(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert "acuerdo_conversations_waiting 0.0" in answer.text
    assert 'acuerdo_part_ready{part="engine"} 0.0' in answer.text


@pytest.mark.parametrize("name", ["%00", "a%00b", "%ED%A0%80", "%F0%9F%99%82"])
async def test_low_an_identifier_that_no_column_holds_is_no_mistake_of_ours(
    erp: httpx.AsyncClient, name: str
) -> None:
    for path in (f"/api/v1/debtors/{name}", f"/api/v1/debtors/{name}/file"):
        assert (await erp.get(path)).status_code in (404, 422)
    debtor = {"debtor": "a\x00b", "debt": "\x00", "channel": "voice"}
    assert (await erp.post("/api/v1/contacts", json=debtor)).status_code in (404, 422)
