"""Whoever is behind an address may change: another owner, another user, somebody else."""

from datetime import date
from uuid import uuid4

import pytest

from acuerdo.contact.models import (
    ContactPoint,
    ContactState,
    Purpose,
)
from acuerdo.conversations.models import (
    Owner,
    WaitingReason,
)
from acuerdo.debts.models import Debtor
from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, a_debtor, saved
from tests.integration.conversations.claims import (
    BORN,
    DOCUMENT,
    STRANGER,
    P,
    a_claim,
)
from tests.integration.world import Ana, World


async def test_a_number_that_becomes_known_ends_the_talk_of_whoever_had_it(world: World) -> None:
    # given a stranger who has typed Ana's document and becomes another debtor by an import
    await Ana().stored(world.db)
    first = await a_claim(world, DOCUMENT)
    other = a_debtor(name="Luis Otro", document="87654321", birth_date=date(1980, 1, 1))
    await saved(world.db, other)
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(first)).id)
        point.debtor_id = other.id
    # when Ana's ending is given, with the lighter rules of the new owner
    for talk in (first, await world.someone_writes(address=STRANGER)):
        await world.identity.answer(talk, uuid4(), "1234")
        world.clock.advance(seconds=1)
        # then nobody is proven, and the talk of before is over
        with pytest.raises(IdentityNotVerified):
            await world.identity.party(talk)
    assert (await world.conversation(first)).owner is Owner.NOBODY
    await world.identity.answer(talk, uuid4(), "4321")
    proof = await world.identity.answer(talk, uuid4(), "1980-01-01")
    assert proof.state is P.VERIFIED
    assert (await world.identity.party(talk)).debtor_id == other.id


async def test_a_proof_ends_when_the_address_moves_to_somebody_else(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes()
    await world.identity.answer(talk, uuid4(), "1234")
    await world.identity.party(talk)
    other = a_debtor(name="Luis Otro", document="87654321")
    await saved(world.db, other)
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(talk)).id)
        point.debtor_id = other.id
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(talk)
    again = await world.someone_writes()
    assert again != talk
    assert (await world.conversation(again)).waiting_reason is WaitingReason.ANOTHER_PERSON


async def test_who_holds_a_talk_goes_on_with_the_one_that_follows(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(address=STRANGER)
    await world.hand_off.take(talk, agent := uuid4())
    async with world.db.transaction() as session:
        point = await session.get_one(ContactPoint, (await world.point_of(talk)).id)
        point.debtor_id = ana.debtor.id
    again = await world.conversation(await world.someone_writes(address=STRANGER))
    assert (again.id != talk, again.owner, again.agent_id) == (True, Owner.AGENT, agent)


async def test_another_user_behind_a_number_is_another_person(world: World) -> None:
    # given Ana, proven, under one id of the provider's
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(user_id="PE.1")
    await world.identity.answer(talk, uuid4(), "1234")
    before = await world.point_of(talk)
    # when the same number writes under another
    other = await world.someone_writes(user_id="PE.2")
    # then nothing of hers is theirs: no proof, no name, no contact that begins with us
    assert other != talk
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(other)
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(talk)
    conversation = await world.conversation(other)
    assert conversation.debtor_id is None
    assert conversation.waiting_reason is WaitingReason.ANOTHER_PERSON
    async with world.db.transaction() as session:
        facts = await world.identity.facts(session, conversation)
        point = await session.get_one(ContactPoint, before.id)
        verdict = await world.contact.verdict(
            session, point, ana.debtor, Purpose.COLLECTION, has_template=True
        )
    assert (facts["known"], facts["name"]) == (False, "")
    assert not verdict.allowed
    assert (point.external_user_id, point.other_user_id) == ("PE.1", "PE.2")
    assert point.reply_address == before.reply_address
    # and they go on as themselves, until she is back with a talk of her own
    assert await world.someone_writes(user_id="PE.2") == other
    back = await world.someone_writes(user_id="PE.1")
    assert (await world.conversation(back)).debtor_id == ana.debtor.id
    with pytest.raises(IdentityNotVerified):
        await world.identity.party(back)


async def test_who_proves_to_be_the_owner_under_another_id_is_the_owner(world: World) -> None:
    ana = await Ana().stored(world.db)
    await world.someone_writes(user_id="PE.1")
    talk = await world.someone_writes(user_id="PE.2")
    await world.identity.answer(talk, uuid4(), DOCUMENT)
    proof = await world.identity.answer(talk, uuid4(), BORN)
    assert proof.state is P.VERIFIED
    point = await world.point_of(talk)
    assert (point.debtor_id, point.external_user_id) == (ana.debtor.id, "PE.2")
    assert point.other_user_id is None
    assert await world.someone_writes(user_id="PE.2") == talk


async def test_an_id_that_is_known_elsewhere_makes_an_address_doubtful(world: World) -> None:
    # given somebody known under an id, who now writes from the number of another
    await Ana().stored(world.db)
    await world.someone_writes(address="+51955555555", user_id="PE.9")
    talk = await world.someone_writes(user_id="PE.9")
    assert (await world.conversation(talk)).debtor_id is None


async def test_a_message_without_an_id_tells_nothing(world: World) -> None:
    ana = await Ana().stored(world.db)
    talk = await world.someone_writes(user_id="PE.1")
    assert await world.someone_writes(user_id=None) == talk
    other = await world.someone_writes(user_id="PE.2")
    # who it is now is not known by silence about it
    assert await world.someone_writes(user_id=None) == other
    assert (await world.conversation(other)).debtor_id is None
    assert ana.debtor.id is not None


async def test_another_telegram_account_in_a_chat_is_another_person(world: World) -> None:
    ana = await Ana().stored(world.db)
    chat = a_contact_point(ana.debtor, channel=Channel.TELEGRAM, address="700")
    await saved(world.db, chat)
    known = await world.someone_writes(address="700", channel=Channel.TELEGRAM, user_id="700")
    assert (await world.conversation(known)).debtor_id == ana.debtor.id
    other = await world.someone_writes(address="700", channel=Channel.TELEGRAM, user_id="701")
    assert (await world.conversation(other)).debtor_id is None


async def test_a_wrong_person_means_nobody_from_then_on(world: World) -> None:
    await Ana().stored(world.db)
    talk = await world.someone_writes()
    await world.addressees.wrong_person(talk)
    await world.cases.opening.death(talk, "falleció")
    (debtor,) = await world.rows(Debtor)
    assert debtor.deceased_reported_at is None
    (point,) = await world.rows(ContactPoint)
    assert point.state is ContactState.WRONG_PERSON
