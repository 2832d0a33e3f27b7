"""What comes in is stored once, whoever brings it, however often, in whatever order."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.contact.ports import Button
from acuerdo.conversations.models import (
    Conversation,
    Direction,
    Message,
    MessageState,
    Owner,
    WaitingReason,
)
from acuerdo.conversations.ports import (
    ChannelAddress,
    DeliveryUpdate,
    Reachability,
    ReceivedMedia,
)
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.external_events.ports import Stray, Webhook
from acuerdo.external_events.repository import MAX_BODY
from acuerdo.values.channels import Channel
from tests.integration.world import Ana, World, an_inbound

S = MessageState


async def test_the_same_webhook_twenty_times_at_once_is_one_message_and_one_job(
    world: World,
) -> None:
    event = an_inbound("hola", provider_id="SM1")
    results = await asyncio.gather(*(world.receives(event) for _ in range(20)))
    assert sum(result is not None for result in results) == 1
    assert len(await world.rows(Message)) == 1
    assert len(await world.rows(Conversation)) == 1
    assert len(await world.rows(ContactPoint)) == 1
    assert await world.job_names() == ["conversations.reply_to"]


async def test_twenty_messages_at_once_of_one_person_are_one_conversation(world: World) -> None:
    events = [an_inbound(str(number)) for number in range(20)]
    await asyncio.gather(*(world.receives(event) for event in events))
    assert len(await world.rows(Message)) == 20
    assert len(await world.rows(Conversation)) == 1


async def test_a_replayed_webhook_changes_nothing(world: World) -> None:
    event = an_inbound("hola", provider_id="SM1")
    conversation_id = await world.receives(event)
    assert conversation_id is not None
    await world.turns.reply_to(conversation_id)
    world.clock.advance(days=3)
    assert await world.receives(event) is None
    assert len(await world.job_names()) == 1
    assert len(await world.rows(Conversation)) == 1


async def test_all_variants_of_a_number_are_one_person(world: World) -> None:
    first = await world.someone_writes(address="+525512345678")
    assert await world.someone_writes(address="+5215512345678") == first
    (point,) = await world.rows(ContactPoint)
    assert point.address == "+525512345678"
    # and the answer goes to where the person wrote from
    assert point.reply_address == "+5215512345678"


async def test_a_person_without_a_number_is_known_by_the_providers_id(world: World) -> None:
    first = await world.someone_writes(address="+51987654321", user_id="PE.1")
    assert await world.someone_writes(address="PE.1", user_id="PE.1") == first


async def test_who_is_in_the_portfolio_is_recognised_and_not_believed(world: World) -> None:
    ana = await Ana().stored(world.db)
    conversation = await world.conversation(await world.someone_writes())
    assert conversation.debtor_id == ana.debtor.id
    assert conversation.verified_until_at is None


async def test_after_a_day_of_silence_a_new_conversation_begins(world: World) -> None:
    first = await world.someone_writes()
    await world.verify(first, minutes=10_000)
    world.clock.advance(hours=24, seconds=1)
    second = await world.someone_writes()
    assert second != first
    assert (await world.conversation(first)).owner is Owner.NOBODY
    assert (await world.conversation(second)).verified_until_at is None


async def test_what_an_agent_holds_does_not_end_by_itself(world: World) -> None:
    first = await world.someone_writes()
    await world.hand_off.hand_over(first, WaitingReason.COMPLAINT)
    world.clock.advance(days=5)
    assert await world.someone_writes() == first
    # and the assistant is not called
    assert await world.job_names() == ["conversations.reply_to"]


async def test_media_are_stored_and_fetched_by_a_job(world: World) -> None:
    media = ReceivedMedia("image", "image/jpeg", "https://media.example/1")
    conversation_id = await world.someone_writes("", media=(media,), acknowledge="cb-1")
    (message,) = await world.messages(conversation_id, Direction.IN)
    assert message.media[0]["reference"] == "https://media.example/1"
    assert await world.job_names() == [
        "conversations.reply_to",
        "conversations.fetch_media",
        "conversations.acknowledge",
    ]


async def test_what_no_table_can_hold_is_stored_all_the_same(world: World) -> None:
    # given a message with NUL bytes, half characters and no end, in every field
    odd = "\x00\ud800" + "x" * 300
    await world.receives(
        an_inbound(
            "hola\x00 🙂 \u202e \ud83d" + "a" * 20_000,
            provider_id="SM\x00" + "1" * 300,
            address="+51987\x00654321",
            user_id=odd,
            choice=odd,
            reply_to=odd,
            media=(ReceivedMedia(odd, odd, odd),),
        )
    )
    # then it is there, once
    (message,) = await world.rows(Message)
    assert message.text.startswith("hola 🙂 \u202e ")
    assert len(message.text) == 10_000


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ({"words": "2"}, "/deny"),
        ({"words": "Sí, confirmo"}, "/affirm"),
        ({"words": "Sí, confirmo", "choice": "b0"}, "/affirm"),
        ({"words": "Sí", "choice": "b0"}, "/repeat"),
        ({"words": "x", "choice": "b7"}, "/repeat"),
        ({"words": "el viernes"}, None),
    ],
)
async def test_buttons_are_looked_up_in_what_was_shown(
    world: World, said: dict[str, str], choice: str | None
) -> None:
    buttons = (Button("Sí, confirmo", "/affirm"), Button("Cambiar algo", "/deny"))
    world.engine.says("¿Lo confirmo?", buttons=buttons)
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    await world.someone_writes(**said)
    *_, message = await world.messages(conversation_id, Direction.IN)
    assert message.choice == choice


async def test_a_late_yes_to_an_older_question_is_no_yes_to_the_last(world: World) -> None:
    # given two messages with buttons, of which the first is pressed
    world.engine.says("¿Lo confirmo?", buttons=(Button("Sí, confirmo", "/affirm"),))
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    world.engine.says("¿Algo más?", buttons=(Button("Hablar con alguien", "/request_human"),))
    await world.someone_writes("espere")
    await world.turns.reply_to(conversation_id)
    await world.someone_writes("Sí, confirmo", choice="b0", reply_to="whatsapp-1")
    # then it is neither the button of the second message nor an old yes: we ask again
    *_, message = await world.messages(conversation_id, Direction.IN)
    assert message.choice == "/repeat"
    assert message.text == "Sí, confirmo"


async def test_a_deep_link_binds_a_chat_once(world: World) -> None:
    ana = await Ana().stored(world.db)
    token = await world.contact.new_link_token(ana.debtor.id, valid=timedelta(days=1))
    telegram = {"channel": Channel.TELEGRAM, "address": "700"}
    conversation_id = await world.someone_writes("/start", link_token=token, **telegram)
    conversation = await world.conversation(conversation_id)
    assert conversation.debtor_id == ana.debtor.id
    assert conversation.verified_until_at is None
    # and the same link serves nobody else
    other = await world.someone_writes(
        "/start", channel=Channel.TELEGRAM, address="701", link_token=token
    )
    assert (await world.conversation(other)).debtor_id is None


async def test_an_old_or_invented_link_binds_nobody(world: World) -> None:
    ana = await Ana().stored(world.db)
    token = await world.contact.new_link_token(ana.debtor.id, valid=timedelta(days=1))
    world.clock.advance(days=1)
    for number, each in enumerate((token, "invented")):
        conversation_id = await world.someone_writes(
            "/start", channel=Channel.TELEGRAM, address=f"70{number}", link_token=each
        )
        assert (await world.conversation(conversation_id)).debtor_id is None


async def test_a_proof_does_not_pass_to_who_binds_the_same_chat(world: World) -> None:
    # given Ana, proven in a chat
    ana = await Ana().stored(world.db)
    token = await world.contact.new_link_token(ana.debtor.id, valid=timedelta(days=1))
    chat = {"channel": Channel.TELEGRAM, "address": "700"}
    first = await world.someone_writes("/start", link_token=token, **chat)
    await world.verify(first)
    # when somebody else's link is opened in it
    other = Ana()
    other.point.address = "+51911111111"
    await other.stored(world.db)
    link = await world.contact.new_link_token(other.debtor.id, valid=timedelta(days=1))
    second = await world.someone_writes("/start", link_token=link, **chat)
    # then nothing is proven there
    conversation = await world.conversation(second)
    assert second != first
    assert conversation.debtor_id == other.debtor.id
    assert conversation.verified_until_at is None


async def test_a_shared_number_binds_its_owner_only(world: World) -> None:
    ana = await Ana().stored(world.db)
    chat = {"channel": Channel.TELEGRAM, "address": "700"}
    conversation_id = await world.someone_writes("", shared_phone="51987654321", **chat)
    assert (await world.conversation(conversation_id)).debtor_id == ana.debtor.id


@pytest.mark.parametrize("state", [ContactState.BLOCKED, ContactState.UNREACHABLE])
async def test_who_writes_can_be_reached_again(world: World, state: ContactState) -> None:
    ana = Ana()
    ana.point.state = state
    await ana.stored(world.db)
    await world.someone_writes()
    (point,) = await world.rows(ContactPoint)
    assert point.state is ContactState.ACTIVE


@pytest.mark.parametrize("state", [ContactState.OPTED_OUT, ContactState.WRONG_PERSON])
async def test_who_asked_us_to_stop_is_not_taken_back_for_writing(
    world: World, state: ContactState
) -> None:
    ana = Ana()
    ana.point.state = state
    await ana.stored(world.db)
    conversation = await world.conversation(await world.someone_writes())
    (point,) = await world.rows(ContactPoint)
    assert point.state is state
    assert (conversation.debtor_id is None) is (state is ContactState.WRONG_PERSON)


async def test_a_block_is_noted_and_lifted(world: World) -> None:
    conversation_id = await world.someone_writes(channel=Channel.TELEGRAM, address="700")
    sender = ChannelAddress(Channel.TELEGRAM, "700")
    for reachable, state in ((False, ContactState.BLOCKED), (True, ContactState.ACTIVE)):
        await world.receives(Reachability(sender, reachable))
        assert (await world.point_of(conversation_id)).state is state
    await world.receives(Reachability(ChannelAddress(Channel.TELEGRAM, "999"), False))


async def test_what_is_not_understood_is_kept(world: World) -> None:
    webhook = Webhook.of("twilio.whatsapp", "body\x00\ud83d" * 20_000)
    for _ in range(2):
        await world.inbox.receive(webhook, Stray("unknown" * 50))
    (event,) = await world.rows(ExternalEvent)
    assert (event.source, event.state) == ("twilio.whatsapp", EventState.UNREADABLE)
    assert event.reason.startswith("unknownunknown")
    assert len(event.body) == MAX_BODY
    assert "\x00" not in event.body


@pytest.mark.parametrize("words", ["", " \n", "\x00", "\x00 "])
async def test_a_message_that_says_nothing_is_kept_and_begins_nothing(
    world: World, words: str
) -> None:
    assert await world.receives(an_inbound(words)) is None
    (event,) = await world.rows(ExternalEvent)
    assert (event.state, event.reason) == (EventState.UNREADABLE, "says_nothing")
    assert await world.rows(Message) == []
    assert await world.rows(Conversation) == []


async def test_every_webhook_is_kept_once_in_the_transaction_of_what_follows(world: World) -> None:
    # given a message whose worker dies before its transaction ends
    event = an_inbound("hola")
    assert await world.dies_within(1, lambda process: process.receives(event))
    # then nothing is there, so that the provider's repetition is taken in whole
    assert await world.rows(ExternalEvent) == []
    for _ in range(2):
        await world.receives(event)
    (kept,) = await world.rows(ExternalEvent)
    assert (kept.state, kept.handled_at) == (EventState.HANDLED, world.clock.now())
    assert "hola" in kept.body
    assert await world.job_names() == ["conversations.reply_to"]


async def test_a_message_known_before_webhooks_were_kept_is_not_taken_twice(world: World) -> None:
    event = an_inbound("hola")
    await world.receives(event)
    async with world.db.transaction() as session:
        await session.delete((await session.scalars(select(ExternalEvent))).one())
    assert await world.receives(event) is None
    assert len(await world.rows(Message)) == 1


async def test_news_of_a_message_that_is_not_ours_is_kept(world: World) -> None:
    news = DeliveryUpdate(Channel.WHATSAPP, "SM-unknown", S.DELIVERED, message_id=uuid4())
    await world.receives(news)
    (event,) = await world.rows(ExternalEvent)
    assert (event.state, event.reason) == (EventState.HANDLED, "status_of_unknown_message")


async def test_statuses_in_any_order_end_the_same(world: World) -> None:
    for news in ([S.SENT, S.DELIVERED, S.READ], [S.READ, S.SENT, S.DELIVERED, S.READ]):
        address = f"+5198765{len(news):04}"
        conversation_id = await world.someone_writes(address=address)
        await world.turns.reply_to(conversation_id)
        (message,) = await world.said(conversation_id)
        assert message.provider_id is not None
        for state in news:
            await world.receives(DeliveryUpdate(Channel.WHATSAPP, message.provider_id, state))
        (message,) = await world.said(conversation_id)
        assert message.state is S.READ


async def test_a_failed_delivery_is_shown_to_the_agents(world: World) -> None:
    conversation_id = await world.someone_writes()
    await world.turns.reply_to(conversation_id)
    news = DeliveryUpdate(
        Channel.WHATSAPP, "whatsapp-1", S.FAILED, error_code="63024", unreachable=True
    )
    await world.receives(news)
    await world.receives(news)
    (message,) = await world.said(conversation_id)
    assert (message.state, message.error_code) == (S.FAILED, "63024")
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.DELIVERY_FAILED
    assert (await world.point_of(conversation_id)).state is ContactState.UNREACHABLE
