"""People who call and are called, and what the tests of calls ask about them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import Call, CallTurn
from acuerdo.calls.prompts import Prompt, Wait
from acuerdo.calls.turns import CallTurns
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.conversations.models import Conversation, Direction, Turn
from acuerdo.platform.settings import VoiceSettings
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, saved
from tests.integration.world import Ana, World

NUMBER = "+51987654321"
NOBODY_SPOKE = CallerInput()
# Settings of somebody who has no patience at all, for engines that are slow in earnest.
HURRIED = VoiceSettings(
    filler_after_seconds=0.01, wait_seconds=0.01, give_up_after_seconds=60, voicemail="neutral"
)


async def ana_with_a_telephone(world: World, number: str = NUMBER, **point: Any) -> ContactPoint:
    """Ana's telephone, on which she may be called."""
    ana = await Ana().stored(world.db)
    telephone = a_contact_point(
        ana.debtor, channel=Channel.VOICE, address=number, last_inbound_at=None, **point
    )
    await saved(world.db, telephone)
    return telephone


async def a_call_comes_in(world: World, number: str = NUMBER, sid: str = "CA-in") -> UUID:
    """A call is made to us and greeted; the engine's opening has been heard."""
    call_id = await world.calls.inbound.receive(sid, number)
    await answer(world, call_id, 0, NOBODY_SPOKE)
    # what is said next is said later
    world.clock.advance(seconds=5)
    return call_id


async def a_call_goes_out(world: World, point: ContactPoint) -> UUID:
    """A call of ours was placed and picked up."""
    dialled = await world.calls.dialling.dial(point.id, Purpose.COLLECTION, call_id=uuid4())
    assert dialled.refused is None
    await world.calls.dialling.answered(dialled.call_id, "CA1")
    return dialled.call_id


async def answer(
    world: World, call_id: UUID, number: int, heard: CallerInput, turns: CallTurns | None = None
) -> Prompt:
    """What is said to something heard, when there is no waiting for it."""
    said = await (turns or world.calls.turns).take_turn(call_id, number, heard)
    assert isinstance(said, Prompt), said
    return said


def hurried(world: World) -> CallTurns:
    """The turns of a call that wait for no engine."""
    return replace(world.calls.turns, settings=HURRIED)


async def the_call(world: World, call_id: UUID) -> Call:
    """A call as it stands."""
    (call,) = await world.rows(Call, Call.id == call_id)
    assert isinstance(call, Call)
    return call


async def conversation_of(world: World, call_id: UUID) -> Conversation:
    """The conversation of a call as it stands."""
    return await world.conversation((await the_call(world, call_id)).conversation_id)


async def heard_in(world: World, call_id: UUID) -> list[str]:
    """What the transcript shows of the caller, in order."""
    talk = (await the_call(world, call_id)).conversation_id
    return [message.text for message in await world.messages(talk, Direction.IN)]


async def said_in(world: World, call_id: UUID) -> list[str]:
    """What the transcript shows of us, in order."""
    talk = (await the_call(world, call_id)).conversation_id
    return [message.text for message in await world.said(talk)]


async def turns_of(world: World, call_id: UUID) -> Sequence[Turn]:
    """The engine's turns of a call, the oldest first."""
    return await world.turns_of((await the_call(world, call_id)).conversation_id)


async def call_turns(world: World, call_id: UUID) -> Sequence[CallTurn]:
    """The rows of what was heard in a call."""
    return await world.rows(CallTurn, CallTurn.call_id == call_id)


def is_wait(said: Prompt | Wait) -> bool:
    """Whether the answer is not known yet."""
    return isinstance(said, Wait)
