"""Whatever a person has said on one channel stops the contacts of all others, voice included."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from acuerdo.contact.law import Event, Reason
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.conversations.lifecycle import proven
from acuerdo.conversations.models import Conversation
from acuerdo.debts.models import Debt, Debtor, DebtStatus
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DisputeReason
from tests.clock import working_days
from tests.integration.portfolio.files import a_creditor_row, a_debtor_row, a_portfolio
from tests.integration.world import World

NUMBER, CHAT = "+51987654321", "700000001"
ADDRESSES: Final = {Channel.WHATSAPP: NUMBER, Channel.VOICE: NUMBER, Channel.TELEGRAM: CHAT}


async def by_desk(world: World, debtor: UUID, kind: Event) -> None:
    async with world.db.transaction() as session:
        await world.contact.stop(session, debtor, kind, source="desk")


async def disputed(world: World, talk: UUID) -> None:
    party = await world.identity.party(talk)
    for debt in await world.debts.statement(party):
        await world.cases.opening.dispute(party, debt.id, DisputeReason.OTHER, "no es mía")


async def claimed_paid(world: World, talk: UUID) -> None:
    party = await world.identity.party(talk)
    for debt in await world.debts.statement(party):
        await world.cases.opening.payment_claim(
            party, debt, amount=None, paid_on=None, has_proof=False, words="ya pagué"
        )


async def paid(world: World, talk: UUID) -> None:
    async with world.db.transaction() as session:
        nothing = dict.fromkeys(
            ("balance_minor", "overdue_minor", "interest_minor", "fees_minor"), 0
        )
        await session.execute(update(Debt).values(status=DebtStatus.PAID, **nothing))


STOPS: Final[dict[str, tuple[Callable[[World, UUID], Awaitable[Any]], set[Reason]]]] = {
    "silence everywhere": (
        lambda world, talk: world.opt_outs.opt_out(talk, "no me contacten más por ningún medio"),
        {Reason.OPTED_OUT},
    ),
    "death": (
        lambda world, talk: world.cases.opening.death(talk, "la persona falleció"),
        {Reason.DECEASED},
    ),
    "lawyer": (
        lambda world, talk: world.cases.opening.representative(talk, "hable con mi abogado"),
        {Reason.REPRESENTED, Reason.INSOLVENT, Reason.SUED},
    ),
    "insolvency": (
        lambda world, talk: world.cases.opening.representative(talk, "estoy en concurso"),
        {Reason.REPRESENTED, Reason.INSOLVENT, Reason.SUED},
    ),
    "dispute": (disputed, {Reason.DISPUTED}),
    "claimed payment": (claimed_paid, {Reason.PAYMENT_CLAIMED, Reason.DISPUTED}),
    "payment": (paid, {Reason.PAID}),
}


async def a_debtor_on_all_channels(world: World) -> UUID:
    contacts = [
        {"channel": channel.value, "address": address, "consent": True}
        for channel, address in ADDRESSES.items()
    ]
    await world.portfolio.take_over(a_portfolio(a_debtor_row(contacts=contacts)))
    (debtor,) = await world.rows(Debtor)
    assert isinstance(debtor.id, UUID)
    return debtor.id


async def a_proven_talk(world: World, debtor: UUID, channel: Channel) -> UUID:
    """The debtor writes or calls, and has proven who they are."""
    if channel is Channel.VOICE:
        call = await world.calls.inbound.receive(f"CA{uuid4().hex}", ADDRESSES[channel])
        talk = (await world.calls.turns.view(call)).conversation_id
    else:
        talk = await world.someone_writes(address=ADDRESSES[channel], channel=channel)
    async with world.db.transaction() as session:
        conversation = await session.get_one(Conversation, talk)
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        now = world.clock.now()
        proven(conversation, point, debtor, now, now + timedelta(minutes=30))
    return talk


async def what_may_follow(world: World, dice: random.Random) -> None:
    """What takes no stop back, in any order: the file again with consents and another number, a
    message on another channel, days that pass."""

    async def file_again() -> None:
        contacts = [
            {"channel": channel.value, "address": address, "consent": True}
            for channel, address in [
                *ADDRESSES.items(), (Channel.WHATSAPP, "+51987000111"),
                (Channel.VOICE, "+51987000111"),
            ]
        ]  # fmt: skip
        row = a_debtor_row(contacts=contacts)
        (debt,) = await world.rows(Debt)
        if debt.status is DebtStatus.PAID:
            row["debts"] = []
        await world.portfolio.take_over(a_portfolio(row, creditors=[a_creditor_row()]))

    async def writes() -> None:
        await world.someone_writes(address=CHAT, channel=Channel.TELEGRAM)

    async def days_pass() -> None:
        world.clock.advance(days=7)

    follows = [file_again, writes, days_pass]
    dice.shuffle(follows)
    for each in follows[: dice.randrange(len(follows) + 1)]:
        await each()


async def refusals(world: World) -> dict[tuple[Channel, Purpose], Any]:
    return {
        (channel, purpose): (
            await world.planned_contacts.request("d-1", channel, purpose, schedule=True)
        )
        for channel in ADDRESSES
        for purpose in (Purpose.COLLECTION, Purpose.REMINDER)
    }


@pytest.mark.parametrize("channel", list(ADDRESSES))
async def test_without_a_stop_each_channel_is_free(world: World, channel: Channel) -> None:
    world.clock.move_to(working_days())
    await a_debtor_on_all_channels(world)
    answer = await world.planned_contacts.request("d-1", channel, Purpose.COLLECTION)
    assert answer.verdict.allowed, answer


@pytest.mark.parametrize("said_on", list(ADDRESSES))
@pytest.mark.parametrize("stop", list(STOPS))
async def test_what_is_said_on_one_channel_stops_all(
    world: World, stop: str, said_on: Channel
) -> None:
    world.clock.move_to(working_days())
    debtor = await a_debtor_on_all_channels(world)
    say, reasons = STOPS[stop]
    await say(world, await a_proven_talk(world, debtor, said_on))
    await what_may_follow(world, random.Random(f"{stop} {said_on}"))  # noqa: S311
    for asked, answer in (await refusals(world)).items():
        assert not answer.verdict.allowed, asked
        assert answer.verdict.reason in reasons, (asked, answer.verdict)
        assert answer.planned_id is None, asked


@pytest.mark.parametrize("kind", [Event.REPRESENTED, Event.SUED, Event.INSOLVENT])
async def test_what_the_desk_notes_stops_all(world: World, kind: Event) -> None:
    world.clock.move_to(working_days())
    debtor = await a_debtor_on_all_channels(world)
    await by_desk(world, debtor, kind)
    await what_may_follow(world, random.Random(kind))  # noqa: S311
    for asked, answer in (await refusals(world)).items():
        assert (answer.verdict.reason, answer.planned_id) == (Reason(kind.value), None), asked


@pytest.mark.parametrize("wanted", list(ADDRESSES))
async def test_a_wish_for_one_channel_refuses_the_others(world: World, wanted: Channel) -> None:
    world.clock.move_to(working_days())
    debtor = await a_debtor_on_all_channels(world)
    talk = await a_proven_talk(world, debtor, Channel.TELEGRAM)
    words = {
        Channel.WHATSAPP: "prefiero que me escriban por whatsapp",
        Channel.VOICE: "prefiero que me llamen por teléfono",
        Channel.TELEGRAM: "prefiero que me escriban por telegram",
    }
    learned = await world.preferences.prefer(talk, words[wanted])
    assert learned is not None
    assert learned.wish.channel is wanted
    for (channel, purpose), answer in (await refusals(world)).items():
        if channel is not wanted:
            assert not answer.verdict.allowed, (channel, purpose)
            assert answer.verdict.reason is Reason.CHANNEL_BARRED, answer.verdict
