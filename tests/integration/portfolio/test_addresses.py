"""Whose an address is: several people's, another's than before, nobody's any more."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from acuerdo.contact import repository
from acuerdo.contact.law import Event
from acuerdo.contact.models import AddressOwner, Attempt, ContactPoint, ContactState, Purpose
from acuerdo.conversations.identity import VerificationState
from acuerdo.conversations.models import Conversation
from acuerdo.debts.models import Debtor
from acuerdo.values.channels import Channel
from tests.clock import working_days
from tests.integration.portfolio.files import a_creditor_row, a_debt_row, a_debtor_row, a_portfolio
from tests.integration.world import World, a_webhook, an_inbound

OLD, NEW, THIRD = "+51987650123", "+51987650130", "+51987650199"


def at(*numbers: str, consent: bool = True, channel: str = "whatsapp") -> list[dict[str, Any]]:
    """Contacts of a row."""
    return [{"channel": channel, "address": each, "consent": consent} for each in numbers]


def ana(*numbers: str, **changes: Any) -> dict[str, Any]:
    """Ana's row with some numbers."""
    return a_debtor_row(contacts=at(*numbers), **changes)


def luis(*numbers: str, **changes: Any) -> dict[str, Any]:
    """Luis's row with some numbers."""
    row = {
        "id": "d-2",
        "name": "Luis Paz",
        "document": "87654321",
        "birth_date": "1985-05-12",
        "contacts": at(*numbers),
        "debts": [a_debt_row(id="d-2-a", balance="99.00", overdue="99.00", interest="0", fees="0")],
    }
    return a_debtor_row(**(row | changes))


async def imported(world: World, *rows: dict[str, Any], **more: Any) -> None:
    report = await world.portfolio.take_over(a_portfolio(*rows, **more))
    assert report.errors == []


async def addresses(world: World, external_id: str) -> list[str]:
    """The current addresses of a person, the one to be tried first before the others."""
    (debtor,) = await world.rows(Debtor, Debtor.external_id == external_id)
    async with world.db.transaction() as session:
        found = await repository.contact_points_of(session, debtor.id)
        return [each.address for each in found]


async def point(world: World, address: str) -> ContactPoint:
    (found,) = await world.rows(ContactPoint, ContactPoint.address == address)
    assert isinstance(found, ContactPoint)
    return found


async def proves(world: World, *answers: str, address: str = OLD) -> VerificationState:
    """Somebody writes from an address and answers what is asked."""
    conversation_id = await world.someone_writes(address=address)
    state = VerificationState.MORE
    for answer in answers:
        state = (await world.identity.answer(conversation_id, uuid4(), answer)).state
    return state


async def test_a_number_of_two_people_keeps_nobody_out_and_is_both_of_theirs(world: World) -> None:
    await imported(world, ana(OLD), luis(OLD))
    assert await addresses(world, "d-1") == await addresses(world, "d-2") == [OLD]
    assert (await point(world, OLD)).debtor_id is None


async def test_who_speaks_from_a_shared_number_is_asked_and_nobody_is_named(world: World) -> None:
    await imported(world, ana(OLD), luis(OLD))
    conversation_id = await world.someone_writes(address=OLD)
    async with world.db.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        facts = await world.identity.facts(session, conversation)
    assert (facts["known"], facts["name"], facts["factor"]) == (False, "", "document")
    assert conversation.debtor_id is None


async def test_a_shared_number_hears_in_whose_name_we_write(world: World) -> None:
    creditors = [a_creditor_row(), a_creditor_row(id="agua", name="Agua", agency="Cobros del Sol")]
    water = luis(OLD, debts=[a_debt_row(id="agua-1", creditor="agua")])
    await imported(world, ana(OLD), water, creditors=creditors)
    conversation_id = await world.someone_writes(address=OLD)
    async with world.db.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        facts = await world.identity.facts(session, conversation)
    assert facts["agency"] == "Cobros del Sol y Gestiones del Sur"


async def test_who_has_proven_to_be_one_of_them_is_that_one_and_the_number_stays_shared(
    world: World,
) -> None:
    await imported(world, ana(OLD), luis(OLD))
    assert await proves(world, "87654321", "1985-05-12") is VerificationState.VERIFIED
    (luis_,) = await world.rows(Debtor, Debtor.external_id == "d-2")
    (conversation,) = await world.rows(Conversation)
    assert conversation.debtor_id == luis_.id
    assert (await point(world, OLD)).debtor_id is None
    assert await addresses(world, "d-1") == [OLD]


async def test_a_file_moves_a_number_from_one_to_another(world: World) -> None:
    await imported(world, ana(OLD), luis())
    await imported(world, ana(NEW), luis(OLD))
    (luis_,) = await world.rows(Debtor, Debtor.external_id == "d-2")
    assert (await point(world, OLD)).debtor_id == luis_.id
    assert (await addresses(world, "d-1"), await addresses(world, "d-2")) == ([NEW], [OLD])


async def test_a_consent_does_not_move_with_the_number(world: World) -> None:
    await imported(world, ana(OLD), luis())
    assert (await point(world, OLD)).consent
    await imported(world, ana(NEW), luis(OLD, contacts=at(OLD, consent=False)))
    assert not (await point(world, OLD)).consent, "a consent of Ana's is not one of Luis's"


async def test_a_wrong_number_of_one_is_the_real_owners_once_they_come(world: World) -> None:
    # given a number that was said not to be Ana's
    await imported(world, ana(OLD))
    conversation_id = await world.someone_writes(address=OLD)
    await world.addressees.wrong_person(conversation_id)
    assert (await point(world, OLD)).state is ContactState.WRONG_PERSON
    # when its real owner comes, and Ana's old file once more
    await imported(world, luis(OLD))
    for _ in range(2):
        await imported(world, ana(OLD))
    # then it is Luis's, and never Ana's again
    (luis_,) = await world.rows(Debtor, Debtor.external_id == "d-2")
    found = await point(world, OLD)
    assert (found.debtor_id, found.state) == (luis_.id, ContactState.ACTIVE)
    assert await addresses(world, "d-1") == []


async def test_wrong_for_one_is_not_wrong_for_the_other_who_proves_it(world: World) -> None:
    await imported(world, ana(OLD))
    conversation_id = await world.someone_writes(address=OLD)
    await world.addressees.wrong_person(conversation_id)
    await imported(world, luis(NEW))
    assert await proves(world, "87654321", "1985-05-12") is VerificationState.VERIFIED
    assert sorted(await addresses(world, "d-2")) == [OLD, NEW]
    assert await addresses(world, "d-1") == []


async def test_the_newest_file_is_the_truth_about_the_addresses_it_brought(world: World) -> None:
    await imported(world, ana(OLD))
    world.clock.advance(days=1)
    await imported(world, ana(NEW))
    assert await addresses(world, "d-1") == [NEW]
    shown = (await world.debtor_files.as_json("d-1"))["contact_points"]
    assert {each["address"]: each["state"] for each in shown} == {OLD: "retired", NEW: "active"}
    # and where the old one comes back it is theirs again, and the newest
    world.clock.advance(days=1)
    await imported(world, ana(OLD, NEW))
    assert await addresses(world, "d-1") == [OLD, NEW]


@pytest.mark.parametrize("times", [1, 2])
async def test_the_newest_goes_first_and_an_old_one_nobody_contacts(
    world: World, times: int
) -> None:
    world.clock.move_to(working_days())
    await imported(world, ana(OLD))
    for _ in range(times):
        world.clock.advance(minutes=5)
        await imported(world, ana(NEW))
    answered = await world.planned_contacts.request("d-1", Channel.WHATSAPP, Purpose.COLLECTION)
    assert answered.planned_id is not None
    await world.planned_contacts.attempt(answered.planned_id)
    (conversation,) = await world.rows(Conversation)
    assert (await world.point_of(conversation.id)).address == NEW


async def test_what_the_person_gave_stays(world: World) -> None:
    await imported(world, ana(OLD))
    assert (
        await proves(world, "45671234", "1990-03-02", address=THIRD) is VerificationState.VERIFIED
    )
    world.clock.advance(days=1)
    await imported(world, ana(NEW))
    assert sorted(await addresses(world, "d-1")) == sorted([NEW, THIRD])


async def test_what_another_creditor_brought_is_theirs(world: World) -> None:
    creditors = [a_creditor_row(), a_creditor_row(id="agua", name="Agua")]
    water = ana(NEW, debts=[a_debt_row(id="agua-1", creditor="agua")])
    await imported(world, ana(OLD), creditors=creditors)
    await imported(world, water, creditors=creditors)
    assert sorted(await addresses(world, "d-1")) == [OLD, NEW]
    # until that creditor has another
    await imported(world, ana(THIRD), creditors=creditors)
    assert sorted(await addresses(world, "d-1")) == sorted([NEW, THIRD])


@pytest.mark.parametrize(
    "contacts", [None, [*at(NEW), {"channel": "whatsapp", "address": "9.87E+08"}]]
)
async def test_a_row_that_does_not_say_which_addresses_there_are_ends_none(
    world: World, contacts: Any
) -> None:
    await imported(world, ana(OLD))
    row = ana()
    del row["contacts"]
    if contacts is not None:
        row["contacts"] = contacts
    await world.portfolio.take_over(a_portfolio(row))
    assert OLD in await addresses(world, "d-1")


async def test_the_same_person_under_two_creditors_own_ids_can_prove_it(world: World) -> None:
    creditors = [a_creditor_row(), a_creditor_row(id="agua", name="Agua")]
    twin = ana(OLD, id="w-1", debts=[a_debt_row(id="w-1-a", creditor="agua")])
    await imported(world, ana(OLD), twin, creditors=creditors)
    assert await proves(world, "45671234", "1990-03-02") is VerificationState.VERIFIED


async def test_a_contact_at_a_shared_number_counts_for_everybody_there(world: World) -> None:
    world.clock.move_to(working_days())
    await imported(world, ana(OLD), luis(OLD))
    first = await world.planned_contacts.request("d-1", Channel.WHATSAPP, Purpose.COLLECTION)
    assert first.planned_id is not None
    await world.planned_contacts.attempt(first.planned_id)
    (conversation,) = await world.rows(Conversation)
    await world.turns.reply_to(conversation.id)
    # nobody is named in what opens the talk
    said = " ".join(each.text for each in await world.said(conversation.id))
    assert "Ana" not in said
    assert "Luis" not in said
    assert any(each.allowed for each in await world.rows(Attempt))
    for name in ("d-1", "d-2"):
        (person,) = await world.rows(Debtor, Debtor.external_id == name)
        async with world.db.transaction() as session:
            since = world.clock.now() - timedelta(hours=1)
            assert len(await repository.history_of(session, person.id, since)) == 1, name
        assert (await world.debtor_files.as_json(name))["attempts"], name


async def test_a_lawyer_of_one_silences_the_number_that_both_have(world: World) -> None:
    world.clock.move_to(working_days())
    await imported(world, ana(OLD), luis(OLD))
    (luis_,) = await world.rows(Debtor, Debtor.external_id == "d-2")
    async with world.db.transaction() as session:
        await world.contact.stop(session, luis_.id, Event.REPRESENTED, source="test")
    asked = await world.planned_contacts.request("d-1", Channel.WHATSAPP, Purpose.COLLECTION)
    assert asked.planned_id is not None
    await world.planned_contacts.attempt(asked.planned_id)
    (conversation,) = await world.rows(Conversation)
    await world.turns.reply_to(conversation.id)
    assert world.whatsapp.sent == []


async def test_who_opted_out_everywhere_silences_a_number_that_comes_later(world: World) -> None:
    await imported(world, ana(OLD), luis(NEW))
    conversation_id = await world.someone_writes(address=NEW)
    await world.opt_outs.opt_out(conversation_id, "no me contacten más por ningún medio")
    await imported(world, luis(NEW, OLD))
    assert (await point(world, OLD)).state is ContactState.OPTED_OUT


async def test_an_opt_out_stays_with_the_number_whoever_comes(world: World) -> None:
    await imported(world, ana(OLD), luis())
    conversation_id = await world.someone_writes(address=OLD)
    await world.opt_outs.opt_out(conversation_id, "no me escriban más")
    await imported(world, ana(), luis(OLD))
    found = await point(world, OLD)
    assert (found.state, found.consent) == (ContactState.OPTED_OUT, False)


async def test_taking_the_same_file_again_holds_no_address(world: World) -> None:
    # given a file that was taken, and a person's message that is just being stored
    await imported(world, ana(OLD), luis(NEW))
    before = await world.rows(AddressOwner)
    event = an_inbound(address=OLD)
    async with world.db.transaction() as session:
        found = await repository.contact_point_of(session, Channel.WHATSAPP, OLD, None)
        assert found is not None
        # when the same file comes again, it waits for nobody
        world.clock.advance(days=1)
        await imported(world, ana(OLD), luis(NEW))
    assert await world.inbox.receive(a_webhook(event), event) is not None
    assert [each.since_at for each in await world.rows(AddressOwner)] == [
        each.since_at for each in before
    ]


async def test_days_between_files_change_nothing_where_nothing_changed(world: World) -> None:
    await imported(world, ana(OLD, NEW))
    for _ in range(3):
        world.clock.advance(days=1)
        await imported(world, ana(NEW, OLD))
    assert sorted(await addresses(world, "d-1")) == [OLD, NEW]
