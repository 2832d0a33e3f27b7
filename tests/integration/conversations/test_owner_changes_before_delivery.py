"""An answer that was written for one person is not delivered to another who has the address now."""

from uuid import UUID

import pytest

from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.conversations.models import Author, Conversation, MessageState, WaitingReason
from acuerdo.values.channels import Channel
from tests.builders import a_debtor, saved
from tests.integration.world import Ana, World

SECRET = "Debe S/ 320.50 a Luz Norte."


async def queued(world: World, talk: UUID, purpose: Purpose = Purpose.REPLY) -> UUID:
    """An answer that was written and not yet sent."""
    async with world.db.transaction() as session:
        conversation = await session.get_one(Conversation, talk)
        (message_id,) = world.outbox.add(
            session, conversation, SECRET, author=Author.BOT, purpose=purpose
        )
    return message_id


async def a_proven_talk(world: World, **more: str) -> UUID:
    talk = await world.someone_writes(**more)
    await world.identity.answer(talk, UUID(int=1), "1234")
    await world.identity.party(talk)
    return talk


async def moves_to(world: World, talk: UUID, debtor_id: UUID | None) -> None:
    """A file, a proof or a link gives the address to somebody else, or to several."""
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(talk)).id)
        point.debtor_id = debtor_id


async def is_withheld(world: World, talk: UUID, message_id: UUID, whose: UUID | None) -> None:
    await world.outbox.deliver(message_id)
    assert world.whatsapp.sent == []
    (message,) = [each for each in await world.said(talk) if each.id == message_id]
    assert (message.state, message.error_code) == (MessageState.REFUSED, "house:another_person")
    (attempt,) = [each for each in await world.attempts() if each.message_id == message_id]
    assert (attempt.allowed, attempt.rule) == (False, "house:another_person")
    assert attempt.debtor_id == whose
    # and nothing sends it later
    await world.outbox.deliver(message_id)
    assert world.whatsapp.sent == []


@pytest.mark.parametrize(
    "purpose", [Purpose.REPLY, Purpose.AGENT_REPLY, Purpose.PAYMENT_CONFIRMATION]
)
async def test_a_number_that_became_somebody_elses(world: World, purpose: Purpose) -> None:
    ana = await Ana().stored(world.db)
    talk = await a_proven_talk(world)
    message_id = await queued(world, talk, purpose)
    other = a_debtor(name="Luis Otro", document="87654321")
    await saved(world.db, other)
    await moves_to(world, talk, other.id)
    await is_withheld(world, talk, message_id, ana.debtor.id)
    assert (await world.conversation(talk)).waiting_reason is WaitingReason.ANOTHER_PERSON


async def test_a_number_that_became_that_of_several(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await a_proven_talk(world)
    message_id = await queued(world, talk)
    await moves_to(world, talk, None)
    await is_withheld(world, talk, message_id, ana.debtor.id)


async def test_another_user_who_wrote_meanwhile(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await a_proven_talk(world, user_id="PE.1")
    message_id = await queued(world, talk)
    other = await world.someone_writes(user_id="PE.2")
    assert other != talk
    await is_withheld(world, talk, message_id, ana.debtor.id)
    # and the owner back again does not hear what was written for the other
    theirs = await queued(world, other)
    assert await world.someone_writes(user_id="PE.1") != other
    await is_withheld(world, other, theirs, ana.debtor.id)


async def test_another_account_in_a_chat(world: World) -> None:
    await Ana().stored(world.db)
    chat = {"address": "700", "channel": Channel.TELEGRAM}
    talk = await world.someone_writes(user_id="700", **chat)
    message_id = await queued(world, talk)
    await world.someone_writes(user_id="701", **chat)
    await world.outbox.deliver(message_id)
    assert world.telegram.sent == []


async def test_somebody_unknown_who_becomes_known_is_answered(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(address="+51911111111")
    message_id = await queued(world, talk)
    await moves_to(world, talk, ana.debtor.id)
    await world.outbox.deliver(message_id)
    assert len(world.whatsapp.sent) == 1


async def test_who_is_the_wrong_person_still_gets_the_apology(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes()
    await world.addressees.wrong_person(talk)
    message_id = await queued(world, talk)
    await world.outbox.deliver(message_id)
    assert len(world.whatsapp.sent) == 1
    assert (await world.point_of(talk)).state is ContactState.WRONG_PERSON


async def test_who_writes_again_in_the_same_talk_is_answered(world: World) -> None:
    await Ana().stored(world.db)
    talk = await a_proven_talk(world)
    message_id = await queued(world, talk)
    assert await world.someone_writes("¿y bien?") == talk
    await world.outbox.deliver(message_id)
    assert len(world.whatsapp.sent) == 1
