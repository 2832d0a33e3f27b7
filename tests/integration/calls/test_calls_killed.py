"""A process dies at every step of a call; the next request, news or job finishes what it began.

Whatever the moment: nobody is rung up twice, the engine carries a turn out once, the caller hears
one answer, and no call is left as if it went on.
"""

from collections import Counter
from uuid import UUID, uuid5

import pytest

from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import CallResult, CallState
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.conversations.models import MessageState, Owner, TurnState, WaitingReason
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.errors import EngineRefused, EngineUnavailable
from tests.builders import a_contact_point, saved
from tests.integration.calls.telephone import (
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
from tests.integration.killing import at_every_step
from tests.integration.world import World

NAMES = UUID(int=8)
WORDS = CallerInput(speech="pago cien el viernes")


async def test_a_call_that_comes_in_is_one_call_wherever_its_process_dies(world: World) -> None:
    async def one_try(steps: int) -> bool:
        sid, number = f"CA{steps}", f"+519880{steps:05}"

        async def receive(process: World) -> None:
            await process.calls.inbound.receive(sid, number)

        killed = await world.dies_within(steps, receive)
        # when the provider asks again
        call_id = await world.calls.inbound.receive(sid, number)
        # then there is one call in one talk
        assert (await the_call(world, call_id)).state is CallState.IN_PROGRESS
        assert (await conversation_of(world, call_id)).owner is Owner.BOT
        return killed

    assert await at_every_step(one_try) >= 3


async def test_a_turn_of_a_call_is_answered_once_wherever_its_process_dies(world: World) -> None:
    async def one_try(steps: int) -> bool:
        # given a caller who says something, and a process that dies over it
        world.engine.says("¿En qué le ayudo?")
        call_id = await a_call_comes_in(world, f"+519881{steps:05}", sid=f"CA{steps}")
        world.engine.says("Bien. ¿Confirma cien soles?")

        async def turn(process: World) -> None:
            await process.calls.turns.take_turn(call_id, 1, WORDS)

        killed = await world.dies_within(steps, turn)
        # when the provider asks again, and once more
        said = await answer(world, call_id, 1, WORDS)
        assert await answer(world, call_id, 1, WORDS) == said
        # then it was carried out once, and the transcript has it once
        assert said.texts == ("Bien.", "¿Confirma cien soles?"), f"killed after {steps} steps"
        *_, last = await turns_of(world, call_id)
        assert last.state is TurnState.DELIVERED
        assert world.engine.carried_out[last.id] == 1
        assert await heard_in(world, call_id) == ["pago cien el viernes"]
        assert await said_in(world, call_id) == ["¿En qué le ayudo?", "Bien. ¿Confirma cien soles?"]
        talk = (await the_call(world, call_id)).conversation_id
        assert {each.state for each in await world.said(talk)} == {MessageState.SENT}
        assert len(await call_turns(world, call_id)) == 2
        return killed

    assert await at_every_step(one_try) > 10


async def test_an_engine_that_fails_is_said_once_wherever_the_process_dies(world: World) -> None:
    async def one_try(steps: int) -> bool:
        world.engine.failure = None
        call_id = await a_call_comes_in(world, f"+519882{steps:05}", sid=f"CA{steps}")
        world.engine.failure = EngineRefused()

        async def turn(process: World) -> None:
            await process.calls.turns.take_turn(call_id, 1, WORDS)

        killed = await world.dies_within(steps, turn)
        said = await answer(world, call_id, 1, WORDS)
        assert said == Prompt((phrase("failed"),), then=Then.HANG_UP, country="PE")
        assert (await said_in(world, call_id)).count(phrase("failed")) == 1, f"after {steps} steps"
        conversation = await conversation_of(world, call_id)
        assert conversation.owner is Owner.AGENT
        assert conversation.waiting_reason is WaitingReason.ENGINE_FAILED
        assert (await turns_of(world, call_id))[-1].state is TurnState.GIVEN_UP
        return killed

    assert await at_every_step(one_try) > 8


async def test_silence_counts_once_wherever_the_process_dies(world: World) -> None:
    async def one_try(steps: int) -> bool:
        call_id = await a_call_comes_in(world, f"+519883{steps:05}", sid=f"CA{steps}")

        async def turn(process: World) -> None:
            await process.calls.turns.take_turn(call_id, 1, CallerInput())

        killed = await world.dies_within(steps, turn)
        said = await answer(world, call_id, 1, CallerInput())
        assert said.texts[0] == phrase("no_input"), f"killed after {steps} steps"
        assert len(await said_in(world, call_id)) == 2
        return killed

    assert await at_every_step(one_try) >= 3


async def test_nobody_is_rung_up_twice_wherever_the_worker_dies(world: World) -> None:
    await ana_with_a_telephone(world)
    unheard_of = 0

    async def one_try(steps: int) -> bool:
        nonlocal unheard_of
        # given a call that is to be made, and a worker that dies over it
        number, call_id = f"+519884{steps:05}", uuid5(NAMES, str(steps))
        point = await another_telephone_of_ana(world, number)

        async def dial(process: World) -> None:
            await process.calls.dialling.dial(point, Purpose.COLLECTION, call_id=call_id)

        killed = await world.dies_within(steps, dial)
        # when another takes the job up, and the look at what became of the call is due
        await world.calls.dialling.dial(point, Purpose.COLLECTION, call_id=call_id)
        await world.calls.dialling.end_if_still_dialling(call_id)
        # then the telephone rang at most once, and the call does not go on for ever
        rang = [each for each in world.telephone.placed if each.id == call_id]
        assert len(rang) <= 1, f"killed after {steps} steps"
        call = await the_call(world, call_id)
        assert (call.state, call.result) == (CallState.ENDED, CallResult.FAILED)
        unheard_of += not rang
        return killed

    assert await at_every_step(one_try) > 6
    assert unheard_of > 0
    # and every call has its one attempt
    assert set(Counter(each.message_id for each in await world.attempts()).values()) == {1}


async def another_telephone_of_ana(world: World, number: str) -> UUID:
    """One more number of Ana's."""
    (first, *_) = await world.rows(ContactPoint, ContactPoint.channel == "voice")
    point = a_contact_point(channel=first.channel, address=number, last_inbound_at=None)
    point.debtor_id = first.debtor_id
    await saved(world.db, point)
    return point.id


async def test_a_call_that_was_picked_up_goes_on_wherever_its_worker_died(world: World) -> None:
    await ana_with_a_telephone(world)

    async def one_try(steps: int) -> bool:
        number, call_id = f"+519885{steps:05}", uuid5(NAMES, f"up{steps}")
        point = await another_telephone_of_ana(world, number)

        async def dial(process: World) -> None:
            await process.calls.dialling.dial(point, Purpose.COLLECTION, call_id=call_id)

        killed = await world.dies_within(steps, dial)
        rang = [each for each in world.telephone.placed if each.id == call_id]
        if rang:
            # whoever picks up is spoken with, whatever became of the one who dialled
            await world.calls.dialling.answered(call_id, f"CA-{steps}")
            await world.calls.dialling.dial(point, Purpose.COLLECTION, call_id=call_id)
            await world.calls.dialling.end_if_still_dialling(call_id)
            said = await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
            assert said.then is Then.LISTEN, f"killed after {steps} steps"
            assert (await the_call(world, call_id)).state is CallState.IN_PROGRESS
        return killed

    assert await at_every_step(one_try) > 6


@pytest.mark.parametrize("unfinished", [False, True])
async def test_a_call_is_finished_once_wherever_the_process_dies(
    world: World, unfinished: bool
) -> None:
    async def one_try(steps: int) -> bool:
        # given a caller who hangs up, perhaps in the middle of a turn
        world.engine.failure = None
        call_id = await a_call_comes_in(world, f"+519886{steps:05}", sid=f"CA{steps}")
        if unfinished:
            world.engine.failure = EngineUnavailable()
            await hurried(world).take_turn(call_id, 1, WORDS)
            world.engine.failure = None
        jobs = len(await world.job_names())

        async def finish(process: World) -> None:
            await process.calls.hang_up.finish(call_id, CallResult.COMPLETED)

        killed = await world.dies_within(steps, finish)
        # when the provider reports the end again
        await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
        # then it is over, and what was under way has its one job
        assert (await the_call(world, call_id)).state is CallState.ENDED
        queued = (await world.job_names())[jobs:]
        assert queued == (["calls.complete"] if unfinished else []), f"after {steps} steps"
        owner = (await conversation_of(world, call_id)).owner
        assert owner is (Owner.BOT if unfinished else Owner.NOBODY)
        return killed

    assert await at_every_step(one_try) >= 3


async def test_what_a_hang_up_left_is_carried_out_once_wherever_the_worker_dies(
    world: World,
) -> None:
    async def one_try(steps: int) -> bool:
        world.engine.failure = None
        call_id = await a_call_comes_in(world, f"+519887{steps:05}", sid=f"CA{steps}")
        world.engine.failure = EngineUnavailable()
        await hurried(world).take_turn(call_id, 1, WORDS)
        world.engine.failure = None
        await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)

        async def complete(process: World) -> None:
            await process.calls.hang_up.complete(call_id)

        killed = await world.dies_within(steps, complete)
        await world.calls.hang_up.complete(call_id)
        *_, turn = await turns_of(world, call_id)
        assert turn.state is TurnState.DELIVERED, f"killed after {steps} steps"
        assert world.engine.carried_out[turn.id] == 1
        talk = (await the_call(world, call_id)).conversation_id
        assert (await world.said(talk))[-1].state is MessageState.FAILED
        assert (await conversation_of(world, call_id)).owner is Owner.NOBODY
        return killed

    assert await at_every_step(one_try) > 8


async def test_a_machine_never_hears_a_dialogue_wherever_the_process_dies(world: World) -> None:
    await ana_with_a_telephone(world)

    async def one_try(steps: int) -> bool:
        call_id = uuid5(NAMES, f"machine{steps}")
        point = await another_telephone_of_ana(world, f"+519888{steps:05}")
        await world.calls.dialling.dial(point, Purpose.COLLECTION, call_id=call_id)
        await world.calls.dialling.answered(call_id, f"CA-{steps}")
        news = Webhook.of("tests", "a machine", f"{call_id}:amd")
        asked = len(world.engine.asked)

        async def report(process: World) -> None:
            await process.calls.amd.record_amd(news, call_id, "machine_start", is_machine=True)

        killed = await world.dies_within(steps, report)
        # when the provider reports it again, and its greeting is heard
        await world.calls.amd.record_amd(news, call_id, "machine_start", is_machine=True)
        said = await answer(world, call_id, 1, CallerInput(speech="Deje su mensaje"))
        # then it is hung up on, at once or with its first words
        assert said.then is Then.HANG_UP, f"killed after {steps} steps"
        assert said.texts == ()
        assert len(world.engine.asked) == asked
        return killed

    assert await at_every_step(one_try) > 3
