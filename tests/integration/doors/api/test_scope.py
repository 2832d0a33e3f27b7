"""M7: a key with a scope reaches the debtors of its creditors; who looked is written down."""

from typing import Any

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import text

from acuerdo.bootstrap import Acuerdo
from acuerdo.platform.settings import Settings
from tests.integration.doors.api.conftest import API_KEY
from tests.integration.portfolio.files import a_portfolio


def owing_to(creditor: str, debtor: str, number: str) -> dict[str, Any]:
    """A portfolio of one creditor and one person."""
    written = a_portfolio()
    written["creditors"] = [written["creditors"][0] | {"id": creditor, "name": creditor.title()}]
    row = written["debtors"][0]
    debt = row["debts"][0] | {"id": f"{debtor}-a", "creditor": creditor}
    contacts = [each | {"address": number} for each in row["contacts"][:1]]
    written["debtors"] = [row | {"id": debtor, "debts": [debt], "contacts": contacts}]
    return written


@pytest.fixture
def settings(settings: Settings) -> Settings:
    scoped = settings.api.model_copy(update={"creditors": "crm:banco"})
    return settings.model_copy(update={"api": scoped})


@pytest.fixture
async def crm(erp: httpx.AsyncClient) -> httpx.AsyncClient:
    """A caller of one creditor, where another whose key reaches all brought two people."""
    for creditor, debtor, number in (
        ("banco", "d-banco", "+51987654321"),
        ("luz", "d-luz", "+51987654322"),
    ):
        answer = await erp.post("/api/v1/portfolio", json=owing_to(creditor, debtor, number))
        assert answer.is_success, answer.text
    erp.headers["Authorization"] = "Bearer another"
    return erp


async def test_who_is_beyond_the_scope_does_not_exist(crm: httpx.AsyncClient) -> None:
    assert (await crm.get("/api/v1/debtors/d-banco")).status_code == 200
    for path in ("/debtors/d-luz", "/debtors/d-luz/file", "/debtors/d-luz/file?format=csv"):
        beyond = await crm.get(f"/api/v1{path}")
        nobody = await crm.get(f"/api/v1{path.replace('d-luz', 'nobody')}")
        assert (beyond.status_code, beyond.json()) == (404, nobody.json())
    wish = {"debtor": "d-luz", "channel": "whatsapp", "purpose": "collection"}
    assert (await crm.post("/api/v1/contacts", json=wish)).status_code == 404


@pytest.mark.parametrize(
    ("creditor", "debtor"),
    [("luz", "d-new"), ("banco", "d-luz"), ("luz", "d-luz"), (" luz ", "d-new"), ("x", "d-banco")],
)
async def test_an_import_touches_only_rows_of_its_creditors(
    crm: httpx.AsyncClient, creditor: str, debtor: str
) -> None:
    before = (await crm.get("/api/v1/debtors/d-banco")).json()
    written = owing_to(creditor, debtor, "+51987654399")
    refused = await crm.post("/api/v1/portfolio", json=written)
    assert (refused.status_code, refused.json()["code"]) == (403, "out_of_scope")
    assert (await crm.get("/api/v1/debtors/d-banco")).json() == before


async def test_a_debt_of_another_creditor_is_not_taken_over(crm: httpx.AsyncClient) -> None:
    written = owing_to("banco", "d-new", "+51987654399")
    written["debtors"][0]["debts"][0]["id"] = "d-luz-a"
    assert (await crm.post("/api/v1/portfolio", json=written)).status_code == 403


async def test_its_own_rows_are_taken(crm: httpx.AsyncClient) -> None:
    answer = await crm.post("/api/v1/portfolio", json=owing_to("banco", "d-banco", "+51987654321"))
    assert answer.is_success


async def test_who_looked_is_written_down_once_and_sealed(
    crm: httpx.AsyncClient, core: Acuerdo
) -> None:
    for _ in range(3):
        await crm.get("/api/v1/debtors/d-banco")
    await crm.get("/api/v1/debtors/d-luz")
    crm.headers["Authorization"] = f"Bearer {API_KEY}"
    await crm.get("/api/v1/debtors/d-luz/file?format=csv")
    async with core.db.transaction() as session:
        rows = await session.execute(
            text(
                "select v.by, d.external_id from file_view v join debtor d on d.id = v.debtor_id"
                " order by v.sequence"
            )
        )
        looked = [tuple(row) for row in rows.all()]
    assert looked == [("api:crm", "d-banco"), ("api:erp", "d-luz")]


async def test_a_scope_of_no_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="ACUERDO_API__CREDITORS"):
        Settings(_env_file=None, api={"keys": "erp:k", "creditors": "epr:banco"})  # type: ignore[call-arg, arg-type]


def test_a_scope_reads_odd_identifiers_and_an_empty_one_reaches_nobody() -> None:
    api = Settings(
        _env_file=None,  # type: ignore[call-arg]
        api={"keys": "erp:k,crm:l", "creditors": "erp:FAC%2C1|a%7Cb, crm:"},  # type: ignore[arg-type]
    ).api
    assert api.scope_by_name["erp"].creditors == {"FAC,1", "a|b"}
    assert not api.scope_by_name["crm"].reaches({"banco"})
