"""Who answers: the assistant, one person, or nobody any more."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from acuerdo.contact.models import Callback, ContactPoint, ContactState
from acuerdo.conversations.models import (
    Author,
    Direction,
    MessageState,
    Note,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.debts.models import Debtor
from acuerdo.platform.errors import ConversationNotYours, SpokenOnly
from acuerdo.values.channels import Channel
from tests.builders import a_staff_member, saved
from tests.clock import A_MONDAY
from tests.integration.world import Ana, World


async def held_by(world: World, channel: Channel = Channel.WHATSAPP) -> tuple[UUID, UUID]:
    """A conversation that an agent holds."""
    agent = a_staff_member()
    await saved(world.db, agent)
    conversation_id = await world.someone_writes(channel=channel)
    await world.turns.reply_to(conversation_id)
    await world.hand_off.hand_over(conversation_id, WaitingReason.ASKED_FOR_PERSON)
    await world.hand_off.take(conversation_id, agent.id)
    return conversation_id, agent.id


async def test_a_conversation_is_passed_to_the_queue_once(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.hand_off.hand_over(conversation_id, WaitingReason.COMPLAINT)
    since = world.clock.now()
    world.clock.advance(minutes=5)
    await world.hand_off.hand_over(conversation_id, WaitingReason.ASKED_FOR_PERSON)
    conversation = await world.conversation(conversation_id)
    assert (conversation.owner, conversation.waiting_reason, conversation.waiting_since_at) == (
        Owner.AGENT,
        WaitingReason.COMPLAINT,
        since,
    )
    assert conversation.outcome is Outcome.HANDOFF


async def test_only_one_person_takes_a_conversation(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.hand_off.hand_over(conversation_id, WaitingReason.COMPLAINT)
    agents = [uuid4() for _ in range(5)]
    results = await asyncio.gather(
        *(world.hand_off.take(conversation_id, agent) for agent in agents),
        return_exceptions=True,
    )
    refused = [result for result in results if isinstance(result, ConversationNotYours)]
    assert len(refused) == 4
    owner = (await world.conversation(conversation_id)).agent_id
    assert owner is not None
    await world.hand_off.take(conversation_id, owner)
    assert (await world.conversation(conversation_id)).waiting_since_at is None


async def test_what_a_person_says_goes_out_as_theirs(world: World) -> None:
    conversation_id, agent_id = await held_by(world)
    await world.hand_off.say(conversation_id, agent_id, "Hola, soy Lucía\x00")
    *_, message = await world.said(conversation_id)
    assert (message.text, message.author, message.agent_id, message.state) == (
        "Hola, soy Lucía",
        Author.AGENT,
        agent_id,
        MessageState.QUEUED,
    )
    assert (await world.job_names())[-1] == "conversations.deliver"
    await world.outbox.deliver(message.id)
    assert world.whatsapp.texts[-1] == "Hola, soy Lucía"


Act = Callable[[World, UUID, UUID], Awaitable[None]]


@pytest.mark.parametrize(
    "act",
    [
        lambda world, talk, agent: world.hand_off.say(talk, agent, "hola"),
        lambda world, talk, agent: world.hand_off.hand_back(talk, agent),
        lambda world, talk, agent: world.hand_off.close(talk, agent, Outcome.REFUSED),
    ],
    ids=["say", "hand back", "close"],
)
async def test_nobody_acts_in_a_conversation_of_somebody_else(world: World, act: Act) -> None:
    conversation_id, agent_id = await held_by(world)
    with pytest.raises(ConversationNotYours):
        await act(world, conversation_id, uuid4())
    # nor in one that is closed
    await world.hand_off.close(conversation_id, agent_id, Outcome.NO_OUTCOME)
    with pytest.raises(ConversationNotYours):
        await act(world, conversation_id, agent_id)
    with pytest.raises(ConversationNotYours):
        await world.hand_off.take(conversation_id, agent_id)


async def test_a_call_is_not_written_to(world: World) -> None:
    conversation_id, agent = await held_by(world, Channel.VOICE)
    with pytest.raises(SpokenOnly):
        await world.hand_off.say(conversation_id, agent, "Buenos días")
    with pytest.raises(SpokenOnly):
        await world.hand_off.hand_back(conversation_id, agent)
    assert (await world.conversation(conversation_id)).owner is Owner.AGENT


async def test_while_a_person_holds_it_the_assistant_is_not_called(world: World) -> None:
    conversation_id, _ = await held_by(world)
    asked = len(world.engine.asked)
    await world.someone_writes("¿hola?")
    await world.turns.reply_to(conversation_id)
    assert len(world.engine.asked) == asked
    *_, message = await world.messages(conversation_id, Direction.IN)
    assert message.state is MessageState.READ


async def test_given_back_the_assistant_says_so_and_goes_on(world: World) -> None:
    conversation_id, agent_id = await held_by(world)
    await world.someone_writes("sí, de acuerdo")
    await world.hand_off.hand_back(conversation_id, agent_id)
    conversation = await world.conversation(conversation_id)
    assert (conversation.owner, conversation.agent_id, conversation.waiting_since_at) == (
        Owner.BOT,
        None,
        None,
    )
    await world.turns.reply_to(conversation_id)
    # what was said to the person is not answered again, and the assistant introduces itself
    assert [asked.intent for asked in world.engine.asked[1:]] == ["resume"]
    await world.someone_writes("¿y mi saldo?")
    await world.turns.reply_to(conversation_id)
    assert world.engine.asked[-1].text == "¿y mi saldo?"


async def test_closing_ends_it_with_one_outcome_and_the_next_word_begins_anew(
    world: World,
) -> None:
    conversation_id, agent_id = await held_by(world)
    await world.verify(conversation_id)
    await world.hand_off.close(conversation_id, agent_id, Outcome.REFUSED)
    conversation = await world.conversation(conversation_id)
    assert (conversation.owner, conversation.outcome) == (Owner.NOBODY, Outcome.REFUSED)
    assert conversation.closed_at == world.clock.now()
    assert conversation.verified_until_at is None
    again = await world.someone_writes()
    assert again != conversation_id
    assert (await world.conversation(again)).owner is Owner.BOT


async def test_a_note_is_not_a_message(world: World) -> None:
    conversation_id, agent_id = await held_by(world)
    before = len(await world.said(conversation_id))
    await world.hand_off.note(conversation_id, agent_id, "llamar a su hija\x00")
    (note,) = await world.rows(Note)
    assert note.text == "llamar a su hija"
    assert len(await world.said(conversation_id)) == before


async def test_an_opt_out_works_at_once(world: World) -> None:
    await Ana().stored(world.db)
    conversation_id = await world.someone_writes()
    await world.opt_outs.opt_out(conversation_id, "no me escriban más")
    (point,) = await world.rows(ContactPoint)
    assert (point.state, point.consent) == (ContactState.OPTED_OUT, False)
    assert (await world.conversation(conversation_id)).outcome is Outcome.OPT_OUT


async def test_a_death_stops_everything_and_calls_a_person(world: World) -> None:
    await Ana().stored(world.db)
    conversation_id = await world.someone_writes()
    await world.cases.opening.death(conversation_id)
    (debtor,) = await world.rows(Debtor)
    assert debtor.deceased_reported_at == world.clock.now()
    conversation = await world.conversation(conversation_id)
    assert (conversation.owner, conversation.outcome) == (Owner.AGENT, Outcome.DECEASED)


async def test_a_flag_shows_the_conversation_and_leaves_it_to_the_assistant(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.hand_off.flag(conversation_id, WaitingReason.DISPUTE)
    await world.hand_off.flag(conversation_id, WaitingReason.DATA_REQUEST)
    conversation = await world.conversation(conversation_id)
    assert (conversation.owner, conversation.waiting_reason) == (Owner.BOT, WaitingReason.DISPUTE)


@pytest.mark.parametrize(
    ("wanted", "agreed"),
    [
        ("2026-11-24T15:30", datetime(2026, 11, 24, 20, 30, tzinfo=UTC)),
        ("2026-11-24T22:00", datetime(2026, 11, 25, 14, 0, tzinfo=UTC)),
        ("2026-11-29T10:00", datetime(2026, 11, 30, 14, 0, tzinfo=UTC)),
        ("2020-01-01T10:00", datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
    ],
)
async def test_a_later_contact_is_inside_the_hours_and_never_in_the_past(
    world: World, wanted: str, agreed: datetime
) -> None:
    world.clock.move_to(A_MONDAY)
    await Ana().stored(world.db)
    conversation_id = await world.someone_writes()
    found = await world.callbacks.schedule(conversation_id, wanted)
    assert (found.at, found.timezone) == (agreed, "America/Lima")
    assert found.moved is not (wanted == "2026-11-24T15:30")
    # asked again, it is moved and not doubled
    await world.callbacks.schedule(conversation_id, wanted)
    (callback,) = await world.rows(Callback)
    assert callback.at == agreed
