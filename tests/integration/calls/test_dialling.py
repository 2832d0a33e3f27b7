"""Calls that we make: judged, placed once, and what becomes of them."""

from uuid import UUID, uuid4

import pytest

from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import Call, CallResult, CallState
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.conversations.models import Owner
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from tests.integration.calls.telephone import (
    a_call_goes_out,
    ana_with_a_telephone,
    answer,
    conversation_of,
    heard_in,
    the_call,
)
from tests.integration.world import World


async def dialled(world: World, point: ContactPoint, call_id: UUID | None = None) -> Call:
    """A call that was begun, as it stands."""
    placed = await world.calls.dialling.dial(point.id, Purpose.COLLECTION, call_id=call_id)
    return await the_call(world, placed.call_id)


async def test_a_call_is_placed_under_the_attempt_that_allowed_it(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call = await dialled(world, point)
    (placed,) = world.telephone.placed
    assert (placed.id, placed.address, placed.shown_number) == (
        call.id,
        point.address,
        world.telephone.number,
    )
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.message_id, attempt.purpose) == (
        True,
        call.id,
        Purpose.COLLECTION,
    )
    assert (call.state, call.provider_id) == (CallState.DIALLING, "CA1")


async def test_the_same_call_is_dialled_once(world: World) -> None:
    point, call_id = await ana_with_a_telephone(world), uuid4()
    for _ in range(3):
        await dialled(world, point, call_id)
    assert len(world.telephone.placed) == len(await world.attempts()) == 1


async def test_a_call_that_the_law_forbids_is_not_placed_and_stands_in_the_ledger(
    world: World,
) -> None:
    point = await ana_with_a_telephone(world)
    world.clock.advance(hours=12)
    call_id = uuid4()
    refused = await world.calls.dialling.dial(point.id, Purpose.COLLECTION, call_id=call_id)
    assert refused.refused is not None
    assert "pe.hours" in refused.refused.rule
    assert world.telephone.placed == []
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.message_id) == (False, call_id)
    assert attempt.rule == refused.refused.rule
    assert await world.rows(Call) == []


@pytest.mark.parametrize(
    ("failure", "point_state"),
    [
        (ProviderUnavailable(), ContactState.ACTIVE),
        (ProviderRefused(provider_code="13224", unreachable=True), ContactState.UNREACHABLE),
        (ProviderMisused(), ContactState.ACTIVE),
    ],
)
async def test_a_call_that_could_not_be_placed_has_failed(
    world: World, failure: Exception, point_state: ContactState
) -> None:
    point, call_id = await ana_with_a_telephone(world), uuid4()
    world.telephone.failures = [failure]
    with pytest.raises(type(failure)):
        await dialled(world, point, call_id)
    call = await the_call(world, call_id)
    assert (call.state, call.result) == (CallState.ENDED, CallResult.FAILED)
    (stored,) = await world.rows(ContactPoint, ContactPoint.id == point.id)
    assert stored.state is point_state
    assert (await conversation_of(world, call_id)).owner is Owner.NOBODY


async def test_a_call_of_which_nobody_knows_may_still_be_picked_up(world: World) -> None:
    # given a dialling whose answer was lost although the telephone rings
    point, call_id = await ana_with_a_telephone(world), uuid4()
    world.telephone.after = [OutcomeUnknown()]
    with pytest.raises(OutcomeUnknown):
        await dialled(world, point, call_id)
    assert (await the_call(world, call_id)).state is CallState.DIALLING
    # when it is picked up, it is a call like any other, and never dialled again
    await world.calls.dialling.answered(call_id, "CA1")
    await dialled(world, point, call_id)
    await world.calls.dialling.end_if_still_dialling(call_id)
    call = await the_call(world, call_id)
    assert (call.state, call.provider_id) == (CallState.IN_PROGRESS, "CA1")
    assert len(world.telephone.placed) == 1


async def test_a_call_of_which_nothing_is_heard_ends_as_one_that_failed(world: World) -> None:
    point, call_id = await ana_with_a_telephone(world), uuid4()
    world.telephone.failures = [OutcomeUnknown()]
    with pytest.raises(OutcomeUnknown):
        await dialled(world, point, call_id)
    assert "calls.end_if_still_dialling" in await world.job_names()
    await world.calls.dialling.end_if_still_dialling(call_id)
    call = await the_call(world, call_id)
    assert (call.state, call.result) == (CallState.ENDED, CallResult.FAILED)
    assert (await world.job_names())[-1] == "calls.dial_again"


async def test_a_call_of_ours_opens_with_why_we_call(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
    (asked,) = world.engine.asked
    assert (asked.intent, asked.facts["purpose"]) == ("greet", "collection")
    assert await heard_in(world, call_id) == ["¿aló?"]
    await answer(world, call_id, 2, CallerInput(speech="sí, soy yo"))
    assert world.engine.asked[-1].facts["purpose"] == "reply"


async def test_whoever_was_not_reached_is_called_twice_more_at_most(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call = await dialled(world, point)
    for _ in range(4):
        await world.calls.hang_up.finish(call.id, CallResult.NO_ANSWER)
        world.clock.advance(hours=1)
        await world.calls.dialling.dial_again(call.id)
        latest = max(await world.rows(Call), key=lambda each: each.started_at)
        if latest.id == call.id:
            break
        assert latest.retry_of == call.id
        call = latest
    assert len(world.telephone.placed) == 3


async def test_a_repetition_that_the_law_forbids_now_waits_for_its_hour(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call = await dialled(world, point)
    await world.calls.hang_up.finish(call.id, CallResult.BUSY)
    world.clock.advance(hours=12)
    jobs = len(await world.job_names())
    await world.calls.dialling.dial_again(call.id)
    assert len(world.telephone.placed) == 1
    assert (await world.job_names())[jobs:] == ["calls.dial_again"]


async def test_whoever_called_us_meanwhile_is_not_called_again(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call = await dialled(world, point)
    await world.calls.hang_up.finish(call.id, CallResult.NO_ANSWER)
    world.clock.advance(minutes=5)
    await world.calls.inbound.receive("CA-back", point.address)
    await world.calls.dialling.dial_again(call.id)
    assert len(world.telephone.placed) == 1


async def test_a_call_that_reached_a_person_is_not_repeated(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
    world.clock.advance(minutes=3)
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    assert "calls.dial_again" not in await world.job_names()
