"""Who wants silence gets it at once, by every way of saying it, and no import undoes it."""

from datetime import timedelta
from typing import Any

import pytest

from acuerdo.contact import points
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ConsentEvent, ContactPoint, ContactState, Purpose
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.conversations.jobs import deliver
from acuerdo.conversations.models import Direction, Message, MessageState, Outcome, Owner
from acuerdo.conversations.notices import notice
from acuerdo.conversations.ports import ChannelAddress, Reachability
from acuerdo.platform.errors import EngineUnavailable
from acuerdo.values.channels import Channel
from acuerdo.values.requests import Scope
from tests.builders import a_contact_point, a_staff_member, saved
from tests.integration.portfolio.files import a_debtor_row, a_portfolio
from tests.integration.world import Ana, World

WHATSAPP, VOICE = "+51987654321", "+51987654322"


async def point_at(world: World, address: str, channel: Channel) -> ContactPoint:
    (point,) = await world.rows(
        ContactPoint, ContactPoint.address == address, ContactPoint.channel == channel
    )
    point_: ContactPoint = point
    return point_


async def deliver_all(world: World) -> None:
    """Send what is queued, as the worker does."""
    queued = await world.rows(Message, Message.state == MessageState.QUEUED)
    for message in queued:
        await world.outbox.deliver(message.id)


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.TELEGRAM])
async def test_a_keyword_silences_and_is_confirmed_without_the_engine(
    world: World, channel: Channel
) -> None:
    # given somebody who never wrote before, and an engine that is down
    world.engine.failure = EngineUnavailable()
    conversation_id = await world.someone_writes("BAJA", channel=channel, address="51987654321")
    # then the address is silenced before anybody is asked, and no turn is queued
    point = await world.point_of(conversation_id)
    assert (point.state, point.consent) == (ContactState.OPTED_OUT, False)
    assert await world.job_names() == [deliver.name]
    # and it is confirmed, once, by the one message that may still go there
    await deliver_all(world)
    (said,) = await world.said(conversation_id)
    assert (said.text, said.state) == (notice("opted_out"), MessageState.SENT)
    assert said.purpose == Purpose.OPT_OUT_CONFIRMATION.value
    assert (await world.conversation(conversation_id)).outcome is Outcome.OPT_OUT
    assert world.engine.asked == []


async def test_the_proof_is_kept(world: World) -> None:
    ana = await Ana().stored(world.db)
    conversation_id = await world.someone_writes("Baja, por favor")
    (inbound,) = await world.messages(conversation_id, Direction.IN)
    (event,) = await world.rows(ConsentEvent)
    assert (event.given, event.scope, event.source) == (
        False,
        Scope.CHANNEL,
        ConsentSource.KEYWORD,
    )
    assert (event.words, event.message_id) == ("Baja, por favor", inbound.id)
    assert (event.debtor_id, event.contact_point_id) == (ana.debtor.id, ana.point.id)


async def test_said_again_it_is_kept_again_and_not_confirmed_again(world: World) -> None:
    conversation_id = await world.someone_writes("STOP")
    await deliver_all(world)
    await world.someone_writes("STOP")
    await deliver_all(world)
    assert len(await world.rows(ConsentEvent)) == 2
    assert len(await world.said(conversation_id)) == 1


async def test_what_was_written_before_it_is_still_answered(world: World) -> None:
    conversation_id = await world.someone_writes("ya pagué ayer")
    await world.someone_writes("BAJA")
    await world.turns.reply_to(conversation_id)
    (asked,) = world.engine.asked
    assert asked.text == "ya pagué ayer"


async def test_inside_a_talk_cancelar_goes_to_the_engine(world: World) -> None:
    # given a talk that is going on
    conversation_id = await world.someone_writes("hola")
    await world.turns.reply_to(conversation_id)
    await world.someone_writes("cancelar")
    # then the word means what the engine understands
    assert (await world.point_of(conversation_id)).state is ContactState.ACTIVE
    # and where nothing was going on it means silence
    other = await world.someone_writes("cancelar", address="+51987000111")
    assert (await world.point_of(other)).state is ContactState.OPTED_OUT


async def test_it_is_heard_while_a_person_holds_the_talk(world: World) -> None:
    conversation_id = await world.someone_writes("hola")
    await world.turns.reply_to(conversation_id)
    agent = a_staff_member()
    await saved(world.db, agent)
    await world.hand_off.take(conversation_id, agent.id)
    await world.someone_writes("BAJA")
    assert (await world.point_of(conversation_id)).state is ContactState.OPTED_OUT
    assert (await world.conversation(conversation_id)).owner is Owner.AGENT


@pytest.fixture
async def ana(world: World) -> World:
    """Ana as a portfolio brings her, on two numbers of one channel, by telephone and at work."""
    await world.portfolio.take_over(a_portfolio(ana_row()))
    return world


def ana_row(*more: dict[str, Any]) -> dict[str, Any]:
    contacts = [
        {"channel": "whatsapp", "address": WHATSAPP, "consent": True},
        {"channel": "whatsapp", "address": VOICE, "consent": True},
        {"channel": "voice", "address": WHATSAPP, "consent": True},
        {"channel": "voice", "address": "+5112345678", "consent": True, "workplace": True},
    ]
    return a_debtor_row(contacts=[*contacts, *more])


async def states(world: World) -> dict[tuple[str, str], tuple[ContactState, bool]]:
    points = await world.rows(ContactPoint)
    return {(each.channel.value, each.address): (each.state, each.consent) for each in points}


ACTIVE, SILENT = (ContactState.ACTIVE, True), (ContactState.OPTED_OUT, False)


@pytest.mark.parametrize(
    ("words", "silenced"),
    [
        ("no me escriban más", {("whatsapp", WHATSAPP), ("whatsapp", VOICE)}),
        (
            "no me contacten por ningún medio",
            {
                ("whatsapp", WHATSAPP),
                ("whatsapp", VOICE),
                ("voice", WHATSAPP),
                ("voice", "+5112345678"),
            },
        ),
        ("no me llamen al trabajo", {("voice", "+5112345678")}),
    ],
)
async def test_it_reaches_as_far_as_it_was_said_and_no_import_undoes_it(
    ana: World, words: str, silenced: set[tuple[str, str]]
) -> None:
    # given what the person said in a talk
    conversation_id = await ana.someone_writes("hola", address=WHATSAPP)
    await ana.opt_outs.opt_out(conversation_id, words)
    before = await states(ana)
    assert {key for key, state in before.items() if state == SILENT} == silenced
    assert {state for key, state in before.items() if key not in silenced} <= {ACTIVE}
    # when the portfolio comes again, with consent everywhere and with new addresses
    news = [
        {"channel": "whatsapp", "address": "+51987654399", "consent": True},
        {"channel": "voice", "address": "+51987654399", "consent": True},
        {"channel": "voice", "address": "+5112345999", "consent": True, "workplace": True},
    ]
    await ana.portfolio.take_over(a_portfolio(ana_row(*news)))
    # then nothing of it is undone, and a new address is as silent as the old ones
    after = await states(ana)
    assert {key: after[key] for key in before} == before
    assert (after["whatsapp", "+51987654399"] == SILENT) is (("whatsapp", WHATSAPP) in silenced)
    assert (after["voice", "+51987654399"] == SILENT) is (("voice", WHATSAPP) in silenced)
    assert (after["voice", "+5112345999"] == SILENT) is (("voice", "+5112345678") in silenced)


async def test_a_bounce_after_it_does_not_undo_it(ana: World) -> None:
    # given a silenced address whose provider then says it cannot be reached
    conversation_id = await ana.someone_writes("BAJA", address=WHATSAPP)
    point = await ana.point_of(conversation_id)
    async with ana.db.transaction() as session:
        points.unreachable(await contacts.lock_contact_point(session, point.id), ana.clock.now())
    await ana.receives(Reachability(ChannelAddress(Channel.WHATSAPP, WHATSAPP), reachable=False))
    # when the person writes again, and the portfolio comes again
    await ana.someone_writes("una pregunta", address=WHATSAPP)
    await ana.portfolio.take_over(a_portfolio(ana_row()))
    # then they stay silenced
    point = await ana.point_of(conversation_id)
    assert (point.state, point.consent) == (ContactState.OPTED_OUT, False)


async def test_somebody_elses_refusal_silences_their_own_telephone_only(ana: World) -> None:
    # given a number that turned out to be somebody else's
    conversation_id = await ana.someone_writes("no soy Ana", address=WHATSAPP)
    await ana.addressees.wrong_person(conversation_id)
    await ana.someone_writes("BAJA", address=WHATSAPP)
    # then Ana's other addresses stand, and theirs stays what it was
    found = await states(ana)
    assert found["whatsapp", WHATSAPP] == (ContactState.WRONG_PERSON, False)
    assert found["whatsapp", VOICE] == ACTIVE


async def test_a_third_party_retires_the_address_until_they_or_the_debtor_open_it(
    ana: World,
) -> None:
    conversation_id = await ana.someone_writes("ella no está", address=WHATSAPP)
    await ana.addressees.third_party(conversation_id)
    assert (await ana.point_of(conversation_id)).state is ContactState.THIRD_PARTY
    await ana.portfolio.take_over(a_portfolio(ana_row()))
    assert (await ana.point_of(conversation_id)).state is ContactState.THIRD_PARTY
    # who has the telephone names an hour for her
    await ana.callbacks.schedule(conversation_id, "2026-11-24T10:00")
    assert (await ana.point_of(conversation_id)).state is ContactState.ACTIVE


async def test_a_portfolios_consent_is_kept_as_such(ana: World) -> None:
    events = await ana.rows(ConsentEvent)
    assert {(event.given, event.source) for event in events} == {(True, ConsentSource.PORTFOLIO)}
    assert len(events) == 4
    # and not again when it comes again
    await ana.portfolio.take_over(a_portfolio(ana_row()))
    assert len(await ana.rows(ConsentEvent)) == 4


async def test_an_address_without_an_owner_is_silenced_and_stays_so_when_it_gets_one(
    world: World,
) -> None:
    await world.someone_writes("BAJA", address=WHATSAPP)
    await world.portfolio.take_over(a_portfolio(ana_row()))
    assert (await states(world))["whatsapp", WHATSAPP] == SILENT


async def test_a_deep_link_is_consent_for_who_has_refused_nothing(world: World) -> None:
    ana = await Ana().stored(world.db)
    token = await world.contact.new_link_token(ana.debtor.id, valid=timedelta(hours=1))
    await world.someone_writes("/start", address="777", channel=Channel.TELEGRAM, link_token=token)
    point = await point_at(world, "777", Channel.TELEGRAM)
    assert (point.consent, point.state) == (True, ContactState.ACTIVE)
    (event,) = await world.rows(ConsentEvent)
    assert event.source is ConsentSource.DEEP_LINK


async def test_wrong_person_and_point_without_debtor_are_left_alone(world: World) -> None:
    point = a_contact_point(None, address="+51987000222")
    await saved(world.db, point)
    await world.someone_writes("BAJA", address="+51987000222")
    assert (await point_at(world, "+51987000222", Channel.WHATSAPP)).state is ContactState.OPTED_OUT
