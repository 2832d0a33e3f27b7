"""`GET /api/v1/debtors/{id}/file`: one person's file for an authority."""

import httpx
import pytest

from tests.clock import FixedClock
from tests.integration.doors.api.answers import problem
from tests.integration.portfolio.files import a_portfolio

PATH = "/api/v1/debtors/d-1/file"


@pytest.fixture
async def portfolio(erp: httpx.AsyncClient) -> None:
    """Ana Flores is known."""
    await erp.post("/api/v1/portfolio", json=a_portfolio())


async def test_it_comes_as_pdf_or_csv(
    erp: httpx.AsyncClient, portfolio: None, clock: FixedClock
) -> None:
    year = clock.now().year
    answer = await erp.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    answer = await erp.get(
        PATH, params={"format": "csv", "from": f"{year}-01-01", "to": f"{year}-12-31"}
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="expediente.csv"'
    assert "Nombre: Ana Flores" in answer.text
    # who asked is a part of it, and of the next one
    assert "Pedido por: erp" in answer.text
    assert "Entrega de este expediente" in answer.text


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"from": "2026-02-01", "to": "2026-01-01"}, 422, "period_backwards"),
        ({"from": "ayer"}, 422, "invalid_request"),
        ({"format": "doc"}, 422, "invalid_request"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    erp: httpx.AsyncClient, portfolio: None, params: dict[str, str], status: int, code: str
) -> None:
    answer = await erp.get(PATH, params=params)
    assert (answer.status_code, problem(answer)["code"]) == (status, code)


async def test_of_nobody_there_is_none(erp: httpx.AsyncClient) -> None:
    assert (await erp.get("/api/v1/debtors/nobody/file")).status_code == 404


async def test_without_a_key_there_is_none(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.get(PATH)).status_code == 401


@pytest.mark.parametrize(
    "period",
    ["to=9999-12-31", "from=0001-01-01", "from=9999-12-31&to=9999-12-31"],
)
async def test_low_the_ends_of_the_calendar_are_dates_too(
    erp: httpx.AsyncClient, portfolio: None, period: str
) -> None:
    answer = await erp.get(f"{PATH}?format=csv&{period}")
    assert answer.status_code == 200
