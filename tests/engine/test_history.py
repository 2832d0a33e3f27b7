"""A conversation that goes on for ever costs the same and behaves the same."""

import json
from typing import Any

import pytest

from rasa_server import history
from tests.engine.builders import AnEngine, a_turn
from tests.engine.fake_actions import FakeActions

STATE = ("slots", "latest_message", "latest_action_name", "active_loop", "paused")


def state(tracker: Any) -> dict[str, Any]:
    """What a tracker knows, apart from its events and what form messages were triggered by."""
    current = tracker.current_state()
    known = {name: current[name] for name in STATE}
    known["active_loop"] = {**known["active_loop"], "trigger_message": None}
    return known


SCRIPT = [
    "hola",
    "cuánto debo",
    "voy a pagar",
    "cuánto debo",
    "500",
    "cuánto debo",
    "...",
    "el viernes",
    "claro",
    "voy a pagar",
    "cancelar",
    "voy a pagar 300",
] * 2


@pytest.mark.parametrize("kept", [1, 2, 3, 8])
async def test_what_is_kept_replays_to_the_same_state(
    engine: AnEngine, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    # given a conversation whose whole history is kept
    monkeypatch.setattr(history.compact, "__defaults__", (10_000,))
    for text in SCRIPT:
        await engine.hears(text)
        # when only the last turns are kept
        whole = await engine.tracker()
        events = history.compact(whole, engine.engine.tracker_store.domain, kept)
        # then nothing that holds now is lost
        compacted = type(whole).from_events("c-1", events, list(whole.slots.values()))
        assert state(compacted) == state(whole)


async def test_the_assistant_says_the_same_with_a_short_and_with_a_whole_history(
    agent: Any, actions: FakeActions, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for kept in (1, 2, 8, 10_000):
        monkeypatch.setattr(history.compact, "__defaults__", (kept,))
        engine = AnEngine(agent, actions.url)
        said.append([await engine.hears(text) for text in SCRIPT])
        await engine.close()
    assert said[0] == said[1] == said[2] == said[3]


async def test_a_form_goes_on_after_its_beginning_was_forgotten(engine: AnEngine) -> None:
    await engine.hears("voy a pagar", "500")
    for _ in range(2 * history.KEPT_TURNS):
        assert await engine.hears("cuánto debo") == ["Debe 1.200 a Luz Norte.", "¿Qué día?"]
    assert await engine.hears("el viernes") == ["Anotado: 500 para el viernes."]
    assert await engine.hears("voy a pagar") == ["¿Cuánto va a pagar?"]


async def test_the_record_and_the_calls_stop_growing(
    engine: AnEngine, actions: FakeActions
) -> None:
    sizes, calls = [], []
    for _ in range(60):
        await engine.hears("cuánto debo")
        sizes.append(sum(len(v) for _, v in engine.records._values.values()))  # type: ignore[attr-defined]
        calls.append(len(json.dumps(actions.calls[-1])))
    assert max(sizes[-20:]) <= 1.05 * max(sizes[8:20])
    assert max(calls[-20:]) <= 1.05 * max(calls[4:20])
    assert max(sizes) < 40_000
    assert max(calls) < 12_000


async def test_slots_and_forms_that_a_newer_model_lacks_are_dropped(engine: AnEngine) -> None:
    domain = engine.engine.tracker_store.domain
    await engine.hears("voy a pagar", "500")
    saved = history.to_json((await engine.tracker()).events)
    saved.insert(3, {"event": "slot", "name": "gone", "value": 1})
    saved.insert(4, {"event": "active_loop", "name": "gone_form"})
    events = history.from_json(saved, domain)
    assert "gone" not in {getattr(event, "key", None) for event in events}
    assert "gone_form" not in {getattr(event, "name", None) for event in events}


async def test_every_turn_of_a_long_conversation_can_be_asked_for_again(engine: AnEngine) -> None:
    turns = [a_turn("hola") for _ in range(12)]
    answers = [await engine.take(turn) for turn in turns]
    for turn, answer in list(zip(turns, answers, strict=True))[-8:]:
        assert await engine.take(turn) == answer
