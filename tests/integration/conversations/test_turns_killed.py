"""A worker is killed at every step of a turn; another one finishes it.

Whatever the moment: the engine carries the turn out once, the person reads every sentence once,
and the rows end as if nothing had happened.
"""

from collections import Counter
from uuid import UUID

import pytest

from acuerdo.contact.ports import Button
from acuerdo.conversations.models import MessageState, Owner, TurnState, WaitingReason
from acuerdo.conversations.notices import notice
from acuerdo.platform.errors import EngineRefused, EngineUnavailable, ProviderUnavailable
from acuerdo.values.channels import Channel
from tests.integration.killing import at_every_step
from tests.integration.world import World

# Long enough to be sent in two messages on WhatsApp.
LONG = ("Le cuento las opciones. " * 50).strip()


async def first_try(world: World, conversation_id: UUID, steps: int) -> bool:
    """A worker takes the turn up; whether it was killed."""
    try:
        return await world.dies_within(steps, lambda worker: worker.turns.reply_to(conversation_id))
    except (EngineUnavailable, ProviderUnavailable):
        return False


async def finish(world: World, conversation_id: UUID) -> None:
    """Other workers take it up until it is done, as the queue has them do."""
    for _ in range(4):
        try:
            await world.turns.reply_to(conversation_id)
        except (EngineUnavailable, ProviderUnavailable):
            world.clock.advance(seconds=15)
        else:
            return


@pytest.mark.parametrize("texts", [("Hola, ¿en qué le ayudo?",), (LONG, "¿Cuál prefiere?")])
async def test_a_turn_is_answered_once_wherever_its_worker_dies(
    world: World, texts: tuple[str, ...]
) -> None:
    world.engine.says(*texts, buttons=(Button("Sí", "/affirm"),))

    async def one_try(steps: int) -> bool:
        # given a message, and a worker that dies on its way
        address = f"+519870{steps:05}"
        conversation_id = await world.someone_writes(address=address)
        killed = await first_try(world, conversation_id, steps)
        # when another takes it up
        await finish(world, conversation_id)
        # then the engine has carried it out once and every sentence was read once, in order
        (turn,) = await world.turns_of(conversation_id)
        assert world.engine.carried_out[turn.id] == 1
        assert turn.state is TurnState.DELIVERED
        said = await world.said(conversation_id)
        read = [message.text for message in world.whatsapp.sent if message.address == address]
        assert read == [message.text for message in said], f"killed after {steps} steps"
        assert " ".join(" ".join(read).split()) == " ".join(" ".join(texts).split())
        assert {message.state for message in said} == {MessageState.SENT}
        assert all(message.provider_id for message in said)
        conversation = await world.conversation(conversation_id)
        assert conversation.owner is Owner.BOT
        assert conversation.waiting_since_at is None
        return killed

    assert await at_every_step(one_try) > 12
    # and every message has its one attempt, allowed as a reply
    judged = Counter((attempt.message_id, attempt.rule) for attempt in await world.attempts())
    assert set(judged.values()) == {1}
    assert {rule for _, rule in judged} == {"house:reply"}


async def test_where_the_provider_cannot_be_asked_nothing_is_said_twice(world: World) -> None:
    unknown = 0

    async def one_try(steps: int) -> bool:
        nonlocal unknown
        address = str(700_000 + steps)
        conversation_id = await world.someone_writes(address=address, channel=Channel.TELEGRAM)
        killed = await first_try(world, conversation_id, steps)
        await finish(world, conversation_id)
        (message,) = await world.said(conversation_id)
        read = [each for each in world.telegram.sent if each.address == address]
        assert len(read) <= 1
        if message.state is MessageState.UNKNOWN:
            # the agents see that nobody knows whether it arrived
            unknown += 1
            conversation = await world.conversation(conversation_id)
            assert conversation.waiting_reason is WaitingReason.DELIVERY_FAILED
        else:
            assert message.state is MessageState.SENT
            assert len(read) == 1
        (turn,) = await world.turns_of(conversation_id)
        assert turn.state is TurnState.DELIVERED
        return killed

    assert await at_every_step(one_try) > 12
    assert unknown > 0


async def test_an_apology_is_said_once_wherever_its_worker_dies(world: World) -> None:
    async def one_try(steps: int) -> bool:
        # given an engine that has been down for longer than people should wait in silence
        address = f"+519871{steps:05}"
        conversation_id = await world.someone_writes(address=address)
        world.engine.failure = EngineUnavailable()
        await first_try(world, conversation_id, 1000)
        world.clock.advance(seconds=25)
        # when the worker that would apologise dies
        killed = await first_try(world, conversation_id, steps)
        with pytest.raises(EngineUnavailable):
            await world.turns.reply_to(conversation_id)
        # then the person has read the apology once, and the agents see the conversation
        read = [message.text for message in world.whatsapp.sent if message.address == address]
        assert read == [notice("engine_down")], f"killed after {steps} steps"
        conversation = await world.conversation(conversation_id)
        assert conversation.waiting_reason is WaitingReason.ENGINE_FAILED
        # and when the engine is back, the answer comes once and the flag goes
        world.engine.failure = None
        await world.turns.reply_to(conversation_id)
        await world.turns.reply_to(conversation_id)
        read = [message.text for message in world.whatsapp.sent if message.address == address]
        assert read == [notice("engine_down"), "Hola, ¿en qué le ayudo?"]
        conversation = await world.conversation(conversation_id)
        assert conversation.waiting_since_at is None
        return killed

    assert await at_every_step(one_try) > 12


async def test_giving_up_is_told_once_wherever_its_worker_dies(world: World) -> None:
    world.engine.failure = EngineRefused()

    async def one_try(steps: int) -> bool:
        address = f"+519872{steps:05}"
        conversation_id = await world.someone_writes(address=address)
        killed = await first_try(world, conversation_id, steps)
        await finish(world, conversation_id)
        read = [message.text for message in world.whatsapp.sent if message.address == address]
        assert read == [notice("gave_up")], f"killed after {steps} steps"
        conversation = await world.conversation(conversation_id)
        assert conversation.owner is Owner.AGENT
        assert conversation.waiting_reason is WaitingReason.ENGINE_FAILED
        (turn,) = await world.turns_of(conversation_id)
        assert turn.state is TurnState.GIVEN_UP
        return killed

    assert await at_every_step(one_try) > 12


async def test_handing_over_inside_a_turn_is_said_once_wherever_its_worker_dies(
    world: World,
) -> None:
    world.engine.says("Claro. Le paso con una persona.")

    async def hand_over(asked: object) -> None:
        await world.hand_off.hand_over(
            asked.conversation,  # type: ignore[attr-defined]
            WaitingReason.ASKED_FOR_PERSON,
        )

    world.engine.during = hand_over

    async def one_try(steps: int) -> bool:
        address = f"+519873{steps:05}"
        conversation_id = await world.someone_writes("quiero una persona", address=address)
        killed = await first_try(world, conversation_id, steps)
        await finish(world, conversation_id)
        read = [message.text for message in world.whatsapp.sent if message.address == address]
        assert read == ["Claro. Le paso con una persona."], f"killed after {steps} steps"
        conversation = await world.conversation(conversation_id)
        assert conversation.owner is Owner.AGENT
        assert conversation.waiting_reason is WaitingReason.ASKED_FOR_PERSON
        return killed

    assert await at_every_step(one_try) > 12
