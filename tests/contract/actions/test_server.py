"""Who may run actions: the engine, by the shared secret, and nobody else."""

from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI

from actions.server import router
from acuerdo.platform.settings import Settings
from acuerdo.providers.rasa.secret import SECRET_HEADER


def the_door(secret: str) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(router)
    settings = Settings.model_validate({"engine": {"secret": secret}})
    app.state.acuerdo = SimpleNamespace(settings=settings)
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://product")


@pytest.mark.parametrize(
    ("secret", "given"),
    [
        ("the-secret", None),
        ("the-secret", ""),
        ("the-secret", "another"),
        ("the-secret", "the-secret "[:-2]),
        ("", ""),
        ("", "anything"),
    ],
)
async def test_whoever_does_not_know_the_secret_is_forbidden(
    secret: str, given: str | None
) -> None:
    headers = {} if given is None else {SECRET_HEADER: given}
    async with the_door(secret) as door:
        answer = await door.post("/internal/actions", json={"next_action": "x"}, headers=headers)
    assert answer.status_code == 403


async def test_the_engine_is_told_when_an_action_is_unknown() -> None:
    async with the_door("the-secret") as door:
        answer = await door.post(
            "/internal/actions",
            json={"next_action": "action_nobody_wrote", "tracker": {}, "domain": {}},
            headers={SECRET_HEADER: "the-secret"},
        )
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_nobody_wrote"
