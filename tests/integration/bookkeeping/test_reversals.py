"""Money that goes back, is too much, or comes for nothing that we know."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from acuerdo.agreements.models import PlanState, PromiseState
from acuerdo.debts.amounts import NOTHING
from acuerdo.debts.models import DebtStatus
from acuerdo.payments.models import LinkState, Payment, PaymentLink
from acuerdo.payments.ports import PaymentState
from acuerdo.values.money import Money
from tests.integration.bookkeeping.books import DAY, Books
from tests.integration.world import World


@pytest.mark.parametrize("state", [PaymentState.REFUNDED, PaymentState.CHARGED_BACK])
async def test_b07_what_goes_back_is_owed_again(world: World, state: PaymentState) -> None:
    books = await Books.open(world)
    await books.till.promises("120.50", 5)
    news = await books.till.pays("320.50")
    assert (await books.owed())[0] is DebtStatus.PAID
    for _ in range(2):
        # told twice, it went back once
        await books.goes_back(news, state=state)
    assert await books.owed() == (DebtStatus.OPEN, "320.50", "120.50")
    assert await books.till.promise_states() == [PromiseState.OPEN]
    assert "agreements.follow_promise" in (await world.job_names())[-1:]


async def test_b07_in_part(world: World) -> None:
    books = await Books.open(world, balance="300", overdue="300")
    await books.agrees_on_plan()
    news = await books.till.pays("200")
    await books.goes_back(news, "30", movement_id="r-1")
    await books.goes_back(news, "30", movement_id="r-2")
    assert await books.owed() == (DebtStatus.OPEN, "160.00", "160.00")
    assert await books.parts() == [("paid", "0.00"), ("pending", "60.00"), ("pending", "100.00")]


async def test_b07_a_chargeback_that_is_won_counts_no_more(world: World) -> None:
    books = await Books.open(world)
    news = await books.till.pays("100")
    await books.goes_back(news, state=PaymentState.CHARGED_BACK, movement_id="dispute")
    await books.goes_back(news, state=PaymentState.CHARGEBACK_WON, movement_id="dispute")
    assert await books.owed() == (DebtStatus.OPEN, "220.50", "20.50")


async def test_b07_a_reversal_that_comes_before_its_payment(world: World) -> None:
    books = await Books.open(world)
    news = books.till.news(await books.till.link("100"), "100")
    await books.goes_back(news, "40")
    assert await books.owed() == (DebtStatus.OPEN, "320.50", "120.50")
    await world.is_paid(news)
    assert await books.owed() == (DebtStatus.OPEN, "260.50", "60.50")


async def test_b07_a_closing_offer_whose_money_goes_back_forgives_nothing(world: World) -> None:
    books = await Books.open(
        world, {"settlement": {"max_discount_percent": 40}}, balance="1000", overdue="1000"
    )
    await books.till.promises("600", 5, settles=True)
    news = await books.till.pays("600")
    assert (await books.owed())[0] is DebtStatus.PAID
    await books.goes_back(news)
    assert await books.owed() == (DebtStatus.OPEN, "1000.00", "1000.00")


async def test_b07_in_another_currency_nothing_moves(world: World) -> None:
    books = await Books.open(world)
    news = await books.till.pays("100")
    dollars = books.reversal(news)
    await world.is_paid(replace(dollars, amount=Money.of("100", "USD")))
    assert await books.owed() == (DebtStatus.OPEN, "220.50", "20.50")


async def test_b07_a_reversal_without_a_reference_finds_its_payment(world: World) -> None:
    books = await Books.open(world)
    news = await books.till.pays("100")
    await books.goes_back(news, reference="")
    assert (await books.owed())[1] == "320.50"


async def test_b15_what_is_too_much_is_kept_said_and_shown(world: World) -> None:
    books = await Books.open(world)
    link = await books.till.link("120.50")
    await world.is_paid(books.till.news(link, "500.00"))
    debt = await books.till.row()
    assert (debt.status, debt.surplus.plain()) == (DebtStatus.PAID, "179.50")
    (payment,) = await world.rows(Payment)
    await world.payments.thank(payment.id, books.till.party.conversation_id)
    assert "S/ 179.50 a su favor" in world.whatsapp.texts[-1]
    assert (await world.job_names()).count("bookkeeping.ask_people") == 1


async def test_b15_a_link_that_is_paid_twice(world: World) -> None:
    books = await Books.open(world)
    link = await books.till.link("320.50")
    first, second = (books.till.news(link, "320.50") for _ in range(2))
    await world.is_paid(first)
    await world.is_paid(second)
    assert (await books.till.row()).surplus.plain() == "320.50"
    # and the gateway gives the first one back
    await books.goes_back(first)
    debt = await books.till.row()
    assert (debt.status, debt.surplus_minor) == (DebtStatus.PAID, 0)


@pytest.mark.parametrize("order", ["01234", "43210", "20413", "31042", "14203", "42130"])
async def test_the_order_of_arrival_changes_nothing(world: World, order: str) -> None:
    """Two payments, a refund, two files, told in any order: the same debt, promises and plan."""
    books = await Books.open(world, balance="300", overdue="300")
    await books.agrees_on_plan()
    await books.till.promises("100", 6)
    link = await books.till.link("100")
    start = world.clock.now()
    first = books.till.news(link, "100", moved_at=start + DAY, payment_id="p-1")
    second = books.till.news(link, "250", moved_at=start + 3 * DAY, payment_id="p-2")
    back = books.reversal(first, "60", moved_at=start + 4 * DAY)
    world.clock.advance(days=8)

    def told(news: object) -> Callable[[], Awaitable[None]]:
        return lambda: world.is_paid(news)  # type: ignore[arg-type]

    facts: list[Callable[[], Awaitable[None]]] = [
        told(first),
        told(second),
        told(back),
        lambda: books.file_says("300.00", "300.00", as_of=start + DAY / 2),
        lambda: books.file_says("180.00", "180.00", as_of=start + 2 * DAY),
    ]
    for place in order:
        await facts[int(place)]()
    assert await books.standing() == {
        # 40 of the first one, 20 that the file shows, 250: ten are too much
        "debt": (DebtStatus.PAID, NOTHING, 1000, 0),
        "promises": [(PromiseState.KEPT, 10000)],
        "plans": [PlanState.COMPLETED],
        "parts": [("paid", "0.00"), ("paid", "0.00"), ("paid", "0.00")],
    }


async def test_news_of_nothing_that_we_know_is_kept_and_moves_nothing(world: World) -> None:
    books = await Books.open(world)
    await books.goes_back(books.till.news(uuid4(), "50"))
    assert await books.owed() == (DebtStatus.OPEN, "320.50", "120.50")
    assert await books.events() == []


async def test_a_link_that_was_paid_does_not_expire(world: World) -> None:
    books = await Books.open(world)
    for state, expected in (
        (PaymentState.EXPIRED, LinkState.EXPIRED),
        (PaymentState.PAID, LinkState.PAID),
        (PaymentState.EXPIRED, LinkState.PAID),
    ):
        links = await world.rows(PaymentLink)
        reference = links[0].id if links else await books.till.link("100")
        await world.is_paid(books.till.news(reference, "100", state=state))
        (link,) = await world.rows(PaymentLink)
        assert link.state is expected
    assert (await books.owed())[1] == "220.50"
