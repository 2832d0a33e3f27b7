"""What people prefer, and what they ask about their data."""

from datetime import date, time

import pytest

from acuerdo.audit.models import Decision
from acuerdo.contact.models import DataCase, Preference
from acuerdo.conversations.models import WaitingReason
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DataRight, Wish
from tests.builders import a_contact_point, saved
from tests.clock import A_MONDAY
from tests.integration.portfolio.files import a_debtor_row, a_portfolio
from tests.integration.world import Ana, World


@pytest.fixture
async def ana(world: World) -> Ana:
    """Ana, who can be reached by WhatsApp and by telephone."""
    ana = await Ana().stored(world.db)
    await saved(world.db, a_contact_point(ana.debtor, channel=Channel.VOICE))
    return ana


async def test_a_preference_is_kept_as_the_person_said_it(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("llámenme después de las 6")
    learned = await world.preferences.prefer(conversation_id, "llámenme después de las 6")
    assert learned is not None
    assert learned.wish == Wish(Channel.VOICE, time(18))
    (kept,) = await world.rows(Preference)
    assert (kept.debtor_id, kept.wish) == (ana.debtor.id, Wish(Channel.VOICE, time(18)))
    assert kept.words == "llámenme después de las 6"
    (decision,) = await world.rows(Decision, Decision.kind == "preference")
    assert decision.facts == {"channel": "voice", "begins": "18:00:00", "ends": None}


async def test_what_is_not_named_stays_as_it_was_wished(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("x")
    await world.preferences.prefer(conversation_id, "entre las 9 y las 12")
    await world.preferences.prefer(conversation_id, "mejor por whatsapp")
    learned = await world.preferences.prefer(conversation_id, "mejor en la tarde")
    assert learned is not None
    assert learned.wish == Wish(Channel.WHATSAPP, time(12), time(19))


async def test_a_channel_without_an_address_silences_no_other(world: World, ana: Ana) -> None:
    conversation_id = await world.someone_writes("x")
    learned = await world.preferences.prefer(conversation_id, "solo por correo")
    assert learned is not None
    assert not learned.reachable
    assert await world.rows(Preference) == []


async def test_nobody_known_and_no_words_keep_nothing(world: World) -> None:
    conversation_id = await world.someone_writes("x", address="+51987000333")
    assert await world.preferences.prefer(conversation_id, "por whatsapp") is None
    await Ana().stored(world.db)
    known = await world.someone_writes("x")
    assert await world.preferences.prefer(known, "de otra forma") is None


async def test_an_import_does_not_touch_it(world: World) -> None:
    await world.portfolio.take_over(a_portfolio())
    conversation_id = await world.someone_writes("x")
    await world.preferences.prefer(conversation_id, "por whatsapp en la tarde")
    await world.portfolio.take_over(a_portfolio(a_debtor_row(name="Ana Flores Ruiz")))
    (kept,) = await world.rows(Preference)
    assert kept.wish == Wish(Channel.WHATSAPP, time(12), time(19))


async def test_a_data_request_opens_one_case_with_the_countrys_last_day(
    world: World, ana: Ana
) -> None:
    # given a Monday in Peru
    world.clock.move_to(A_MONDAY)
    conversation_id = await world.someone_writes("borren mis datos")
    right, due_on = await world.cases.opening.data_request(conversation_id, "borren mis datos")
    # then the answer is due ten business days later
    assert (right, due_on) == (DataRight.DELETION, date(2026, 12, 7))
    (case,) = await world.rows(DataCase)
    assert (case.debtor_id, case.words) == (ana.debtor.id, "borren mis datos")
    assert case.rule.startswith("Ley 29733")
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.DATA_REQUEST
    # and said again it is the same case
    assert (await world.cases.opening.data_request(conversation_id, "¡borren todo!"))[1] == due_on
    assert len(await world.rows(DataCase)) == 1
    await world.cases.opening.data_request(conversation_id, "y corrijan mi nombre")
    assert len(await world.rows(DataCase)) == 2
