"""A worker that was thought to be dead and was only paused comes back in the middle of a turn."""

import asyncio

import pytest

from acuerdo.conversations.models import TurnState
from tests.integration.fakes import Asked
from tests.integration.world import World


@pytest.mark.parametrize("text", ["Hola, ¿en qué le ayudo?", ""])
async def test_a_turn_that_another_has_finished_is_left_alone(world: World, text: str) -> None:
    world.engine.says(text)
    conversation_id = await world.someone_writes()
    paused, goes_on = asyncio.Event(), asyncio.Event()

    async def pause(_: Asked) -> None:
        # given a worker that is paused while the engine answers it
        world.engine.during = None
        paused.set()
        await goes_on.wait()

    world.engine.during = pause
    late = asyncio.create_task(world.turns.reply_to(conversation_id))
    await paused.wait()
    # when another one does the turn, and then the first goes on
    await world.turns.reply_to(conversation_id)
    goes_on.set()
    await late
    # then the person has read the answer once
    assert world.whatsapp.texts == ([text] if text else [])
    assert len(await world.said(conversation_id)) == len(world.whatsapp.texts)
    (turn,) = await world.turns_of(conversation_id)
    assert turn.state is TurnState.DELIVERED
    # and what they write next begins another turn
    await world.someone_writes("cuánto debo")
    await world.turns.reply_to(conversation_id)
    assert len(await world.turns_of(conversation_id)) == 2
