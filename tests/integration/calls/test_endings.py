"""How calls end: hung up on in the middle, put through to people, recorded meanwhile."""

from dataclasses import replace
from uuid import UUID

import pytest

from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import Call, CallResult, CallState
from acuerdo.calls.transfers import identity_of
from acuerdo.calls.turns import CallTurns
from acuerdo.contact.models import Callback
from acuerdo.conversations.call_cue import CallCue, Keypad
from acuerdo.conversations.models import (
    MessageState,
    Outcome,
    Owner,
    TurnState,
    WaitingReason,
)
from acuerdo.conversations.ports import EngineReply
from acuerdo.platform.errors import (
    CallEnded,
    ConversationNotYours,
    EngineUnavailable,
    ProviderUnavailable,
)
from tests.builders import a_staff_member, saved
from tests.integration.calls.telephone import (
    NOBODY_SPOKE,
    NUMBER,
    a_call_comes_in,
    answer,
    conversation_of,
    heard_in,
    the_call,
    turns_of,
)
from tests.integration.world import World

A_PROMISE = CallerInput(speech="pago cien el viernes")


async def a_turn_is_left(world: World) -> UUID:
    """A caller hangs up while the engine has not answered what they said."""
    call_id = await a_call_comes_in(world)
    world.engine.failure = EngineUnavailable()
    await world.calls.turns.take_turn(call_id, 1, A_PROMISE)
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    return call_id


async def test_a_hang_up_ends_the_call_and_its_talk(world: World) -> None:
    call_id = await a_call_comes_in(world)
    for result in (CallResult.COMPLETED, CallResult.FAILED):
        await world.calls.hang_up.finish(call_id, result)
    call = await the_call(world, call_id)
    assert (call.state, call.result) == (CallState.ENDED, CallResult.COMPLETED)
    assert (await conversation_of(world, call_id)).owner is Owner.NOBODY


async def test_what_was_said_before_a_hang_up_is_carried_out_once(world: World) -> None:
    # given a promise whose answer nobody heard
    call_id = await a_turn_is_left(world)
    assert (await world.job_names())[-1] == "calls.complete"
    assert (await conversation_of(world, call_id)).owner is Owner.BOT
    # when the engine is back
    with pytest.raises(EngineUnavailable):
        await world.calls.hang_up.complete(call_id)
    world.engine.failure = None
    for _ in range(2):
        await world.calls.hang_up.complete(call_id)
    # then it was carried out, and the transcript says that the answer was not heard
    turn = (await turns_of(world, call_id))[-1]
    assert (turn.state, turn.text) == (TurnState.DELIVERED, "pago cien el viernes")
    assert world.engine.carried_out[turn.id] == 1
    call = await the_call(world, call_id)
    last = (await world.said(call.conversation_id))[-1]
    assert (last.state, last.error_code) == (MessageState.FAILED, "hung_up")
    assert (await conversation_of(world, call_id)).owner is Owner.NOBODY
    assert await heard_in(world, call_id) == ["pago cien el viernes"]


async def test_what_nobody_can_carry_out_is_left_to_people(world: World) -> None:
    call_id = await a_turn_is_left(world)
    world.clock.advance(minutes=16)
    await world.calls.hang_up.complete(call_id)
    assert (await turns_of(world, call_id))[-1].state is TurnState.GIVEN_UP
    conversation = await conversation_of(world, call_id)
    assert conversation.owner is Owner.AGENT
    assert conversation.waiting_reason is WaitingReason.ENGINE_FAILED
    assert len(await world.rows(Callback)) == 1


# ---- put through ------------------------------------------------------------------------------


@pytest.fixture
async def agents(world: World) -> tuple[UUID, UUID]:
    """Two agents whose softphones are open."""
    staff = a_staff_member(), a_staff_member()
    await saved(world.db, *staff)
    for each in staff:
        await world.calls.transfers.listen(each.id)
    return staff[0].id, staff[1].id


async def rings(world: World, call_id: UUID) -> set[UUID]:
    """The agents whose softphones ring for a call."""
    talk = (await the_call(world, call_id)).conversation_id
    lines = await world.calls.transfers.free_lines(talk)
    assert all(line.identity == identity_of(line.staff_id) for line in lines)
    return {line.staff_id for line in lines}


async def test_a_call_is_put_through_to_whoever_accepts(
    world: World, agents: tuple[UUID, UUID]
) -> None:
    call_id = await a_call_comes_in(world)
    assert await rings(world, call_id) == set(agents)
    await world.calls.transfers.accept(call_id, agents[0])
    call = await the_call(world, call_id)
    assert (call.state, call.agent_id) == (CallState.WITH_AGENT, agents[0])
    conversation = await conversation_of(world, call_id)
    assert (conversation.owner, conversation.agent_id) == (Owner.AGENT, agents[0])
    with pytest.raises(ConversationNotYours):
        await world.calls.transfers.accept(call_id, agents[1])
    # who is on a call is not rung for the next one
    other = await a_call_comes_in(world, "+51987650000", sid="CA2")
    assert await rings(world, other) == {agents[1]}
    # and whoever comes back from an agent has been spoken with
    assert await world.calls.transfers.left(call_id)
    assert (await the_call(world, call_id)).state is CallState.IN_PROGRESS


async def test_a_call_that_nobody_accepts_is_called_back(
    world: World, agents: tuple[UUID, UUID]
) -> None:
    call_id = await a_call_comes_in(world)
    assert not await world.calls.transfers.left(call_id)
    at, zone = await world.calls.hang_up.call_back_later(call_id)
    assert zone == "America/Lima"
    (callback,) = await world.rows(Callback)
    assert callback.at == at
    assert at.minute % 15 == 0
    assert (await conversation_of(world, call_id)).outcome is Outcome.CALLBACK


async def test_a_softphone_that_is_closed_or_silent_does_not_ring(
    world: World, agents: tuple[UUID, UUID]
) -> None:
    call_id = await a_call_comes_in(world)
    await world.calls.transfers.leave(agents[0])
    assert await rings(world, call_id) == {agents[1]}
    world.clock.advance(minutes=1)
    assert await rings(world, call_id) == set()


async def test_a_call_that_was_hung_up_cannot_be_accepted(
    world: World, agents: tuple[UUID, UUID]
) -> None:
    call_id = await a_call_comes_in(world)
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    with pytest.raises(CallEnded):
        await world.calls.transfers.accept(call_id, agents[0])


async def test_a_transferred_call_that_ends_stays_with_its_agent(
    world: World, agents: tuple[UUID, UUID]
) -> None:
    call_id = await a_call_comes_in(world)
    await world.calls.transfers.accept(call_id, agents[0])
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    conversation = await conversation_of(world, call_id)
    assert (conversation.owner, conversation.agent_id) == (Owner.AGENT, agents[0])


# ---- recorded ---------------------------------------------------------------------------------


def recorded(world: World) -> CallTurns:
    """The turns of an installation that records calls."""
    recording = replace(world.calls.recording, recorder=world.telephone)
    return replace(world.calls.turns, recording=recording)


async def test_a_call_is_recorded_from_after_the_notice_but_for_proofs(world: World) -> None:
    turns = recorded(world)
    call_id = await world.calls.inbound.receive("CA1", NUMBER)
    # the opening carries the notice: nothing is recorded before it was heard
    await answer(world, call_id, 0, NOBODY_SPOKE, turns)
    assert world.telephone.recorded == []
    await answer(world, call_id, 1, CallerInput(speech="quiero mi saldo"), turns)
    assert world.telephone.recorded == [("CA1", "on")]
    # what comes next is a secret
    cue = CallCue(Keypad.DOCUMENT_LAST4, "márquelos")
    world.engine.replies = (EngineReply("¿Sus últimos cuatro dígitos?", call=cue),)
    await answer(world, call_id, 2, CallerInput(speech="sí"), turns)
    await answer(world, call_id, 2, CallerInput(speech="sí"), turns)
    world.engine.says("Gracias. ¿Qué desea?")
    await answer(world, call_id, 3, CallerInput(digits="4071"), turns)
    assert world.telephone.recorded == [("CA1", "on"), ("CA1", "paused"), ("CA1", "on")]


async def test_a_recording_that_cannot_begin_ends_no_call(world: World) -> None:
    turns = recorded(world)
    call_id = await world.calls.inbound.receive("CA1", NUMBER)
    await answer(world, call_id, 0, NOBODY_SPOKE, turns)
    world.telephone.disobeys = [ProviderUnavailable()]
    assert (await answer(world, call_id, 1, CallerInput(speech="¿aló?"), turns)).texts


async def test_calls_are_not_recorded_where_nobody_wants_it(world: World) -> None:
    call_id = await a_call_comes_in(world)
    await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
    assert world.telephone.recorded == []
    (call,) = await world.rows(Call)
    assert call.recording is None
