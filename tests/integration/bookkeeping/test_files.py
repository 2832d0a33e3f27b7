"""What a portfolio says about money: a photograph of a moment, which is not always now."""

from uuid import UUID

import pytest

from acuerdo.agreements.models import PlanState, Promise, PromiseState
from acuerdo.debts.models import DebtStatus
from tests.integration.bookkeeping.books import DAY, HOUR, Books
from tests.integration.world import World

PAID = (DebtStatus.PAID, "0.00", "0.00")


@pytest.mark.parametrize("dated", [True, False])
async def test_b01_a_file_of_before_the_payment_opens_no_paid_debt(
    world: World, dated: bool
) -> None:
    books = await Books.open(world)
    before = world.clock.now() - HOUR
    await books.till.pays("320.50")
    world.clock.advance(hours=1)
    await books.file_says("320.50", "120.50", as_of=before if dated else None)
    assert await books.owed() == PAID


async def test_b01_what_was_paid_in_part_stays_paid_whatever_an_undated_file_says(
    world: World,
) -> None:
    books = await Books.open(world)
    await books.till.pays("100")
    world.clock.advance(days=1)
    await books.file_says("320.50", "120.50")
    assert await books.owed() == (DebtStatus.OPEN, "220.50", "20.50")
    assert (await books.till.row()).withheld.plain() == "100.00"


async def test_b01_a_file_that_shows_the_payment_may_charge_anew(world: World) -> None:
    books = await Books.open(world)
    await books.till.pays("100")
    world.clock.advance(days=1)
    await books.file_says("220.50", "20.50", as_of=world.clock.now())
    world.clock.advance(days=30)
    await books.file_says("250.00", "50.00", as_of=world.clock.now())
    assert await books.owed() == (DebtStatus.OPEN, "250.00", "50.00")


async def test_b01_a_paid_debt_that_comes_back_is_shown_to_a_person(world: World) -> None:
    books = await Books.open(world)
    await books.till.pays("320.50")
    for _ in range(2):
        world.clock.advance(days=1)
        await books.file_says("80.00", "80.00", as_of=world.clock.now())
    assert await books.owed() == PAID
    assert (await books.till.row()).withheld.plain() == "80.00"
    assert "bookkeeping.ask_people" in await world.job_names()


async def test_b01_an_older_file_that_comes_late_changes_nothing_of_a_newer_one(
    world: World,
) -> None:
    books = await Books.open(world)
    world.clock.advance(days=2)
    now = world.clock.now()
    await books.file_says("150.00", "50.00", as_of=now)
    await books.file_says("320.50", "120.50", as_of=now - DAY)
    assert await books.owed() == (DebtStatus.OPEN, "150.00", "50.00")


@pytest.mark.parametrize(
    ("balance", "overdue", "state"),
    [
        ("200.00", "0", PromiseState.KEPT),
        ("0", "0", PromiseState.KEPT),
        ("260.50", "60.50", PromiseState.OPEN),
    ],
)
async def test_b02_what_was_paid_at_the_bank_keeps_a_promise(
    world: World, balance: str, overdue: str, state: PromiseState
) -> None:
    books = await Books.open(world)
    await books.till.promises("120.50", 4)
    world.clock.advance(days=3)
    await books.file_says(balance, overdue, as_of=world.clock.now())
    assert await books.till.promise_states() == [state]


async def test_b02_a_kept_promise_is_followed_by_no_contact(world: World) -> None:
    books = await Books.open(world)
    await books.till.promises("120.50", 4)
    world.clock.advance(days=10)
    await books.file_says("200.00", as_of=world.clock.now())
    (promise_id,) = await promise_ids(world)
    await world.agreement_follow_up.break_if_overdue(promise_id)
    assert await books.till.promise_states() == [PromiseState.KEPT]


async def promise_ids(world: World) -> list[UUID]:
    return [each.id for each in await world.rows(Promise)]


async def test_b02_a_broken_promise_that_was_paid_in_time_is_kept_after_all(
    world: World,
) -> None:
    books = await Books.open(world)
    await books.till.promises("120.50", 4)
    paid_at = world.clock.now() + DAY
    world.clock.advance(days=10)
    (promise_id,) = await promise_ids(world)
    await world.agreement_follow_up.break_if_overdue(promise_id)
    assert await books.till.promise_states() == [PromiseState.BROKEN]
    # the file of that day is imported late
    await books.file_says("200.00", as_of=paid_at)
    assert await books.till.promise_states() == [PromiseState.KEPT]


async def test_b02_the_part_of_a_plan_that_was_paid_at_the_bank(world: World) -> None:
    books = await Books.open(world, balance="300", overdue="300")
    await books.agrees_on_plan()
    world.clock.advance(days=2)
    await books.file_says("200.00", "200.00", as_of=world.clock.now())
    assert await books.parts() == [("paid", "0.00"), ("pending", "100.00"), ("pending", "100.00")]
    await books.file_says("0", as_of=world.clock.now() + HOUR)
    assert (await books.standing())["plans"] == [PlanState.COMPLETED]


async def test_what_was_stated_last_is_not_written_again(world: World) -> None:
    books = await Books.open(world)
    for _ in range(3):
        world.clock.advance(days=1)
        await books.file_says("300.00", "100.00", as_of=world.clock.now())
    assert [event.balance_minor for event in await books.events()] == [32050, 30000]


async def test_b01_a_person_is_asked_once_until_a_file_shows_the_debt_paid(world: World) -> None:
    books = await Books.open(world)
    await books.till.pays("320.50")
    asked = []
    for balance in ("320.50", "321.10", "321.70", "0", "55.00"):
        world.clock.advance(days=1)
        await books.file_says(balance, as_of=world.clock.now())
        asked.append((await world.job_names()).count("bookkeeping.ask_people"))
    assert asked == [1, 1, 1, 1, 2]
    assert await books.owed() == PAID
