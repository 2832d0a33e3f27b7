"""Low: a call has one caller; another by the same CallSid hears nothing of it."""

import asyncio

import pytest

from acuerdo.calls.models import Call
from acuerdo.platform.errors import CallEnded
from tests.integration.world import World

OTHER = "+51987654399"


async def test_low_another_caller_by_the_same_sid_is_hung_up_on(world: World) -> None:
    first = await world.calls.inbound.receive("CA1", "+51987654321")
    for caller in (OTHER, None):
        with pytest.raises(CallEnded):
            await world.calls.inbound.receive("CA1", caller)
    assert await world.calls.inbound.receive("CA1", "+51987654321") == first
    assert [call.id for call in await world.rows(Call)] == [first]


async def test_low_two_callers_by_one_sid_at_once_are_one_call(world: World) -> None:
    callers = [f"+5198765430{number}" for number in range(8)]
    answers = await asyncio.gather(
        *(world.calls.inbound.receive("CA2", caller) for caller in callers), return_exceptions=True
    )
    taken = [each for each in answers if not isinstance(each, CallEnded)]
    assert len(taken) == 1, answers
    assert [call.id for call in await world.rows(Call)] == taken
