"""The gate obeys the house limits of a country and what the person prefers."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from acuerdo.contact import repository
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.law import Reason, Verdict
from acuerdo.contact.models import Attempt, ContactPoint, ContactState, HouseLimits, Purpose
from acuerdo.debts.models import Debtor
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, a_staff_member, saved
from tests.clock import working_days
from tests.integration.world import Ana, World


@pytest.fixture
async def ana(world: World) -> Ana:
    """Ana in Lima, on a working day at ten; she can be written to and called."""
    world.clock.move_to(working_days())
    ana = await Ana().stored(world.db)
    await saved(world.db, a_contact_point(ana.debtor, channel=Channel.VOICE))
    return ana


@pytest.fixture
async def manager(world: World) -> UUID:
    """Somebody who sets limits."""
    manager = a_staff_member()
    await saved(world.db, manager)
    return manager.id


@pytest.fixture
def house(world: World) -> HouseLimitsService:
    return world.core.contact.house_limits


async def verdict(world: World, ana: Ana, purpose: Purpose, channel: Channel) -> Verdict:
    async with world.db.transaction() as session:
        debtor = await session.get_one(Debtor, ana.debtor.id)
        (point,) = [
            each
            for each in await world.rows(ContactPoint, ContactPoint.debtor_id == debtor.id)
            if each.channel is channel
        ]
        return await world.contact.verdict(session, point, debtor, purpose, has_template=True)


async def test_the_newest_limits_of_the_country_bind(
    world: World, ana: Ana, house: HouseLimitsService, manager: UUID
) -> None:
    assert (await verdict(world, ana, Purpose.COLLECTION, Channel.WHATSAPP)).allowed
    # when a manager allows only the afternoon in Peru
    await house.change("PE", CountryLimits(opens=time(14)), manager)
    found = await verdict(world, ana, Purpose.COLLECTION, Channel.WHATSAPP)
    assert (found.reason, found.rule) == (Reason.OUTSIDE_HOURS, "house:limits.hours.pe")
    assert found.next_allowed_at is not None
    assert found.next_allowed_at.hour == 14
    # then an answer is not bound by it, and another country neither
    assert (await verdict(world, ana, Purpose.REPLY, Channel.WHATSAPP)).allowed
    await house.change("PE", CountryLimits(), manager)
    await house.change("MX", CountryLimits(opens=time(14)), manager)
    assert (await verdict(world, ana, Purpose.COLLECTION, Channel.WHATSAPP)).allowed


async def test_a_contact_counts_for_as_long_as_the_longest_rule_says(
    world: World, ana: Ana, house: HouseLimitsService, manager: UUID
) -> None:
    await house.change("PE", CountryLimits(most_a_week=1), manager)
    # given a contact on a Tuesday at eight in the morning in Lima
    tuesday = datetime(2026, 11, 17, 13, tzinfo=UTC)
    async with world.db.transaction() as session:
        point = ana.point
        attempt = Attempt(
            contact_point_id=point.id,
            debtor_id=ana.debtor.id,
            channel=point.channel,
            purpose=Purpose.COLLECTION,
            at=tuesday,
            allowed=True,
            rule="test",
        )
        await repository.record_attempt(session, attempt)
    # then it binds until the Monday evening, six days and some hours later
    world.clock.move_to(tuesday + timedelta(days=6, hours=10))
    refused = await verdict(world, ana, Purpose.COLLECTION, Channel.WHATSAPP)
    assert (refused.reason, refused.rule) == (Reason.WEEK_CAP, "house:limits.week.pe")
    # and no longer on the next Tuesday
    world.clock.move_to(tuesday + timedelta(days=7))
    assert (await verdict(world, ana, Purpose.COLLECTION, Channel.WHATSAPP)).allowed


async def test_every_change_is_kept_with_who_and_when(
    world: World, house: HouseLimitsService, manager: UUID
) -> None:
    assert await house.limits("PE") == CountryLimits()
    for limits in (
        CountryLimits(most_a_day=2),
        CountryLimits(most_a_day=1),
        CountryLimits(most_a_day=1),
    ):
        await house.change("PE", limits, manager)
        world.clock.advance(hours=1)
    first, newest = await world.rows(HouseLimits)
    assert (newest.limits, first.limits) == (
        CountryLimits(most_a_day=1),
        CountryLimits(most_a_day=2),
    )
    assert newest.changed_by_id == manager
    assert newest.changed_at > first.changed_at


async def test_what_the_person_prefers_binds_what_begins_with_us(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("x")
    await world.preferences.prefer(conversation_id, "llámenme después de las 6")
    # then neither another channel nor another hour
    by_chat = await verdict(world, ana, Purpose.REMINDER, Channel.WHATSAPP)
    assert (by_chat.reason, by_chat.rule) == (Reason.CHANNEL_BARRED, "house:preference.channel")
    by_voice = await verdict(world, ana, Purpose.REMINDER, Channel.VOICE)
    assert by_voice.reason is Reason.OUTSIDE_HOURS
    assert by_voice.next_allowed_at is not None
    assert by_voice.next_allowed_at.hour == 18
    # but an answer, and a contact they asked for, at their hour
    assert (await verdict(world, ana, Purpose.REPLY, Channel.WHATSAPP)).allowed
    assert (await verdict(world, ana, Purpose.CALLBACK, Channel.WHATSAPP)).allowed


async def test_a_telephone_that_somebody_else_has_is_left_alone(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("ella no está")
    await world.addressees.third_party(conversation_id)
    assert (await world.point_of(conversation_id)).state is ContactState.THIRD_PARTY
    found = await verdict(world, ana, Purpose.REMINDER, Channel.WHATSAPP)
    assert found.reason is Reason.ADDRESS_RETIRED
