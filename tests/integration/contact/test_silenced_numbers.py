"""Silence asked for by somebody who has proven nothing: the number's, on all its channels."""

from uuid import UUID, uuid4

import pytest

from acuerdo.contact.law import Reason
from acuerdo.contact.models import ContactPoint, ContactState, Purpose
from acuerdo.values.channels import Channel
from tests.clock import working_days
from tests.integration.portfolio.files import a_creditor_row, a_debt_row, a_debtor_row, a_portfolio
from tests.integration.world import World

NUMBER, OTHERS = "+51987654321", "+51955555555"
EVERYWHERE = "no me contacten más por ningún medio"


def a_row(called: str, *contacts: tuple[Channel, str], **more: object) -> dict[str, object]:
    rows = [
        {"channel": channel.value, "address": address, "consent": True}
        for channel, address in contacts
    ]
    debts = [a_debt_row(id=f"{called}-a")]
    return a_debtor_row(id=called, contacts=rows, debts=debts, **more)


ANA = a_row("ana", (Channel.WHATSAPP, NUMBER), (Channel.VOICE, NUMBER), (Channel.WHATSAPP, OTHERS))
LUIS = a_row(
    "luis", (Channel.VOICE, NUMBER), (Channel.WHATSAPP, NUMBER), name="Luis Paz",
    document="87654321",
)  # fmt: skip


async def bring(world: World, *rows: dict[str, object]) -> None:
    await world.portfolio.take_over(a_portfolio(*rows, creditors=[a_creditor_row()]))


async def a_talk(world: World, channel: Channel) -> UUID:
    if channel is Channel.VOICE:
        call = await world.calls.inbound.receive(f"CA{uuid4().hex}", NUMBER)
        return (await world.calls.turns.view(call)).conversation_id
    return await world.someone_writes(address=NUMBER, channel=channel)


async def states(world: World) -> dict[tuple[Channel, str], ContactState]:
    points = await world.rows(ContactPoint)
    return {(each.channel, each.address): each.state for each in points}


@pytest.mark.parametrize("said_on", [Channel.VOICE, Channel.WHATSAPP])
async def test_a_shared_number_is_silent_for_all_its_owners_on_every_channel(
    world: World, said_on: Channel
) -> None:
    world.clock.move_to(working_days())
    await bring(world, ANA, LUIS)
    # when whoever is there, proven to be nobody, asks for silence everywhere
    await world.opt_outs.opt_out(await a_talk(world, said_on), EVERYWHERE)
    # then the number is silent for both and their other numbers are not
    found = await states(world)
    assert found[Channel.WHATSAPP, NUMBER] is ContactState.OPTED_OUT
    assert found[Channel.VOICE, NUMBER] is ContactState.OPTED_OUT
    assert found[Channel.WHATSAPP, OTHERS] is ContactState.ACTIVE
    for name, channel in (
        ("luis", Channel.WHATSAPP),
        ("luis", Channel.VOICE),
        ("ana", Channel.VOICE),
    ):
        answer = await world.planned_contacts.request(name, channel, Purpose.COLLECTION)
        assert answer.verdict.reason in (Reason.OPTED_OUT, Reason.NO_ADDRESS), (name, channel)


async def test_a_channel_that_a_file_brings_later_is_silent_too(world: World) -> None:
    world.clock.move_to(working_days())
    # given the number of a stranger, who wants silence everywhere
    await world.opt_outs.opt_out(await a_talk(world, Channel.WHATSAPP), EVERYWHERE)
    # when files bring it as somebody's telephone
    await bring(world, LUIS)
    found = await states(world)
    assert found[Channel.VOICE, NUMBER] is found[Channel.WHATSAPP, NUMBER] is ContactState.OPTED_OUT


async def test_words_for_one_channel_silence_that_one(world: World) -> None:
    world.clock.move_to(working_days())
    await bring(world, ANA, LUIS)
    await world.opt_outs.opt_out(await a_talk(world, Channel.VOICE), "no me llamen más")
    found = await states(world)
    assert found[Channel.VOICE, NUMBER] is ContactState.OPTED_OUT
    assert found[Channel.WHATSAPP, NUMBER] is ContactState.ACTIVE


async def test_a_call_without_a_number_silences_nobody(world: World) -> None:
    await bring(world, ANA)
    call = await world.calls.inbound.receive("CA1", None)
    talk = (await world.calls.turns.view(call)).conversation_id
    await world.opt_outs.opt_out(talk, EVERYWHERE)
    found = await states(world)
    assert {found[key] for key in found if key[1] in (NUMBER, OTHERS)} == {ContactState.ACTIVE}
