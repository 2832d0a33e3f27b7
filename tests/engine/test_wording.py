"""Nothing is said twice in a row where there is another way to say it."""

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server.errors import TurnFailed
from rasa_server.wording import FreshWording

_RESPONSES = {
    "utter_ask": [{"text": "¿Cuánto?"}, {"text": "¿Qué monto?"}, {"text": "¿Cuánto sería?"}],
    "utter_owed": [{"text": "Debe {amount}."}],
}


def a_tracker(*said: str) -> DialogueStateTracker:
    events = []
    for text in said:
        events += [ActionExecuted("action_listen"), UserUttered("hola"), BotUttered(text)]
    events += [ActionExecuted("action_listen"), UserUttered("hola")]
    return DialogueStateTracker.from_events("someone", events)


@pytest.mark.parametrize(
    ("said", "next_said"),
    [
        ((), "¿Cuánto?"),
        (("¿Cuánto?",), "¿Qué monto?"),
        (("¿Cuánto?", "¿Qué monto?"), "¿Cuánto sería?"),
        (("¿Cuánto?", "¿Qué monto?", "¿Cuánto sería?"), "¿Cuánto?"),
    ],
)
async def test_the_first_wording_that_was_not_said_lately(
    said: tuple[str, ...], next_said: str
) -> None:
    response = await FreshWording(_RESPONSES).generate("utter_ask", a_tracker(*said), "chat")
    assert response is not None
    assert response["text"] == next_said


async def test_the_only_wording_is_said_again_with_its_values() -> None:
    wording = FreshWording(_RESPONSES)
    response = await wording.generate("utter_owed", a_tracker("Debe 5."), "chat", amount="5")
    assert response is not None
    assert response["text"] == "Debe 5."


async def test_a_first_sentence_that_was_just_said_counts_as_said() -> None:
    told = "Sus datos se usan solo para este asunto. Le responden a más tardar {day}."
    wording = FreshWording({"utter_rights": [{"text": told}, {"text": "Ya está anotado: {day}."}]})
    before = a_tracker(told.format(day="el lunes"))
    response = await wording.generate("utter_rights", before, "chat", day="el martes")
    assert response is not None
    assert response["text"] == "Ya está anotado: el martes."


async def test_a_response_that_is_not_there_is_none() -> None:
    assert await FreshWording(_RESPONSES).generate("utter_other", a_tracker(), "chat") is None


@pytest.mark.parametrize("value", ["{word}", "{amount}", "{", "}", "{0[amount]}", "0[x", "{{1}}"])
async def test_a_value_is_a_value_whatever_is_in_it(value: str) -> None:
    wording = FreshWording({"utter_owed": [{"text": "Debe a {creditor}: {amount}."}]})
    response = await wording.generate("utter_owed", a_tracker(), "chat", creditor=value, amount="5")
    assert response is not None
    assert response["text"] == f"Debe a {value}: 5."


async def test_a_place_without_a_value_ends_the_turn() -> None:
    with pytest.raises(TurnFailed):
        await FreshWording(_RESPONSES).generate("utter_owed", a_tracker(), "chat")


async def test_buttons_are_filled_too() -> None:
    offer = {"text": "¿Bien?", "buttons": [{"title": "Pagar {amount}", "payload": "/affirm"}]}
    wording = FreshWording({"utter_offer": [offer]})
    response = await wording.generate("utter_offer", a_tracker(), "chat", amount="{amount}")
    assert response is not None
    assert response["buttons"] == [{"title": "Pagar {amount}", "payload": "/affirm"}]
    assert offer["buttons"][0]["title"] == "Pagar {amount}"
