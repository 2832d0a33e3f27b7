"""What is heard in a call: stored once, answered in the request, and again the same."""

import asyncio
from typing import Any

import pytest

from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import CallDirection, CallResult, CallState
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then, Wait
from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.contact.ports import Button
from acuerdo.conversations.models import (
    MessageState,
    Outcome,
    Owner,
    TurnState,
    WaitingReason,
)
from acuerdo.platform.errors import CallEnded, EngineRefused, EngineUnavailable, NotFound
from tests.builders import a_contact_point, a_staff_member, saved
from tests.integration.calls.telephone import (
    NOBODY_SPOKE,
    NUMBER,
    a_call_comes_in,
    ana_with_a_telephone,
    answer,
    call_turns,
    conversation_of,
    heard_in,
    hurried,
    said_in,
    the_call,
    turns_of,
)
from tests.integration.world import Ana, World

MY_BALANCE = CallerInput(speech="quiero mi saldo", confidence=0.9)


async def test_a_call_that_comes_in_is_answered_with_who_we_are(world: World) -> None:
    world.engine.says("Hola, soy el asistente.\n\n¿Hablo con Ana?")
    call_id = await world.calls.inbound.receive("CA1", NUMBER)
    said = await answer(world, call_id, 0, NOBODY_SPOKE)
    assert said.texts == ("Hola, soy el asistente.", "¿Hablo con Ana?")
    assert (said.then, said.country) == (Then.LISTEN, "PE")
    (asked,) = world.engine.asked
    assert asked.intent == "greet"
    call = await the_call(world, call_id)
    assert (call.direction, call.state) == (CallDirection.INBOUND, CallState.IN_PROGRESS)
    (message,) = await world.said(call.conversation_id)
    assert message.state is MessageState.SENT
    (turn,) = await turns_of(world, call_id)
    assert turn.state is TurnState.DELIVERED


async def test_the_same_call_reported_twice_at_once_is_one_call(world: World) -> None:
    calls = await asyncio.gather(*(world.calls.inbound.receive("CA1", NUMBER) for _ in range(2)))
    assert len(set(calls)) == 1
    assert await world.calls.inbound.find("CA1") == calls[0]
    assert await world.calls.inbound.find("CA2") is None


async def test_a_caller_is_nobody_whatever_number_is_shown(world: World) -> None:
    await Ana().stored(world.db)
    call_id = await a_call_comes_in(world)
    (point,) = await world.rows(ContactPoint, ContactPoint.channel == "voice")
    view = await world.calls.turns.view(call_id)
    assert point.debtor_id is None
    assert (await world.conversation(view.conversation_id)).debtor_id is None


async def test_a_number_that_could_not_be_reached_can_be_once_it_calls(world: World) -> None:
    point = await ana_with_a_telephone(world, state=ContactState.UNREACHABLE)
    await a_call_comes_in(world)
    (stored,) = await world.rows(ContactPoint, ContactPoint.id == point.id)
    assert stored.state is ContactState.ACTIVE


async def test_every_call_is_a_talk_of_its_own(world: World) -> None:
    first = await a_call_comes_in(world, sid="CA1")
    second = await a_call_comes_in(world, sid="CA2")
    assert (await conversation_of(world, first)).owner is Owner.NOBODY
    assert (await conversation_of(world, second)).owner is Owner.BOT


async def test_a_turn_asked_for_twice_is_answered_the_same(world: World) -> None:
    call_id = await a_call_comes_in(world)
    world.engine.says("Debe 120.50 soles. ¿Lo paga hoy?")
    first = await answer(world, call_id, 1, MY_BALANCE)
    world.engine.says("Otra cosa.")
    again = await answer(world, call_id, 1, CallerInput(speech="otra cosa"))
    assert again == first
    assert await heard_in(world, call_id) == ["quiero mi saldo"]
    assert len(await said_in(world, call_id)) == 2
    assert set(world.engine.carried_out.values()) == {1}


async def test_a_turn_asked_for_twice_at_once_is_carried_out_once(world: World) -> None:
    call_id = await a_call_comes_in(world)
    world.engine.says("Debe 120.50 soles. ¿Lo paga hoy?")
    said = await asyncio.gather(
        *(world.calls.turns.take_turn(call_id, 1, MY_BALANCE) for _ in range(3))
    )
    assert said[0] == said[1] == said[2]
    assert await heard_in(world, call_id) == ["quiero mi saldo"]
    assert set(world.engine.carried_out.values()) == {1}
    assert len(await call_turns(world, call_id)) == 2


async def test_a_key_is_the_choice_that_was_read_out(world: World) -> None:
    world.engine.says("¿Lo confirmo?", buttons=(Button("para confirmar", "/affirm"),))
    call_id = await a_call_comes_in(world)
    said = await answer(world, call_id, 1, CallerInput(digits="1"))
    assert said.help == "Para confirmar, marque 1."
    assert world.engine.asked[-1].intent == "affirm"
    assert await heard_in(world, call_id) == ["1"]


async def test_silence_costs_no_turn_of_the_engine(world: World) -> None:
    call_id = await a_call_comes_in(world)
    asked = len(world.engine.asked)
    said = [await answer(world, call_id, number, NOBODY_SPOKE) for number in (1, 2, 3)]
    assert [each.then for each in said] == [Then.LISTEN, Then.LISTEN, Then.HANG_UP]
    assert said[0].texts[0] == phrase("no_input")
    assert len(world.engine.asked) == asked
    assert (await said_in(world, call_id))[1:] == [each.text for each in said]


async def test_what_was_heard_badly_is_read_back(world: World) -> None:
    call_id = await a_call_comes_in(world)
    said = await answer(world, call_id, 1, CallerInput(speech="pago mil", confidence=0.1))
    assert said.texts == (phrase("read_back", words="pago mil"),)
    await answer(world, call_id, 2, CallerInput(speech="sí"))
    assert world.engine.asked[-1].text == "pago mil"


async def test_a_slow_engine_is_waited_for_with_a_filler(world: World) -> None:
    # given an engine that has not answered when the caller would begin to wonder
    call_id = await a_call_comes_in(world)
    goes_on = asyncio.Event()

    async def slowly(_: Any) -> None:
        await goes_on.wait()

    world.engine.during = slowly
    turns = hurried(world)
    # then there is something to hear
    first = await turns.take_turn(call_id, 1, MY_BALANCE)
    again = await turns.take_turn(call_id, 1, MY_BALANCE)
    assert (first, again) == (
        Wait(phrase("filler"), "PE"),
        Wait(phrase("filler_again"), "PE"),
    )
    # and once the engine has answered, so has the call
    goes_on.set()
    world.engine.says("Debe 120.50 soles. ¿Lo paga hoy?")
    said = await answer(world, call_id, 1, MY_BALANCE)
    assert said.texts == ("Debe 120.50 soles.", "¿Lo paga hoy?")
    assert set(world.engine.carried_out.values()) == {1}


@pytest.mark.parametrize("failure", [EngineUnavailable(), EngineRefused()])
async def test_an_engine_that_is_down_is_said_and_left_to_people(
    world: World, failure: Exception
) -> None:
    # given an engine that goes down in the middle of a call
    call_id = await a_call_comes_in(world)
    world.engine.failure = failure
    # when the caller has waited as long as anybody should
    said: Prompt | Wait = Wait("", "")
    asked = 0
    while isinstance(said, Wait):
        said = await world.calls.turns.take_turn(call_id, 1, MY_BALANCE)
        asked += 1
    # then it is said honestly, and a person calls back
    assert said.texts == (phrase("failed"),)
    assert said.then is Then.HANG_UP
    assert asked == (1 if isinstance(failure, EngineRefused) else 4)
    conversation = await conversation_of(world, call_id)
    assert conversation.owner is Owner.AGENT
    assert conversation.waiting_reason is WaitingReason.ENGINE_FAILED
    assert conversation.outcome is Outcome.CALLBACK
    turn = (await turns_of(world, call_id))[-1]
    assert turn.state is TurnState.GIVEN_UP
    # and the same request again hears the same
    assert await world.calls.turns.take_turn(call_id, 1, MY_BALANCE) == said


async def test_a_person_who_holds_the_talk_gets_the_call(world: World) -> None:
    call_id = await a_call_comes_in(world)
    agent = a_staff_member()
    await saved(world.db, agent)
    talk = (await the_call(world, call_id)).conversation_id
    await world.hand_off.take(talk, agent.id)
    said = await answer(world, call_id, 1, MY_BALANCE)
    assert said.then is Then.TRANSFER


async def test_nothing_is_answered_after_the_end(world: World) -> None:
    call_id = await a_call_comes_in(world)
    last = await answer(world, call_id, 1, MY_BALANCE)
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    with pytest.raises(CallEnded):
        await world.calls.turns.take_turn(call_id, 2, MY_BALANCE)
    with pytest.raises(CallEnded):
        await world.calls.turns.view(call_id)
    # what was answered before is still the same
    assert await answer(world, call_id, 1, MY_BALANCE) == last


async def test_a_call_that_nobody_knows_is_not_found(world: World) -> None:
    unknown = a_contact_point().id
    with pytest.raises(NotFound):
        await world.calls.turns.take_turn(unknown, 1, MY_BALANCE)
    with pytest.raises(NotFound):
        await world.calls.turns.view(unknown)


async def test_a_stream_that_breaks_finds_its_question_again(world: World) -> None:
    world.engine.says("¿Hablo con Ana?")
    call_id = await a_call_comes_in(world)
    view = await world.calls.turns.view(call_id)
    assert view.question is not None
    assert view.question.texts == ("¿Hablo con Ana?",)
    assert (view.verified, view.country) == (False, "PE")
    assert await world.calls.turns.next_number(call_id) == 1


async def test_how_much_was_heard_of_what_was_interrupted_is_noted(world: World) -> None:
    call_id = await a_call_comes_in(world)
    await world.calls.turns.note_interruption(call_id, "Hola, ¿en")
    (message,) = await world.said((await the_call(world, call_id)).conversation_id)
    assert message.error_code == "interrupted:9"
