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


TRACKER = {
    "sender_id": "0190b8a0-0000-7000-8000-000000000001",
    "slots": {},
    "latest_message": {},
    "events": [],
}


@pytest.mark.parametrize(
    "call",
    [
        {"next_action": []},
        {"next_action": [[]], "tracker": TRACKER},
        {"next_action": {"a": 1}, "tracker": TRACKER},
        {"next_action": None, "tracker": TRACKER},
        {"next_action": 1.5, "tracker": TRACKER},
        {"tracker": TRACKER},
        {"next_action": "action_greet"},
        {"next_action": "action_greet", "tracker": None},
        {"next_action": "action_greet", "tracker": []},
        {"next_action": "action_greet", "tracker": {**TRACKER, "sender_id": "nobody"}},
        {"next_action": "action_greet", "tracker": {**TRACKER, "sender_id": 2**70}},
        {"next_action": "action_greet", "tracker": {**TRACKER, "slots": [[]]}},
        {"next_action": "action_greet", "tracker": {**TRACKER, "latest_message": "x"}},
        {"next_action": "action_greet", "tracker": {**TRACKER, "events": [1]}},
        {"next_action": "action_greet", "tracker": {**TRACKER, "active_loop": "x"}},
        [],
        "action_greet",
    ],
)
async def test_what_is_no_call_of_an_action_is_refused(call: object) -> None:
    async with the_door("the-secret") as door:
        answer = await door.post(
            "/internal/actions", json=call, headers={SECRET_HEADER: "the-secret"}
        )
    assert answer.status_code == 400
