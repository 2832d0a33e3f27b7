"""What a gateway posts: kept before anything is done with it, and dealt with once."""

from uuid import UUID

import pytest

from acuerdo.debts.models import Debt
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.payments.models import LinkState, Payment, PaymentLink
from acuerdo.payments.ports import GatewayEvent, PaymentState
from acuerdo.platform.errors import GatewayEventForged, NotFound, NotRepeatable
from acuerdo.values.money import Money
from tests.integration.killing import at_every_step
from tests.integration.payments.till import Till, soles
from tests.integration.world import World

SIGNED = {"signed": "yes"}


async def arrives(world: World, news: GatewayEvent) -> None:
    """The gateway posts an event, and is answered."""
    body = world.outside.gateway.posted(news)
    await world.payment_events.receive("sandbox", SIGNED, body)


async def events(world: World) -> list[ExternalEvent]:
    """The events of gateways that are kept, in the order in which they came."""
    found = await world.rows(ExternalEvent, ExternalEvent.source == "payments.sandbox")
    return sorted(found, key=lambda event: event.received_at)


async def the_event(world: World) -> ExternalEvent:
    (event,) = await events(world)
    return event


async def test_an_event_is_kept_and_nothing_is_done_before_its_job(world: World) -> None:
    till = await Till.open(world)
    news = till.news(await till.link("100"), "100")
    for _ in range(3):
        await arrives(world, news)
    event = await the_event(world)
    assert (event.state, event.handled_at) == (EventState.RECEIVED, None)
    assert await world.rows(Payment) == []
    assert (await world.job_names()).count("payments.handle_event") == 1
    # when its job has run, however often
    for _ in range(2):
        await world.payment_events.handle(event.id)
    event = await the_event(world)
    assert (event.state, event.reason) == (EventState.HANDLED, None)
    assert event.handled_at == world.clock.now()
    assert len(await world.rows(Payment)) == 1
    assert (await till.row()).balance == soles("220.50")
    assert (await world.job_names()).count("payments.thank") == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": PaymentState.REJECTED}, "not_paid"),
        ({"reference": "nobody asked"}, "payment_without_link"),
        ({"amount": Money.of("100", "USD")}, "another_currency"),
    ],
)
async def test_what_moves_nothing_is_kept_with_its_reason(
    world: World, changes: dict[str, object], reason: str
) -> None:
    till = await Till.open(world)
    news = till.news(await till.link("100"), "100")
    await arrives(world, till.changed(news, **changes))
    await world.payment_events.handle((await the_event(world)).id)
    event = await the_event(world)
    assert (event.state, event.reason) == (EventState.HANDLED, reason)
    assert (await till.row()).balance == soles("320.50")


async def test_another_event_of_the_same_payment_says_so(world: World) -> None:
    till = await Till.open(world)
    news = till.news(await till.link("100"), "100")
    for event_id in ("evt-1", "evt-2"):
        await arrives(world, till.changed(news, event_id=event_id))
        world.clock.advance(seconds=1)
    for event in await events(world):
        await world.payment_events.handle(event.id)
    assert [event.reason for event in await events(world)] == [None, "payment_known"]
    assert (await till.row()).balance == soles("220.50")


async def test_what_nobody_can_read_is_kept_and_read_once_it_can_be(world: World) -> None:
    # given an event that the parser of today does not know
    till = await Till.open(world)
    news = till.news(await till.link("100"), "100")
    body = world.outside.gateway.posted(news)
    world.outside.gateway.reads = False
    await world.payment_events.receive("sandbox", SIGNED, body)
    event = await the_event(world)
    assert (event.state, event.reason) == (EventState.UNREADABLE, "not_as_described")
    assert "payments.handle_event" not in await world.job_names()
    # when it is tried again too soon, it stays so
    await world.external_events.retry(event.id)
    await world.payment_events.handle(event.id)
    assert (await the_event(world)).state is EventState.UNREADABLE
    # and when the parser was mended, the money is found
    world.outside.gateway.reads = True
    await world.external_events.retry(event.id)
    await world.payment_events.handle(event.id)
    assert (await the_event(world)).state is EventState.HANDLED
    assert (await till.row()).balance == soles("220.50")


async def test_an_event_that_broke_on_us_is_seen_and_can_be_repeated(world: World) -> None:
    till = await Till.open(world)
    await arrives(world, till.news(await till.link("100"), "100"))
    event = await the_event(world)
    await world.external_events.fail(event.id, "ZeroDivisionError")
    (line,) = await world.external_events.in_states([EventState.FAILED])
    assert (line.id, line.reason, line.repeatable) == (event.id, "ZeroDivisionError", True)
    await world.external_events.retry(event.id)
    assert (await world.job_names()).count("payments.handle_event") == 2
    await world.payment_events.handle(event.id)
    assert len(await world.rows(Payment)) == 1
    # and what was handled is neither broken nor repeated any more
    await world.external_events.fail(event.id, "late")
    assert (await the_event(world)).state is EventState.HANDLED
    with pytest.raises(NotRepeatable):
        await world.external_events.retry(event.id)


async def test_a_message_is_not_repeated_it_was_handled_when_it_was_kept(world: World) -> None:
    await world.someone_writes()
    (event,) = await world.rows(ExternalEvent)
    with pytest.raises(NotRepeatable):
        await world.external_events.retry(event.id)
    with pytest.raises(NotFound):
        await world.external_events.retry(UUID(int=1))


async def test_who_did_not_sign_leaves_nothing(world: World) -> None:
    till = await Till.open(world)
    body = world.outside.gateway.posted(till.news(await till.link("100"), "100"))
    with pytest.raises(GatewayEventForged):
        await world.payment_events.receive("sandbox", {}, body)
    with pytest.raises(NotFound):
        await world.payment_events.receive("other", SIGNED, body)
    assert await events(world) == []


async def test_a_payment_is_one_wherever_a_process_dies(world: World) -> None:
    till = await Till.open(world, balance="10000")

    async def one_try(steps: int) -> bool:
        # given a gateway that repeats until it is answered, and workers that take over
        world.clock.advance(minutes=1)
        before = await till.row()
        news = till.news(await till.link("10"), "10")

        async def work(process: World) -> None:
            body = world.outside.gateway.posted(news)
            await process.payment_events.receive("sandbox", SIGNED, body)
            (event,) = [each for each in await events(process) if each.event_id == news.event_id]
            await process.payment_events.handle(event.id)

        killed = await world.dies_within(steps, work)
        await work(world)
        # then the debt has moved once
        assert (await till.row()).balance == before.balance - soles("10")
        return killed

    assert await at_every_step(one_try) >= 6
    assert {event.state for event in await events(world)} == {EventState.HANDLED}
    assert all(link.state is LinkState.PAID for link in await world.rows(PaymentLink))
    assert len(await world.rows(Debt)) == 1
