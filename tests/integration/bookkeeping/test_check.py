"""Who changes a balance in the database is found out: it does not follow from the facts."""

import pytest
from sqlalchemy import text

from acuerdo.audit.chain import Fault
from tests.integration.bookkeeping.books import Books
from tests.integration.world import World


async def test_what_was_told_explains_every_balance(world: World) -> None:
    books = await Books.open(world, balance="300", overdue="300")
    await books.agrees_on_plan()
    await books.till.promises("100", 6)
    news = await books.till.pays("150")
    await books.goes_back(news, "30")
    await books.file_says("400", "400", as_of=world.clock.now())
    assert await world.core.operation.books.verify() == []


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("update debt set balance_minor = 1", "debt"),
        ("update debt set surplus_minor = 1", "debt"),
        ("update promise set paid_minor = 1", "promise"),
        ("update instalment set paid_minor = 1 where number = 2", "instalment"),
    ],
)
async def test_a_balance_that_nothing_explains_is_named(
    world: World, statement: str, table: str
) -> None:
    books = await Books.open(world, balance="300", overdue="300")
    await books.agrees_on_plan()
    await books.till.promises("100", 6)
    await books.till.pays("50")
    async with world.db.transaction() as session:
        await session.execute(text(statement))
    (finding,) = await world.core.operation.books.verify()
    assert (finding.fault, finding.subject) == (Fault.CHANGED, table)
