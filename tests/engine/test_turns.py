"""Turns under trouble: failures, repeats, impatience, several at once."""

import asyncio
from typing import Any

import pytest

from rasa_server.errors import (
    ActionServerUnavailable,
    EngineNotReady,
    TrackerUnavailable,
    TurnError,
    TurnFailed,
    TurnTimeout,
)
from tests.engine.builders import AnEngine, BrokenRecords, a_turn
from tests.engine.fake_actions import FakeActions

TROUBLES: list[Any] = [
    500,
    404,
    401,
    400,
    "hang up",
    {"events": "no list", "responses": []},
    {"events": [{"event": "slot"}], "responses": []},
    {"events": [{"event": "pause"}], "responses": []},
    {"events": [{"event": "reminder", "name": "x"}], "responses": []},
    {"events": [], "responses": ["text"]},
    {"events": [], "responses": [{"text": "a", "buttons": [{"title": "b"}]}]},
    {},
    [],
]


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("action", ["action_balance", "validate_promise_form"])
async def test_an_action_that_fails_fails_the_turn_and_leaves_no_trace(
    engine: AnEngine, actions: FakeActions, action: str, trouble: Any
) -> None:
    # given a form in progress
    await engine.hears("voy a pagar", "500")
    before = [event.as_dict() for event in (await engine.tracker()).events]
    # when an action of the next turn fails
    actions.trouble[action] = trouble
    turn = a_turn("cuánto debo")
    with pytest.raises(ActionServerUnavailable):
        await engine.take(turn)
    # then nothing of the turn was kept, and the same message works when all is back
    assert [event.as_dict() for event in (await engine.tracker()).events] == before
    actions.trouble.clear()
    answer = await engine.take(turn)
    assert [reply["text"] for reply in answer.replies] == ["Debe 1.200 a Luz Norte.", "¿Qué día?"]


async def test_an_action_server_that_is_down_fails_the_turn(
    engine: AnEngine, actions: FakeActions
) -> None:
    await actions.stop()
    with pytest.raises(ActionServerUnavailable):
        await engine.take(a_turn("cuánto debo", message_id="m"))
    await actions.start()
    assert (await engine.take(a_turn("cuánto debo", message_id="m"))).replies


async def test_an_action_server_that_hangs_fails_the_turn(agent: Any, actions: FakeActions) -> None:
    engine = AnEngine(agent, actions.url, action_timeout_seconds=0.2)
    actions.trouble["action_balance"] = "hang"
    with pytest.raises(ActionServerUnavailable):
        await engine.take(a_turn("cuánto debo"))
    await engine.close()


async def test_connections_to_the_action_server_are_kept(
    engine: AnEngine, actions: FakeActions
) -> None:
    for _ in range(5):
        await engine.hears("cuánto debo")
    assert len(actions.connections) == 1


async def test_a_kept_connection_that_was_closed_is_replaced(
    engine: AnEngine, actions: FakeActions
) -> None:
    await engine.hears("cuánto debo")
    await actions.stop()
    await actions.start()
    assert await engine.hears("cuánto debo") == ["Debe 1.200 a Luz Norte."]


@pytest.mark.parametrize("operation", ["get", "put"])
async def test_a_store_that_fails_fails_the_turn(
    agent: Any, actions: FakeActions, operation: str
) -> None:
    records = BrokenRecords()
    engine = AnEngine(agent, actions.url, records=records)
    await engine.hears("voy a pagar", "500")
    records.failing = {operation}
    with pytest.raises(TrackerUnavailable):
        await engine.take(a_turn("el viernes", message_id="m"))
    records.failing = set()
    answer = await engine.take(a_turn("el viernes", message_id="m"))
    assert answer.replies == [{"text": "Anotado: 500 para el viernes."}]
    await engine.close()


async def test_a_record_that_cannot_be_read_is_not_a_new_conversation(engine: AnEngine) -> None:
    await engine.hears("hola")
    for key in list(engine.records._values):  # type: ignore[attr-defined]
        await engine.records.put(key, b"{broken", 60)
    with pytest.raises(TrackerUnavailable):
        await engine.take(a_turn("hola"))


async def test_a_repeated_message_is_answered_from_memory(
    engine: AnEngine, actions: FakeActions
) -> None:
    first = await engine.take(a_turn("cuánto debo", message_id="m"))
    await engine.hears("hola")
    actions.balance = "0"
    assert await engine.take(a_turn("cuánto debo", message_id="m")) == first
    assert len(actions.calls) == 1


async def test_the_memory_of_turns_survives_a_restart(
    engine: AnEngine, agent: Any, actions: FakeActions
) -> None:
    first = await engine.take(a_turn("cuánto debo", message_id="m"))
    restarted = AnEngine(agent, actions.url, records=engine.records)
    assert await restarted.take(a_turn("cuánto debo", message_id="m")) == first
    assert len(actions.calls) == 1
    await restarted.close()


async def test_who_hangs_up_does_not_stop_the_turn(engine: AnEngine, actions: FakeActions) -> None:
    # given a turn that waits for its action
    actions.hold = asyncio.Event()
    caller = asyncio.create_task(engine.take(a_turn("cuánto debo", message_id="m")))
    await actions.called()
    # when the caller goes away and another asks for the same message
    caller.cancel()
    again = asyncio.create_task(engine.take(a_turn("cuánto debo", message_id="m")))
    await asyncio.sleep(0)
    actions.hold.set()
    # then the same turn answers
    assert (await again).replies == [{"text": "Debe 1.200 a Luz Norte."}]
    assert len(actions.calls) == 1


async def test_a_turn_that_takes_too_long_is_finished_all_the_same(
    agent: Any, actions: FakeActions
) -> None:
    engine = AnEngine(agent, actions.url, turn_timeout_seconds=0.1)
    actions.hold = asyncio.Event()
    with pytest.raises(TurnTimeout):
        await engine.take(a_turn("cuánto debo", message_id="m"))
    actions.hold.set()
    answer = await engine.take(a_turn("cuánto debo", message_id="m"))
    assert answer.replies == [{"text": "Debe 1.200 a Luz Norte."}]
    assert len(actions.calls) == 1
    await engine.close()


async def test_turns_of_one_conversation_run_one_after_the_other(
    engine: AnEngine, actions: FakeActions
) -> None:
    actions.hold = asyncio.Event()
    first = asyncio.create_task(engine.take(a_turn("voy a pagar 500")))
    second = asyncio.create_task(engine.take(a_turn("el viernes")))
    await actions.called()
    assert len(actions.calls) == 1
    actions.hold.set()
    await first
    assert (await second).replies == [{"text": "Anotado: 500 para el viernes."}]


async def test_turns_of_different_conversations_do_not_wait_for_each_other(
    engine: AnEngine, actions: FakeActions
) -> None:
    actions.hold = asyncio.Event()
    waiting = [
        asyncio.create_task(engine.take(a_turn("cuánto debo", conversation=name)))
        for name in ("a", "b", "c")
    ]
    await actions.called(3)
    actions.hold.set()
    assert len(await asyncio.gather(*waiting)) == 3


async def test_a_stopping_engine_finishes_what_it_began_and_begins_nothing(
    engine: AnEngine, actions: FakeActions
) -> None:
    actions.hold = asyncio.Event()
    begun = asyncio.create_task(engine.take(a_turn("cuánto debo")))
    await actions.called()
    stopping = asyncio.create_task(engine.engine.turns.finish(5.0))
    await asyncio.sleep(0)
    with pytest.raises(EngineNotReady):
        await engine.take(a_turn("hola"))
    actions.hold.set()
    await stopping
    assert (await begun).replies


async def test_no_failure_quotes_a_person(
    engine: AnEngine, actions: FakeActions, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for trouble in TROUBLES:
        actions.trouble["action_balance"] = trouble
        with pytest.raises(TurnError) as error:
            await engine.take(a_turn("cuánto debo", facts={"name": "Fulana"}))
        assert "cuánto" not in error.value.detail
    assert "cuánto" not in caplog.text
    assert "Fulana" not in caplog.text


async def test_an_error_inside_the_engine_is_a_failed_turn(
    engine: AnEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any) -> None:
        raise ValueError("cuánto debo")

    monkeypatch.setattr(engine.engine.turns._dialogue, "take_turn", breaks)
    with pytest.raises(TurnFailed) as error:
        await engine.take(a_turn("cuánto debo"))
    assert error.value.detail == "the turn broke (ValueError)"
