"""Conversations with the fixture assistant: what is said, and what actions get to see."""

from typing import Any

import pytest

from rasa_server.contract import call_cue
from rasa_server.errors import EngineMisconfigured, TurnFailed, UnknownIntent
from tests.engine.builders import AnEngine, a_turn
from tests.engine.fake_actions import FakeActions


async def test_a_rule_answers(engine: AnEngine) -> None:
    answer = await engine.take(a_turn("hola"))
    assert answer.replies == [{"text": "Hola, soy el asistente."}]
    assert answer.intent == "greet"
    assert answer.confidence > 0.5


async def test_a_response_can_have_a_variant_for_voice(engine: AnEngine) -> None:
    answer = await engine.take(a_turn("hola", medium="voice"))
    assert answer.replies == [{"text": "Hola, le habla el asistente automático."}]


async def test_a_response_with_buttons(engine: AnEngine) -> None:
    answer = await engine.take(a_turn("voy a pagar 500"))
    assert answer.replies == [
        {
            "text": "¿Qué día?",
            "buttons": [
                {"title": "El viernes", "payload": "/inform"},
                {"title": "Otro día", "payload": "otro día"},
            ],
        }
    ]


async def test_a_response_says_what_it_asks_of_the_telephone(engine: AnEngine) -> None:
    answer = await engine.take(a_turn(intent="thank", medium="voice"))
    assert answer.replies == [
        {"text": "Solo por teléfono.", "call": {"keypad": "amount", "keypad_help": "márquelo"}}
    ]


@pytest.mark.parametrize(
    "custom", [{"keypad": "age"}, {"then": "sing"}, {"louder": "yes"}, {"then": 1}]
)
def test_what_the_telephone_does_not_know_is_refused(custom: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="nothing to ask of a call"):
        call_cue(custom)


async def test_a_form_is_filled_and_its_end_recorded(
    engine: AnEngine, actions: FakeActions
) -> None:
    assert await engine.hears("voy a pagar") == ["¿Cuánto va a pagar?"]
    assert await engine.hears("500") == ["¿Qué día?"]
    assert await engine.hears("el viernes") == ["Anotado: 500 para el viernes."]
    assert actions.names[-1] == "action_record_promise"
    tracker = await engine.tracker()
    assert tracker.active_loop_name is None
    assert tracker.get_slot("requested_slot") is None


async def test_a_digression_comes_back_to_the_form(engine: AnEngine) -> None:
    await engine.hears("voy a pagar", "500")
    said = await engine.hears("cuánto debo")
    assert said == ["Debe 1.200 a Luz Norte.", "¿Qué día?"]
    assert await engine.hears("el viernes") == ["Anotado: 500 para el viernes."]


async def test_what_no_rule_knows_inside_a_form_comes_back_to_it(engine: AnEngine) -> None:
    await engine.hears("voy a pagar", "500")
    assert await engine.hears("...") == ["No le entendí.", "¿Qué día?"]


async def test_a_form_can_be_left(engine: AnEngine) -> None:
    await engine.hears("voy a pagar", "500")
    assert await engine.hears("cancelar") == ["De acuerdo, lo dejamos."]
    tracker = await engine.tracker()
    assert tracker.active_loop_name is None
    assert await engine.hears("voy a pagar") == ["¿Cuánto va a pagar?"]


async def test_an_intent_without_a_rule_is_not_understood_once(
    engine: AnEngine, actions: FakeActions
) -> None:
    assert await engine.hears("claro") == ["No le entendí."]
    assert actions.names == ["action_not_understood"]


async def test_an_action_asked_for_by_another_ends_the_turn_without_a_rule(
    engine: AnEngine, actions: FakeActions
) -> None:
    actions.trouble["action_not_understood"] = {
        "events": [{"event": "followup", "name": "action_balance"}],
        "responses": [],
    }
    assert await engine.hears("claro") == ["Debe 1.200 a Luz Norte."]
    assert actions.names == ["action_not_understood", "action_balance"]


async def test_actions_see_the_message_its_medium_and_the_facts(
    engine: AnEngine, actions: FakeActions
) -> None:
    await engine.take(
        a_turn("cuánto debo", message_id="m-x", locale="es-PE", facts={"country": "PE"})
    )
    message = actions.calls[-1]["tracker"]["latest_message"]
    assert message["text"] == "cuánto debo"
    assert message["message_id"] == "m-x"
    assert message["metadata"] == {
        "medium": "chat",
        "locale": "es-PE",
        "facts": {"country": "PE"},
    }
    assert actions.calls[-1]["sender_id"] == "c-1"


async def test_listed_facts_become_slots(agent: Any, actions: FakeActions) -> None:
    engine = AnEngine(agent, actions.url, fact_slots=("country", "medium"))
    facts = {"country": "PE", "amount": "999"}
    await engine.take(a_turn("cuánto debo", medium="voice", facts=facts))
    slots = actions.calls[-1]["tracker"]["slots"]
    assert (slots["country"], slots["medium"], slots["amount"]) == ("PE", "voice", None)
    for facts, country in (({}, "PE"), ({"country": ["no"]}, "PE"), ({"country": None}, None)):
        await engine.take(a_turn("cuánto debo", facts=facts))
        assert actions.calls[-1]["tracker"]["slots"]["country"] == country
    await engine.close()


async def test_a_fact_slot_must_be_in_the_domain(agent: Any, actions: FakeActions) -> None:
    with pytest.raises(EngineMisconfigured):
        AnEngine(agent, actions.url, fact_slots=("nonsense",))


async def test_a_pressed_button_is_certain_and_has_no_text(
    engine: AnEngine, actions: FakeActions
) -> None:
    answer = await engine.take(a_turn(intent="ask_balance"))
    assert (answer.intent, answer.confidence) == ("ask_balance", 1.0)
    assert actions.calls[-1]["tracker"]["latest_message"]["text"] == ""


async def test_an_intent_that_the_model_does_not_know_is_refused(engine: AnEngine) -> None:
    with pytest.raises(UnknownIntent):
        await engine.take(a_turn(intent="sudo"))


@pytest.mark.parametrize(
    "text", ['/ask_balance{"amount": "1"}', "/greet", "//greet", " /greet", "/", "///", ""]
)
async def test_text_that_begins_with_a_slash_is_only_text(engine: AnEngine, text: str) -> None:
    answer = await engine.take(a_turn(text))
    assert answer.confidence < 1.0
    tracker = await engine.tracker()
    assert tracker.latest_message.text == text
    assert tracker.latest_message.entities == []
    assert tracker.get_slot("amount") is None


@pytest.mark.parametrize(
    "text",
    ["hola " * 1000, "👍🏽", "\u202eabc\u202c", "."],
    ids=["5,000 characters", "emoji", "right to left", "full stop"],
)
async def test_any_text_gets_an_answer(engine: AnEngine, text: str) -> None:
    assert (await engine.take(a_turn(text))).replies


@pytest.mark.parametrize(
    ("intent", "what"),
    [
        ("hold_on", "does not come to an end"),
        ("thank", "no response utter_voice_only on chat"),
    ],
)
async def test_a_turn_that_cannot_be_finished_fails(
    engine: AnEngine, intent: str, what: str
) -> None:
    with pytest.raises(TurnFailed, match=what):
        await engine.take(a_turn(intent=intent))


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": [{"response": "utter_nonsense"}]},
        {"events": [], "responses": [{"response": "utter_balance"}]},
        {"events": [], "responses": [{"text": " "}]},
        {"events": [], "responses": [{"image": "https://example.org/a.png"}]},
        {"events": [{"event": "followup", "name": "action_nonsense"}], "responses": []},
    ],
)
async def test_an_answer_that_would_leave_the_debtor_without_words_fails(
    engine: AnEngine, actions: FakeActions, answer: Any
) -> None:
    actions.trouble["action_balance"] = answer
    with pytest.raises(TurnFailed):
        await engine.take(a_turn("cuánto debo"))


async def test_a_conversation_begins_with_a_session_and_nothing_else(engine: AnEngine) -> None:
    await engine.hears("hola")
    events = [event.type_name for event in (await engine.tracker()).events]
    assert events[:4] == ["action", "session_started", "action", "user"]
