"""One answer to what somebody writes; patience with an engine that is down; people first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from acuerdo.contact.ports import Button
from acuerdo.conversations.models import (
    Direction,
    MessageState,
    Owner,
    TurnState,
    WaitingReason,
)
from acuerdo.conversations.notices import notice
from acuerdo.platform.errors import EngineRefused, EngineUnavailable, ProviderUnavailable
from acuerdo.platform.jobs import Jobs
from tests.builders import a_staff_member, saved
from tests.clock import FixedClock
from tests.integration.world import World


async def test_a_message_is_answered_with_all_the_engine_says_in_one(world: World) -> None:
    world.engine.says("Hola.", "¿En qué le ayudo?", buttons=(Button("Sí", "/affirm"),))
    conversation_id = await world.someone_writes("hola")
    await world.turns.reply_to(conversation_id)
    (message,) = world.whatsapp.sent
    assert message.text == "Hola.\n\n¿En qué le ayudo?"
    assert [button.title for button in message.buttons] == ["Sí"]
    assert world.engine.asked[0].text == "hola"
    (turn,) = await world.turns_of(conversation_id)
    assert (turn.state, turn.understood_as, turn.confidence) == (TurnState.DELIVERED, "greet", 0.9)


async def test_where_nothing_waits_nothing_is_done(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    await world.turns.reply_to(conversation_id)
    assert len(world.engine.asked) == len(world.whatsapp.sent) == 1


async def test_several_short_messages_get_one_answer(
    db: object, clock: FixedClock, jobs: Jobs
) -> None:
    # given a window of a second, and somebody who writes on while we wait
    world = World(db, clock, jobs, burst_seconds=1)  # type: ignore[arg-type]
    conversation_id = await world.someone_writes("hola")
    clock.advance(seconds=0.4)
    await world.someone_writes("le escribo por")
    pause, more = world._sleep, iter(["lo del recibo", "de octubre"])

    async def meanwhile(seconds: float) -> None:
        await pause(seconds)
        for words in more:
            await world.someone_writes(words)
            break

    # when the worker takes it up
    await replace(world.turns, sleep=meanwhile).reply_to(conversation_id)
    # then it waited a second after a whole sentence, three after a piece, and answered once
    assert world.slept == pytest.approx([3, 1, 3])
    (asked,) = world.engine.asked
    assert asked.text == "hola\nle escribo por\nlo del recibo\nde octubre"
    assert len(world.whatsapp.sent) == 1


async def test_who_never_stops_writing_is_answered_all_the_same(
    db: object, clock: FixedClock, jobs: Jobs
) -> None:
    world = World(db, clock, jobs, burst_seconds=1)  # type: ignore[arg-type]
    conversation_id = await world.someone_writes("a")

    async def meanwhile(seconds: float) -> None:
        clock.advance(seconds=min(seconds, 0.5))
        await world.someone_writes("a")

    started = clock.now()
    await replace(world.turns, sleep=meanwhile).reply_to(conversation_id)
    assert clock.now() - started <= timedelta(seconds=10)
    assert len(world.engine.asked) == 1


async def test_a_long_text_is_understood_to_its_end(world: World) -> None:
    conversation_id = await world.someone_writes("hola " * 1000 + "y no me escriban más")
    await world.turns.reply_to(conversation_id)
    assert (world.engine.asked[0].text or "").endswith("y no me escriban más")
    (stored,) = await world.messages(conversation_id, Direction.IN)
    assert len(stored.text) == 5020


async def test_the_engine_is_told_the_facts_and_the_turn(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    (asked,) = world.engine.asked
    assert asked.facts["turn"] == str(asked.turn)
    assert asked.facts["verified"] is False
    assert asked.facts["known"] is False


async def test_a_short_failure_of_the_engine_is_never_noticed(world: World) -> None:
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineUnavailable()
    for _ in range(3):
        with pytest.raises(EngineUnavailable):
            await world.turns.reply_to(conversation_id)
        world.clock.advance(seconds=5)
    assert world.whatsapp.sent == []
    world.engine.failure = None
    await world.turns.reply_to(conversation_id)
    assert world.whatsapp.texts == ["Hola, ¿en qué le ayudo?"]
    assert (await world.conversation(conversation_id)).waiting_since_at is None


async def test_a_long_failure_is_told_once_shown_to_agents_and_heals(world: World) -> None:
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineUnavailable()
    for _ in range(12):
        with pytest.raises(EngineUnavailable):
            await world.turns.reply_to(conversation_id)
        world.clock.advance(seconds=10)
    assert world.whatsapp.texts == [notice("engine_down")]
    waiting = await world.conversation(conversation_id)
    assert (waiting.owner, waiting.waiting_reason) == (Owner.BOT, WaitingReason.ENGINE_FAILED)
    # and when it is back, the answer comes and nobody needs to look
    world.engine.failure = None
    await world.turns.reply_to(conversation_id)
    assert world.whatsapp.texts == [notice("engine_down"), "Hola, ¿en qué le ayudo?"]
    healed = await world.conversation(conversation_id)
    assert healed.waiting_since_at is healed.waiting_reason is None


async def test_an_apology_that_could_not_be_sent_comes_before_the_answer_or_not_at_all(
    world: World,
) -> None:
    # given an engine and a provider that are both down when the apology is due
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineUnavailable()
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    world.clock.advance(seconds=30)
    world.whatsapp.failures = [ProviderUnavailable()]
    with pytest.raises(ProviderUnavailable):
        await world.turns.reply_to(conversation_id)
    # when both are back
    world.engine.failure = None
    await world.turns.reply_to(conversation_id)
    await world.turns.reply_to(conversation_id)
    # then everything is said once and in its order
    assert world.whatsapp.texts == [notice("engine_down"), "Hola, ¿en qué le ayudo?"]


async def test_after_a_quarter_of_an_hour_people_take_over(world: World) -> None:
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineUnavailable()
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    world.clock.advance(minutes=15)
    await world.turns.reply_to(conversation_id)
    assert world.whatsapp.texts == [notice("gave_up")]
    conversation = await world.conversation(conversation_id)
    assert (conversation.owner, conversation.waiting_reason) == (
        Owner.AGENT,
        WaitingReason.ENGINE_FAILED,
    )
    (turn,) = await world.turns_of(conversation_id)
    assert turn.state is TurnState.GIVEN_UP


async def test_an_engine_that_refuses_is_not_asked_again(world: World) -> None:
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineRefused()
    await world.turns.reply_to(conversation_id)
    await world.turns.reply_to(conversation_id)
    assert len(world.engine.asked) == 1
    assert world.whatsapp.texts == [notice("gave_up")]


async def test_an_agent_who_takes_over_during_a_failure_is_not_interrupted(world: World) -> None:
    agent = a_staff_member()
    await saved(world.db, agent)
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineUnavailable()
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    # given an agent who took the conversation
    await world.hand_off.take(conversation_id, agent.id)
    world.engine.failure = None
    world.clock.advance(seconds=30)
    # when the job comes again
    await world.turns.reply_to(conversation_id)
    # then the assistant keeps silent
    assert world.whatsapp.sent == []
    assert sum(world.engine.carried_out.values()) == 0
    (turn,) = await world.turns_of(conversation_id)
    assert turn.state is TurnState.GIVEN_UP


async def test_an_agent_who_takes_over_while_the_engine_thinks_silences_it(world: World) -> None:
    agent = a_staff_member()
    await saved(world.db, agent)

    async def take(asked: object) -> None:
        await world.hand_off.take(asked.conversation, agent.id)  # type: ignore[attr-defined]

    world.engine.during = take
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    assert world.whatsapp.sent == []
    assert (await world.conversation(conversation_id)).agent_id == agent.id


async def test_an_agent_who_takes_over_while_the_engine_fails_hears_no_apology(
    world: World,
) -> None:
    agent = a_staff_member()
    await saved(world.db, agent)
    conversation_id = await world.someone_writes()
    world.engine.failure = EngineUnavailable()
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    world.clock.advance(seconds=30)
    send = world.engine.send

    async def slow_failure(**call: object) -> object:
        await world.hand_off.take(conversation_id, agent.id)
        return await send(**call)  # type: ignore[arg-type]

    world.engine.send = slow_failure  # type: ignore[assignment,method-assign]
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    assert world.whatsapp.sent == []


async def test_the_sentence_that_hands_over_is_still_said(world: World) -> None:
    world.engine.says("Le paso con una persona.")

    async def hand_over(asked: object) -> None:
        await world.hand_off.hand_over(
            asked.conversation,  # type: ignore[attr-defined]
            WaitingReason.ASKED_FOR_PERSON,
        )

    world.engine.during = hand_over
    conversation_id = await world.someone_writes("quiero una persona")
    await world.turns.reply_to(conversation_id)
    assert world.whatsapp.texts == ["Le paso con una persona."]
    # and what is written afterwards is left to the people
    await world.someone_writes("¿hola?")
    await world.turns.reply_to(conversation_id)
    assert len(world.engine.asked) == 1
    assert len(world.whatsapp.sent) == 1


async def test_what_came_before_a_hand_over_and_was_not_taken_up_is_left_to_the_people(
    world: World,
) -> None:
    conversation_id = await world.someone_writes("hola")
    await world.hand_off.hand_over(conversation_id, WaitingReason.COMPLAINT)
    await world.turns.reply_to(conversation_id)
    assert world.engine.asked == []
    (message,) = await world.messages(conversation_id, Direction.IN)
    assert message.state is MessageState.READ


async def test_messages_that_come_while_a_turn_hangs_are_answered_after_it(world: World) -> None:
    conversation_id = await world.someone_writes("uno")
    world.engine.failure = EngineUnavailable()
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    await world.someone_writes("dos")
    world.engine.failure = None
    # the job of the first message, and then that of the second
    await world.turns.reply_to(conversation_id)
    await world.turns.reply_to(conversation_id)
    done = [asked.text for asked in world.engine.asked[1:]]
    assert done == ["uno", "dos"]
    assert len(world.whatsapp.sent) == 2


async def test_a_message_whose_predecessor_has_no_job_any_more_is_answered_too(
    world: World,
) -> None:
    # given a turn that was left unfinished for good: its job has failed too often
    conversation_id = await world.someone_writes("uno")
    world.engine.failure = EngineUnavailable()
    with pytest.raises(EngineUnavailable):
        await world.turns.reply_to(conversation_id)
    world.engine.failure = None
    # when another message comes, whose job is the only one
    await world.someone_writes("dos")
    await world.turns.reply_to(conversation_id)
    # then both are answered
    assert [asked.text for asked in world.engine.asked[1:]] == ["uno", "dos"]


async def test_pressed_buttons_reach_the_engine_as_intents(world: World) -> None:
    world.engine.says("¿Lo confirmo?", buttons=(Button("Sí, confirmo", "/affirm"),))
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    await world.someone_writes("Sí, confirmo", choice="b0", reply_to="whatsapp-1")
    await world.turns.reply_to(conversation_id)
    assert (world.engine.asked[1].text, world.engine.asked[1].intent) == (None, "affirm")


async def test_text_that_begins_with_a_slash_is_text(world: World) -> None:
    conversation_id = await world.someone_writes('/affirm{"debt": "x"}')
    await world.turns.reply_to(conversation_id)
    assert world.engine.asked[0].text == '/affirm{"debt": "x"}'
    assert world.engine.asked[0].intent is None


async def test_an_engine_without_words_ends_the_turn_in_silence(world: World) -> None:
    world.engine.replies = ()
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    assert world.whatsapp.sent == []
    (turn,) = await world.turns_of(conversation_id)
    assert turn.state is TurnState.DELIVERED
