"""Whatever goes wrong behind a genuine request, the caller hears words of ours, never an error."""

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from acuerdo.calls.phrases import phrase
from acuerdo.platform import errors
from acuerdo.platform.errors import AcuerdoError
from doors.http import BodyTooLarge
from doors.webhooks.body import WebhookForged
from simulator.telephone.vocabulary import faults, parse
from tests.unit.core_errors import ALL
from voice.errors import CallRoute

STATUSES = {errors.NotFound: 404, WebhookForged: 403, BodyTooLarge: 413}
PATH = "/voice/turn?n=2"


async def answer_to(error: Exception, path: str = PATH) -> httpx.Response:
    """What a route that raises the error answers."""
    router = APIRouter(route_class=CallRoute)

    @router.post("/voice/turn")
    async def fail() -> None:
        raise error

    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://host"
    ) as client:
        return await client.post(path)


def verbs(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200
    assert faults(answer.text) == []
    return [each.tag for each in parse(answer.text)]


@pytest.mark.parametrize("kind", [k for k in ALL if k not in STATUSES and k != errors.CallEnded])
async def test_trouble_is_a_moment_of_patience(kind: type[AcuerdoError]) -> None:
    answer = await answer_to(kind.__new__(kind))
    assert verbs(answer) == ["Say", "Pause", "Redirect"]
    assert f"{PATH}&amp;again=1" in answer.text


async def test_patience_ends_with_an_apology() -> None:
    answer = await answer_to(ConnectionResetError(), f"{PATH}&again=3")
    assert verbs(answer) == ["Say", "Hangup"]
    assert phrase("failed") in answer.text


async def test_a_call_that_is_over_is_hung_up() -> None:
    assert verbs(await answer_to(errors.CallEnded())) == ["Hangup"]


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
async def test_what_is_not_genuine_gets_a_status(kind: type[Exception], status: int) -> None:
    answer = await answer_to(kind())
    assert answer.status_code == status
    assert "<Response" not in answer.text
