"""A key that asks too much is told when to come back; nobody else waits for it."""

import httpx
import pytest

from acuerdo.platform.settings import Settings

MOST = 3


@pytest.fixture
def settings(settings: Settings) -> Settings:
    few = settings.api.model_copy(update={"requests_per_minute": MOST})
    return settings.model_copy(update={"api": few})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/debtors/nobody"),
        ("POST", "/api/v1/contacts"),
        ("POST", "/api/v1/portfolio"),
        ("GET", "/api/v1/cases"),
    ],
)
async def test_beyond_the_limit_every_door_of_rest_answers_429(
    erp: httpx.AsyncClient, method: str, path: str
) -> None:
    for _ in range(MOST):
        assert (await erp.request(method, path)).status_code != 429
    # when
    refused = await erp.request(method, path)
    # then
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["retry-after"]) in range(1, 61)
    assert refused.json()["code"] == "too_many_requests"


async def test_another_key_and_whoever_has_none_are_not_counted(erp: httpx.AsyncClient) -> None:
    for _ in range(MOST + 1):
        last = await erp.get("/api/v1/debtors/nobody")
    assert last.status_code == 429
    other = await erp.get("/api/v1/debtors/nobody", headers={"Authorization": "Bearer another"})
    assert other.status_code == 404
    for _ in range(MOST + 1):
        nobody = {"Authorization": "Bearer nobody's"}
        assert (await erp.get("/api/v1/debtors/nobody", headers=nobody)).status_code == 401
