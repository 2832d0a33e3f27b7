"""The engine's door over HTTP."""

import itertools
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import register
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from sanic import Sanic

from rasa_server.channel import TurnChannel
from rasa_server.errors import EngineMisconfigured
from rasa_server.startup import assemble
from tests.engine.builders import AnEngine, BrokenRecords
from tests.engine.fake_actions import SECRET, SECRET_HEADER, FakeActions

_apps = itertools.count()
Sanic.test_mode = True  # several apps in one process
MESSAGE = {"conversation": "c-1", "message_id": "m-1", "text": "hola", "medium": "chat"}


class Door:
    """A server with the turn channel, and a client that knows the secret."""

    def __init__(self, agent: Any) -> None:
        self.app = Sanic(f"engine_{next(_apps)}", configure_logging=False)
        self.app.config.ACCESS_LOG = False
        self.app.ctx.agent = agent
        register([TurnChannel(secret=SECRET)], self.app, route="/webhooks/")
        self.client = aiohttp.ClientSession()

    async def open(self) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.server = await self.app.create_server(sock=listening, return_asyncio_server=True)
        await self.server.startup()
        port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/webhooks/acuerdo"

    async def ready(self) -> None:
        await self.server.after_start()

    async def close(self) -> None:
        await self.server.before_stop()
        await self.client.close()
        await self.server.close()
        await self.server.after_stop()

    async def turn(self, body: Any, secret: str = SECRET) -> tuple[int, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {SECRET_HEADER: secret}
        async with self.client.post(f"{self.url}/turn", data=data, headers=headers) as answer:
            return answer.status, await answer.json()

    async def health(self) -> tuple[int, Any]:
        async with self.client.get(f"{self.url}/health") as answer:
            return answer.status, await answer.json()


@pytest.fixture
def records() -> BrokenRecords:
    return BrokenRecords()


@pytest.fixture
async def door(agent: Any, actions: FakeActions, records: BrokenRecords) -> AsyncIterator[Door]:
    AnEngine(agent, actions.url, records=records)  # gives the agent its stores
    door = Door(agent)
    await door.open()
    yield door
    await door.close()


async def test_before_the_model_is_loaded_nothing_is_ready(door: Door) -> None:
    for status, body in (await door.health(), await door.turn(MESSAGE)):
        assert (status, body["code"]) == (503, "engine_not_ready")


async def test_health_names_the_live_parts(door: Door) -> None:
    await door.ready()
    status, body = await door.health()
    assert status == 200
    assert body["status"] == "ready"
    assert body["tracker_store"] == "memory"
    assert body["lock_store"] == "process"
    assert body["model"] == "fixture.tar.gz"


async def test_a_turn(door: Door) -> None:
    await door.ready()
    status, body = await door.turn(MESSAGE)
    assert status == 200
    assert body["replies"] == [{"text": "Hola, soy el asistente."}]
    assert body["intent"] == "greet"
    assert 0 < body["confidence"] <= 1


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "ñ"])
async def test_without_the_secret_nothing_happens(
    door: Door, actions: FakeActions, secret: str
) -> None:
    await door.ready()
    status, body = await door.turn({**MESSAGE, "text": "cuánto debo"}, secret)
    assert (status, body["code"]) == (401, "unauthorised")
    assert actions.calls == []


async def test_what_does_not_follow_the_contract_is_refused(door: Door) -> None:
    await door.ready()
    for body in (b"", b"{", {**MESSAGE, "medium": "x"}, {**MESSAGE, "intent": "greet"}):
        status, answer = await door.turn(body)
        assert (status, answer["code"]) == (422, "malformed")


async def test_an_unknown_intent_is_refused(door: Door) -> None:
    await door.ready()
    body = {k: v for k, v in MESSAGE.items() if k != "text"}
    status, answer = await door.turn({**body, "intent": "sudo"})
    assert (status, answer["code"]) == (422, "unknown_intent")


async def test_an_action_server_in_trouble_is_a_bad_gateway(
    door: Door, actions: FakeActions
) -> None:
    await door.ready()
    actions.trouble["action_balance"] = 500
    status, body = await door.turn({**MESSAGE, "text": "cuánto debo"})
    assert (status, body["code"]) == (502, "action_server_unavailable")


async def test_a_store_in_trouble_is_unavailable_and_so_is_health(
    door: Door, records: BrokenRecords
) -> None:
    await door.ready()
    records.failing = {"put", "ping"}
    for status, body in (await door.health(), await door.turn(MESSAGE)):
        assert (status, body["code"]) == (503, "tracker_unavailable")


async def test_a_turn_that_breaks_is_an_error(door: Door) -> None:
    await door.ready()
    body = {k: v for k, v in MESSAGE.items() if k != "text"}
    status, answer = await door.turn({**body, "intent": "thank"})
    assert (status, answer["code"]) == (500, "turn_failed")


async def test_the_same_message_twice_gives_the_same_answer_once(
    door: Door, actions: FakeActions
) -> None:
    await door.ready()
    body = {**MESSAGE, "text": "cuánto debo"}
    assert await door.turn(body) == await door.turn(body)
    assert len(actions.calls) == 1


@pytest.mark.parametrize("credentials", [None, {}, {"secret": ""}, {"secret": " "}])
def test_a_channel_without_a_secret_does_not_start(credentials: Any) -> None:
    with pytest.raises((EngineMisconfigured, TypeError)):
        TurnChannel.from_credentials(credentials)


async def test_parts_that_rasa_replaced_stop_the_start(agent: Any, actions: FakeActions) -> None:
    AnEngine(agent, actions.url)
    live = agent.tracker_store
    agent.tracker_store = FailSafeTrackerStore(live)
    assert assemble(agent, [], 1).tracker_store is live
    agent.tracker_store = FailSafeTrackerStore(InMemoryTrackerStore(agent.domain))
    with pytest.raises(EngineMisconfigured, match="InMemoryTrackerStore"):
        assemble(agent, [], 1)


async def test_an_engine_without_an_action_server_does_not_start(
    agent: Any, actions: FakeActions
) -> None:
    AnEngine(agent, actions.url)
    agent.action_endpoint = None
    with pytest.raises(EngineMisconfigured):
        assemble(agent, [], 1)
