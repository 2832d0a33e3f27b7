"""Money that arrives: recorded once, and what it closes."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    PromiseState,
)
from acuerdo.agreements.offers import PlanWish
from acuerdo.debts.models import DebtStatus
from acuerdo.payments.gateways import Gateways
from acuerdo.payments.models import LinkState, Payment, PaymentLink
from acuerdo.payments.ports import PaymentState
from acuerdo.platform.errors import ProviderMisused, ProviderUnavailable
from acuerdo.values.money import Money
from tests.integration.payments.till import Till, soles
from tests.integration.world import World


async def test_a_link_asked_for_again_is_the_same_link(world: World) -> None:
    till = await Till.open(world)
    first = await world.payments.link(till.party, await till.debt(), soles("100"))
    again = await world.payments.link(till.party, await till.debt(), soles("100"))
    assert first == again
    assert world.outside.gateway.calls == 1
    other = await world.payments.link(till.party, await till.debt(), soles("50"))
    assert other.url != first.url


async def test_a_link_is_never_for_more_than_is_owed(world: World) -> None:
    till = await Till.open(world)
    link = await world.payments.link(till.party, await till.debt(), soles("9999"))
    assert link.amount == soles("320.50")


async def test_a_gateway_that_was_down_makes_the_link_later(world: World) -> None:
    till = await Till.open(world)
    world.outside.gateway.failure = ProviderUnavailable()
    with pytest.raises(ProviderUnavailable):
        await world.payments.link(till.party, await till.debt(), soles("100"))
    world.outside.gateway.failure = None
    await world.payments.link(till.party, await till.debt(), soles("100"))
    (link,) = await world.rows(PaymentLink)
    assert link.url == f"https://pay.example/{link.id}"


async def test_without_a_gateway_there_is_no_link(world: World) -> None:
    till = await Till.open(world)
    without_gateways = replace(world.payments, gateways=Gateways({}))
    with pytest.raises(ProviderMisused):
        await without_gateways.link(till.party, await till.debt(), soles("100"))


async def test_the_same_event_many_times_at_once_is_one_payment(world: World) -> None:
    till = await Till.open(world)
    news = till.news(await till.link("100"), "100")
    await asyncio.gather(*(world.is_paid(news) for _ in range(10)))
    assert len(await world.rows(Payment)) == 1
    assert (await till.row()).balance == soles("220.50")
    assert (await world.job_names()).count("payments.thank") == 1


async def test_a_payment_of_everything_closes_the_debt(world: World) -> None:
    till = await Till.open(world)
    await till.pays("320.50")
    debt = await till.row()
    assert (debt.status, debt.balance_minor, debt.overdue_minor) == (DebtStatus.PAID, 0, 0)
    assert [link.state for link in await world.rows(PaymentLink)] == [LinkState.PAID]


async def test_a_part_reduces_what_is_overdue_first(world: World) -> None:
    till = await Till.open(world)
    await till.pays("100")
    debt = await till.row()
    assert (debt.status, debt.balance, debt.overdue) == (
        DebtStatus.OPEN,
        soles("220.50"),
        soles("20.50"),
    )


async def test_a_failed_payment_changes_nothing(world: World) -> None:
    till = await Till.open(world)
    await world.is_paid(till.news(await till.link("100"), "100", state=PaymentState.REJECTED))
    assert await world.rows(Payment) == []
    assert (await till.row()).balance == soles("320.50")


@pytest.mark.parametrize("reference", [str(uuid4()), "not a reference", "", "\x00"])
async def test_a_payment_nobody_asked_for_is_kept_for_a_person(
    world: World, reference: str
) -> None:
    till = await Till.open(world)
    await world.is_paid(till.news(reference, "100"))
    (payment,) = await world.rows(Payment)
    assert payment.debt_id is None
    assert (await till.row()).balance == soles("320.50")


async def test_a_payment_in_another_currency_moves_nothing(world: World) -> None:
    # given a promise and a payment of as many dollars
    till = await Till.open(world)
    await till.promises("100")
    link = await till.link("100")
    dollars = replace(till.news(link, "100"), amount=Money.of("100", "USD"))
    await world.is_paid(dollars)
    # then it is kept, and neither debt nor link nor promise take it for soles
    assert (await till.row()).balance == soles("320.50")
    assert await till.promise_states() == [PromiseState.OPEN]
    (row,) = await world.rows(PaymentLink)
    assert row.state is LinkState.OPEN
    # not even when soles follow
    await till.pays("60")
    assert await till.promise_states() == [PromiseState.OPEN]
    assert len(await world.rows(Payment)) == 2


async def test_a_promise_is_kept_by_what_is_paid_since(world: World) -> None:
    till = await Till.open(world)
    await till.pays("60")
    world.clock.advance(minutes=1)
    await till.promises("100")
    await till.pays("60")
    assert await till.promise_states() == [PromiseState.OPEN]
    await till.pays("40")
    assert await till.promise_states() == [PromiseState.KEPT]


async def test_one_payment_does_not_keep_two_promises(world: World) -> None:
    till = await Till.open(world, {"promise": {"max_open": 2}})
    await till.promises("100", 3)
    await till.promises("100", 6)
    await till.pays("100")
    assert await till.promise_states() == [PromiseState.KEPT, PromiseState.OPEN]
    await till.pays("100")
    assert await till.promise_states() == [PromiseState.KEPT, PromiseState.KEPT]


async def test_a_gateway_whose_clock_is_slow_keeps_promises_all_the_same(world: World) -> None:
    till = await Till.open(world)
    await till.promises("100")
    link = await till.link("100")
    an_hour_ago = world.clock.now() - timedelta(hours=1)
    await world.is_paid(till.news(link, "100", moved_at=an_hour_ago))
    assert await till.promise_states() == [PromiseState.KEPT]


async def test_a_settlement_paid_in_time_forgives_the_rest(world: World) -> None:
    till = await Till.open(world, {"settlement": {"max_discount_percent": 40}}, balance="1000")
    await till.promises("600", 5, settles=True)
    await till.pays("600")
    debt = await till.row()
    assert (debt.status, debt.balance_minor) == (DebtStatus.PAID, 0)
    assert await till.promise_states() == [PromiseState.KEPT]


async def test_a_settlement_paid_too_late_is_a_payment_like_any_other(world: World) -> None:
    till = await Till.open(world, {"settlement": {"max_discount_percent": 40}}, balance="1000")
    await till.promises("600", 5, settles=True)
    world.clock.advance(days=6)
    await till.pays("600")
    debt = await till.row()
    assert (debt.status, debt.balance) == (DebtStatus.OPEN, soles("400"))
    assert await till.promise_states() == [PromiseState.OPEN]


async def test_instalments_are_paid_in_their_order(world: World) -> None:
    till = await Till.open(world, balance="300", overdue="300")
    (option,) = await world.agreements.propose_plans(
        till.party, await till.debt(), PlanWish(instalments=3), words="en tres"
    )
    await world.agreements.accept(till.party, option.id)

    async def paid() -> list[bool]:
        parts = sorted(await world.rows(Instalment), key=lambda part: part.number)
        return [part.state is InstalmentState.PAID for part in parts]

    await till.pays("150")
    assert await paid() == [True, False, False]
    await till.pays("50")
    assert await paid() == [True, True, False]
    await till.pays("100")
    assert await paid() == [True, True, True]
    assert [plan.state for plan in await world.rows(Plan)] == [PlanState.COMPLETED]
    assert (await till.row()).status is DebtStatus.PAID


async def test_thanks_are_said_once_wherever_their_worker_dies(world: World) -> None:
    till = await Till.open(world)
    await till.pays("100")
    (payment,) = await world.rows(Payment)

    async def thank(process: World) -> None:
        await process.payments.thank(payment.id, till.party.conversation_id)

    before = len(world.whatsapp.sent)
    steps = 0
    while await world.dies_within(steps, thank):
        steps += 1
    await thank(world)
    (text,) = world.whatsapp.texts[before:]
    assert text == "¡Gracias, Ana! Recibimos su pago de S/ 100.00. Saldo pendiente: S/ 220.50."


async def test_a_payment_is_dated_by_the_gateway_and_recorded_by_us(world: World) -> None:
    till = await Till.open(world)
    news = await till.pays("100", moved_at=datetime.fromisoformat("2026-11-23T09:00:00-05:00"))
    (payment,) = await world.rows(Payment)
    assert payment.paid_at == news.moved_at
    assert payment.recorded_at == world.clock.now()
