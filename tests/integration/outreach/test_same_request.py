"""The same wish once: however often it is sent, and at once."""

import asyncio
from datetime import timedelta

import pytest

from acuerdo.contact.law import Reason
from acuerdo.contact.models import Purpose
from acuerdo.outreach.models import PlannedContact
from acuerdo.outreach.service import RequestAnswer
from acuerdo.values.channels import Channel
from tests.clock import working_days
from tests.integration.world import Ana, World


@pytest.fixture
async def ana(world: World) -> Ana:
    """Ana, who may be written to on a working day."""
    world.clock.move_to(working_days())
    return await Ana().stored(world.db)


async def wished(world: World, ana: Ana, purpose: Purpose = Purpose.COLLECTION) -> RequestAnswer:
    return await world.planned_contacts.request(
        ana.debtor.external_id, Channel.WHATSAPP, purpose, schedule=True
    )


async def test_five_at_once_are_one_contact(world: World, ana: Ana) -> None:
    answers = await asyncio.gather(*(wished(world, ana) for _ in range(5)))
    assert len({each.planned_id for each in answers}) == 1
    assert all(each.verdict.allowed for each in answers)
    (planned,) = await world.rows(PlannedContact)
    assert {each.due_at for each in answers} == {planned.due_at}


async def test_two_seconds_later_when_it_has_been_sent_it_is_still_that_one(
    world: World, ana: Ana
) -> None:
    first = await wished(world, ana)
    assert first.planned_id is not None
    await world.planned_contacts.attempt(first.planned_id)
    (planned,) = await world.rows(PlannedContact)
    assert planned.conversation_id is not None
    await world.turns.reply_to(planned.conversation_id)
    world.clock.advance(seconds=2)
    again = await wished(world, ana)
    assert again.planned_id == first.planned_id
    assert len(world.whatsapp.sent) == 1


async def test_a_contact_that_waits_for_its_moment_is_not_planned_twice(
    world: World, ana: Ana
) -> None:
    world.clock.move_to(working_days() + timedelta(hours=14))
    first = await wished(world, ana)
    world.clock.advance(minutes=20)
    again = await wished(world, ana)
    assert first.planned_id is not None
    assert again.planned_id == first.planned_id


async def test_another_purpose_is_another_contact(world: World, ana: Ana) -> None:
    first, other = await wished(world, ana), await wished(world, ana, Purpose.REMINDER)
    assert first.planned_id != other.planned_id


async def test_a_wish_that_must_not_be_granted_any_more_is_refused_however_soon(
    world: World, ana: Ana
) -> None:
    first = await wished(world, ana)
    assert first.planned_id is not None
    conversation_id = await world.someone_writes()
    await world.addressees.wrong_person(conversation_id)
    again = await wished(world, ana)
    assert (again.planned_id, again.verdict.reason) == (None, Reason.ADDRESS_RETIRED)


async def test_days_later_it_is_a_new_one(world: World, ana: Ana) -> None:
    first = await wished(world, ana)
    assert first.planned_id is not None
    await world.planned_contacts.attempt(first.planned_id)
    (planned,) = await world.rows(PlannedContact)
    assert planned.conversation_id is not None
    await world.turns.reply_to(planned.conversation_id)
    await world.planned_contacts.check_delivery(first.planned_id)
    world.clock.advance(days=2)
    again = await wished(world, ana)
    assert again.planned_id not in (None, first.planned_id)
