"""What goes out: once, and what became of it is known or shown."""

from dataclasses import replace
from uuid import UUID

import pytest

from acuerdo.contact.models import ContactState, Purpose
from acuerdo.conversations.models import Author, MessageState, Owner, WaitingReason
from acuerdo.conversations.ports import DeliveryUpdate
from acuerdo.platform.errors import (
    OutcomeUnknown,
    ProviderMisused,
    ProviderRefused,
    ProviderUnavailable,
)
from acuerdo.values.channels import Channel
from tests.integration.world import Ana, World

S = MessageState


async def queued(
    world: World, text: str = "Hola", purpose: Purpose = Purpose.REPLY, **who: object
) -> tuple[UUID, UUID]:
    """A message that is to be sent to somebody who has just written; conversation and message."""
    conversation_id = await world.someone_writes(**who)  # type: ignore[arg-type]
    async with world.db.transaction() as session:
        conversation = await session.get_one(
            type(await world.conversation(conversation_id)), conversation_id
        )
        (message_id,) = world.outbox.add(
            session, conversation, text, author=Author.BOT, purpose=purpose
        )
    return conversation_id, message_id


async def state(world: World, conversation_id: UUID) -> MessageState:
    """How far the one message of ours has come."""
    (message,) = await world.said(conversation_id)
    return message.state


async def test_a_message_is_sent_once_however_often_it_is_delivered(world: World) -> None:
    conversation_id, message_id = await queued(world)
    for _ in range(3):
        await world.outbox.deliver(message_id)
    (message,) = await world.said(conversation_id)
    assert (message.state, message.provider_id, message.sent_at) == (
        S.SENT,
        "whatsapp-1",
        world.clock.now(),
    )
    assert len(world.whatsapp.sent) == 1
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.rule, attempt.message_id) == (True, "house:reply", message_id)


async def test_a_provider_that_is_down_is_tried_again(world: World) -> None:
    conversation_id, message_id = await queued(world)
    world.whatsapp.failures = [ProviderUnavailable(provider_code="20503")]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    assert await state(world, conversation_id) is S.QUEUED
    await world.outbox.deliver(message_id)
    (message,) = await world.said(conversation_id)
    assert message.state is S.SENT
    assert world.whatsapp.looked_up == 0
    # and no old failure is shown beside a message that was sent
    assert message.error_code is None


async def test_an_old_failure_is_not_shown_where_the_status_overtook_our_own_note(
    world: World,
) -> None:
    # given a send that was refused once, and a worker that died when the next had arrived
    conversation_id, message_id = await queued(world)
    world.whatsapp.failures = [ProviderUnavailable(provider_code="20500")]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    world.whatsapp.after = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    # when its status comes before it is taken up again
    await world.receives(
        DeliveryUpdate(Channel.WHATSAPP, "whatsapp-1", S.DELIVERED, message_id=message_id)
    )
    # then it arrived, and that is all there is to say
    (message,) = await world.said(conversation_id)
    assert (message.state, message.error_code) == (S.DELIVERED, None)


async def test_a_provider_that_stays_down_is_given_up_and_shown(world: World) -> None:
    conversation_id, message_id = await queued(world)
    world.whatsapp.failures = [ProviderUnavailable(), ProviderUnavailable()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    world.clock.advance(minutes=15)
    await world.outbox.deliver(message_id)
    assert await state(world, conversation_id) is S.FAILED
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.DELIVERY_FAILED


async def test_an_unknown_outcome_is_looked_up_before_anything_else(world: World) -> None:
    # given a send whose answer was lost although the message arrived
    conversation_id, message_id = await queued(world)
    world.whatsapp.after = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable) as again:
        await world.outbox.deliver(message_id)
    assert again.value.retry_after_seconds
    assert again.value.retry_after_seconds >= 10
    # when it is taken up again
    await world.outbox.deliver(message_id)
    # then it was found and not sent again
    assert await state(world, conversation_id) is S.SENT
    assert len(world.whatsapp.sent) == 1


async def test_what_the_provider_does_not_have_is_sent(world: World) -> None:
    conversation_id, message_id = await queued(world)
    world.whatsapp.failures = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    await world.outbox.deliver(message_id)
    assert await state(world, conversation_id) is S.SENT
    assert world.whatsapp.looked_up == len(world.whatsapp.sent) == 1


async def test_a_second_unknown_outcome_is_looked_up_too(world: World) -> None:
    # given a send that was lost, and the next one whose answer was lost after it arrived
    conversation_id, message_id = await queued(world)
    world.whatsapp.failures = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    world.whatsapp.after = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable) as again:
        await world.outbox.deliver(message_id)
    assert again.value.retry_after_seconds
    assert again.value.retry_after_seconds >= 10
    # when it is taken up once more
    await world.outbox.deliver(message_id)
    # then the provider knew, and it was sent once
    assert await state(world, conversation_id) is S.SENT
    assert len(world.whatsapp.sent) == 1


async def test_an_equal_message_of_before_is_not_taken_for_this_one(world: World) -> None:
    # given the same words sent a minute ago
    conversation_id, first = await queued(world)
    await world.outbox.deliver(first)
    # when they are sent again and that sending is interrupted before it begins
    _, second = await queued(world)
    world.whatsapp.failures = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(second)
    await world.outbox.deliver(second)
    # then both were sent
    assert [message.provider_id for message in await world.said(conversation_id)] == [
        "whatsapp-1",
        "whatsapp-2",
    ]


async def test_a_look_up_that_fails_is_made_again(world: World) -> None:
    conversation_id, message_id = await queued(world)
    world.whatsapp.after = [OutcomeUnknown()]
    world.whatsapp.look_up_failures = [ProviderUnavailable()]
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await world.outbox.deliver(message_id)
    await world.outbox.deliver(message_id)
    assert await state(world, conversation_id) is S.SENT
    assert len(world.whatsapp.sent) == 1


async def test_what_nobody_could_look_up_in_time_is_not_called_failed(world: World) -> None:
    # given a send with an unknown outcome, and a provider that cannot be asked since
    conversation_id, message_id = await queued(world)
    world.whatsapp.after = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    world.clock.advance(minutes=15)
    world.whatsapp.look_up_failures = [ProviderUnavailable()]
    await world.outbox.deliver(message_id)
    # then nobody knows, and that is what the desk shows
    assert await state(world, conversation_id) is S.UNKNOWN


async def test_a_channel_that_cannot_be_asked_is_not_tried_blindly(world: World) -> None:
    conversation_id, message_id = await queued(world, channel=Channel.TELEGRAM, address="700")
    world.telegram.after = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    await world.outbox.deliver(message_id)
    await world.outbox.deliver(message_id)
    assert await state(world, conversation_id) is S.UNKNOWN
    assert len(world.telegram.sent) == 1
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.DELIVERY_FAILED


@pytest.mark.parametrize(
    ("failure", "point"),
    [
        (ProviderRefused(provider_code="63016"), ContactState.ACTIVE),
        (ProviderRefused(provider_code="63024", unreachable=True), ContactState.UNREACHABLE),
        (ProviderMisused(provider_code="20003"), ContactState.ACTIVE),
    ],
)
async def test_what_the_provider_will_never_do_is_shown(
    world: World, failure: Exception, point: ContactState
) -> None:
    conversation_id, message_id = await queued(world)
    world.whatsapp.failures = [failure]
    await world.outbox.deliver(message_id)
    await world.outbox.deliver(message_id)
    (message,) = await world.said(conversation_id)
    assert message.state is S.FAILED
    assert message.error_code == failure.provider_code  # type: ignore[attr-defined]
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.DELIVERY_FAILED
    assert conversation.owner is Owner.BOT
    assert (await world.point_of(conversation_id)).state is point


async def test_a_status_that_overtakes_our_own_note_counts(world: World) -> None:
    # given a message whose status comes before its sender has noted that it was sent
    conversation_id, message_id = await queued(world)
    send = world.whatsapp.send

    async def overtaken(message: object) -> object:
        sent = await send(message)  # type: ignore[arg-type]
        await world.receives(
            DeliveryUpdate(Channel.WHATSAPP, sent.provider_id, S.READ, message_id=message_id)
        )
        return sent

    world.whatsapp.send = overtaken  # type: ignore[assignment,method-assign]
    await world.outbox.deliver(message_id)
    (message,) = await world.said(conversation_id)
    assert (message.state, message.provider_id) == (S.READ, "whatsapp-1")


async def test_a_status_settles_a_message_whose_sender_died(world: World) -> None:
    conversation_id, message_id = await queued(world)
    world.whatsapp.after = [OutcomeUnknown()]
    with pytest.raises(ProviderUnavailable):
        await world.outbox.deliver(message_id)
    news = DeliveryUpdate(Channel.WHATSAPP, "whatsapp-1", S.DELIVERED, message_id=message_id)
    await world.receives(news)
    await world.outbox.deliver(message_id)
    assert await state(world, conversation_id) is S.DELIVERED
    assert len(world.whatsapp.sent) == 1
    assert world.whatsapp.looked_up == 0


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": ContactState.OPTED_OUT}, "house:opt_out"),
        ({"state": ContactState.WRONG_PERSON}, "house:retired_address"),
        ({"consent": False}, "house:pe.consent"),
    ],
)
async def test_policy_is_asked_before_anything_is_sent(
    world: World, change: dict[str, object], rule: str
) -> None:
    # given somebody who must not be reminded
    ana = Ana()
    for name, value in change.items():
        setattr(ana.point, name, value)
    await ana.stored(world.db)
    conversation_id, message_id = await queued(world, purpose=Purpose.REMINDER)
    # when a reminder is to be sent
    await world.outbox.deliver(message_id)
    # then it was not, and the attempt says why
    assert world.whatsapp.sent == []
    assert await state(world, conversation_id) is S.REFUSED
    (attempt,) = await world.attempts()
    assert (attempt.allowed, attempt.rule) == (False, rule)
    assert (attempt.purpose, attempt.reason) == (Purpose.REMINDER, attempt.reason)


async def test_a_channel_without_an_account_is_a_mistake_of_ours(world: World) -> None:
    conversation_id, message_id = await queued(world)
    without_channels = replace(world.contact, channels={})
    await replace(world.outbox, contact=without_channels).deliver(message_id)
    assert await state(world, conversation_id) is S.FAILED


async def test_an_answer_goes_to_the_address_that_wrote(world: World) -> None:
    _, message_id = await queued(world, address="+5215512345678")
    await world.outbox.deliver(message_id)
    assert world.whatsapp.sent[0].address == "+5215512345678"
