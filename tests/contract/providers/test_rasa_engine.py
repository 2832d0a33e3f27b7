"""The client of the engine's one contract, against answers as the engine gives them."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from acuerdo.contact.ports import Button
from acuerdo.conversations.call_cue import Afterwards, CallCue, Keypad
from acuerdo.conversations.ports import EngineAnswer, EngineReply
from acuerdo.platform.errors import EngineRefused, EngineUnavailable
from acuerdo.providers.rasa.engine import HttpEngine

CONVERSATION, TURN = UUID(int=1), UUID(int=2)
ANSWER = {
    "replies": [
        {"text": "Hola.", "buttons": [{"title": "Sí", "payload": "/affirm"}]},
        {"text": "¿Cómo está?", "call": {"keypad": "date", "then": "wait"}},
        {"text": "Adiós", "buttons": None},
    ],
    "intent": "greet",
    "confidence": 0.93,
}
Handler = Callable[[web.Request], web.StreamResponse]


@dataclass(frozen=True)
class Asked:
    """One request as the engine got it."""

    path: str
    secret: str
    body: Any


class Recorded:
    """An engine on the loopback that answers as told and remembers what it was asked."""

    def __init__(self, answer: Handler | None = None) -> None:
        self.asked: list[Asked] = []
        self._answer = answer or (lambda _: web.json_response(ANSWER))

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read() or b"null")
        secret = request.headers.get("X-Acuerdo-Engine-Secret", "")
        self.asked.append(Asked(request.path, secret, body))
        answer = self._answer(request)
        if inspect.isawaitable(answer):
            return cast("web.StreamResponse", await answer)
        return answer

    @asynccontextmanager
    async def client(self) -> AsyncIterator[HttpEngine]:
        """The product's client of it."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        async with TestServer(app) as server:
            client = HttpEngine(str(server.make_url("/")), "the secret", timeout_seconds=0.3)
            try:
                yield client
            finally:
                await client.close()


async def send(engine: Recorded, **said: Any) -> EngineAnswer:
    async with engine.client() as client:
        return await ask(client, **said)


async def ask(client: HttpEngine, **said: Any) -> EngineAnswer:
    return await client.send(
        conversation=CONVERSATION,
        turn=TURN,
        text=said.get("text"),
        intent=said.get("intent"),
        medium="chat",
        facts={"verified": False, "name": "Ana"},
    )


async def test_a_turn_is_asked_and_answered_as_the_contract_says() -> None:
    engine = Recorded()
    answer = await send(engine, text="hola")
    (request,) = engine.asked
    assert (request.path, request.secret) == ("/webhooks/acuerdo/turn", "the secret")
    assert request.body == {
        "conversation": str(CONVERSATION),
        "message_id": str(TURN),
        "text": "hola",
        "medium": "chat",
        "facts": {"verified": False, "name": "Ana"},
    }
    assert answer == EngineAnswer(
        (
            EngineReply("Hola.", (Button("Sí", "/affirm"),)),
            EngineReply("¿Cómo está?", call=CallCue(Keypad.DATE, then=Afterwards.WAIT)),
            EngineReply("Adiós"),
        ),
        "greet",
        0.93,
    )


async def test_an_intent_of_ours_goes_as_an_intent_and_a_slash_as_text() -> None:
    engine = Recorded()
    await send(engine, intent="affirm")
    await send(engine, text="/affirm")
    bodies = [request.body for request in engine.asked]
    assert [(body.get("text"), body.get("intent")) for body in bodies] == [
        (None, "affirm"),
        ("/affirm", None),
    ]
    assert "text" not in bodies[0]


async def test_an_engine_with_nothing_to_say_is_an_answer() -> None:
    nothing = {"replies": [], "intent": None, "confidence": None}
    engine = Recorded(lambda _: web.json_response(nothing))
    assert await send(engine, text="hola") == EngineAnswer((), None, None)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, EngineRefused),
        (401, EngineRefused),
        (403, EngineRefused),
        (404, EngineRefused),
        (422, EngineRefused),
        (408, EngineUnavailable),
        (409, EngineUnavailable),
        (425, EngineUnavailable),
        (429, EngineUnavailable),
        (500, EngineUnavailable),
        (502, EngineUnavailable),
        (503, EngineUnavailable),
        (504, EngineUnavailable),
        (301, EngineUnavailable),
        (204, EngineUnavailable),
    ],
)
async def test_a_status_says_whether_to_try_again(status: int, error: type[Exception]) -> None:
    engine = Recorded(lambda _: web.Response(status=status))
    with pytest.raises(error):
        await send(engine, text="hola")


async def test_an_engine_that_is_not_there_is_tried_again() -> None:
    client = HttpEngine("http://127.0.0.1:1", "the secret", timeout_seconds=1)
    with pytest.raises(EngineUnavailable):
        await ask(client, text="hola")
    assert not await client.ready()
    await client.close()


async def test_an_engine_that_does_not_answer_in_time_is_tried_again() -> None:
    given_up = asyncio.Event()

    async def too_late(_: web.Request) -> web.StreamResponse:
        await given_up.wait()
        return web.Response()

    async with Recorded(too_late).client() as client:  # type: ignore[arg-type]
        with pytest.raises(EngineUnavailable):
            await ask(client, text="hola")
        given_up.set()


async def test_an_engine_that_hangs_up_is_tried_again() -> None:
    def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    with pytest.raises(EngineUnavailable):
        await send(Recorded(hang_up), text="hola")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"replies": null, "intent": null, "confidence": null}',
        b'{"replies": ["hola"], "intent": null, "confidence": null}',
        b'{"replies": {"text": "hola"}, "intent": null, "confidence": null}',
        b'{"replies": [{"text": 7}], "intent": null, "confidence": null}',
        b'{"replies": [{"text": null}], "intent": null, "confidence": null}',
        b'{"replies": [{"text": "a", "buttons": ["x"]}], "intent": null, "confidence": null}',
        b'{"replies": [{"text": "a", "buttons": [{"title": 1, "payload": 2}]}],'
        b' "intent": null, "confidence": null}',
        b'{"replies": [{"text": "a", "call": {"keypad": "age"}}],'
        b' "intent": null, "confidence": null}',
        b'{"replies": [{"text": "a", "call": "x"}], "intent": null, "confidence": null}',
        b'{"replies": []}',
    ],
)
async def test_an_answer_that_makes_no_sense_is_no_answer(body: bytes) -> None:
    engine = Recorded(lambda _: web.Response(body=body))
    with pytest.raises(EngineUnavailable):
        await send(engine, text="hola")


@pytest.mark.parametrize(("status", "ready"), [(200, True), (503, False), (404, False)])
async def test_the_engine_says_whether_it_is_ready(status: int, ready: bool) -> None:
    async with Recorded(lambda _: web.Response(status=status)).client() as client:
        assert await client.ready() is ready
