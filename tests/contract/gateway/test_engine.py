"""The client of the engine's one contract, against answers as the engine gives them."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from acuerdo.contact.ports import Button
from acuerdo.conversations.ports import EngineAnswer, EngineReply
from acuerdo.dialogue.engine import HttpEngine
from acuerdo.errors import EngineRefused, EngineUnavailable

CONVERSATION, TURN = UUID(int=1), UUID(int=2)
ANSWER = {
    "replies": [
        {"text": "Hola.", "buttons": [{"title": "Sí", "payload": "/affirm"}]},
        {"text": "¿Cómo está?"},
        {"text": "Adiós", "buttons": None},
    ],
    "intent": "greet",
    "confidence": 0.93,
}
Handler = Callable[[httpx.Request], httpx.Response]


class Recorded:
    """An engine that answers as told and remembers what it was asked."""

    def __init__(self, answer: Handler | None = None) -> None:
        self.asked: list[httpx.Request] = []
        self._answer = answer or (lambda _: httpx.Response(200, json=ANSWER))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self._answer(request)

    def client(self) -> HttpEngine:
        return HttpEngine(
            "http://engine.example",
            "the secret",
            timeout_seconds=1,
            transport=httpx.MockTransport(self),
        )


async def send(engine: Recorded, **said: Any) -> EngineAnswer:
    client = engine.client()
    try:
        return await client.send(
            conversation=CONVERSATION,
            turn=TURN,
            text=said.get("text"),
            intent=said.get("intent"),
            medium="chat",
            facts={"verified": False, "name": "Ana"},
        )
    finally:
        await client.close()


async def test_a_turn_is_asked_and_answered_as_the_contract_says() -> None:
    engine = Recorded()
    answer = await send(engine, text="hola")
    (request,) = engine.asked
    assert request.url == "http://engine.example/webhooks/acuerdo/turn"
    assert request.headers["X-Acuerdo-Engine-Secret"] == "the secret"
    assert json.loads(request.content) == {
        "conversation": str(CONVERSATION),
        "message_id": str(TURN),
        "text": "hola",
        "medium": "chat",
        "facts": {"verified": False, "name": "Ana"},
    }
    assert answer == EngineAnswer(
        (
            EngineReply("Hola.", (Button("Sí", "/affirm"),)),
            EngineReply("¿Cómo está?"),
            EngineReply("Adiós"),
        ),
        "greet",
        0.93,
    )


async def test_an_intent_of_ours_goes_as_an_intent_and_a_slash_as_text() -> None:
    engine = Recorded()
    await send(engine, intent="affirm")
    await send(engine, text="/affirm")
    bodies = [json.loads(request.content) for request in engine.asked]
    assert [(body.get("text"), body.get("intent")) for body in bodies] == [
        (None, "affirm"),
        ("/affirm", None),
    ]
    assert "text" not in bodies[0]


async def test_an_engine_with_nothing_to_say_is_an_answer() -> None:
    nothing = {"replies": [], "intent": None, "confidence": None}
    engine = Recorded(lambda _: httpx.Response(200, json=nothing))
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
    engine = Recorded(lambda _: httpx.Response(status, json={"code": "x"}))
    with pytest.raises(error):
        await send(engine, text="hola")


@pytest.mark.parametrize(
    "kind",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.ReadTimeout,
        httpx.PoolTimeout,
        httpx.RemoteProtocolError,
        httpx.ReadError,
    ],
)
async def test_an_engine_that_cannot_be_reached_is_tried_again(kind: type[Exception]) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise kind("no")

    with pytest.raises(EngineUnavailable):
        await send(Recorded(fail), text="hola")


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
        b'{"replies": []}',
    ],
)
async def test_an_answer_that_makes_no_sense_is_no_answer(body: bytes) -> None:
    engine = Recorded(lambda _: httpx.Response(200, content=body))
    with pytest.raises(EngineUnavailable):
        await send(engine, text="hola")


@pytest.mark.parametrize(("status", "ready"), [(200, True), (503, False), (404, False)])
async def test_the_engine_says_whether_it_is_ready(status: int, ready: bool) -> None:
    client = Recorded(lambda _: httpx.Response(status)).client()
    assert await client.ready() is ready
    await client.close()


async def test_an_engine_that_cannot_be_reached_is_not_ready() -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no")

    client = Recorded(fail).client()
    assert not await client.ready()
    await client.close()
