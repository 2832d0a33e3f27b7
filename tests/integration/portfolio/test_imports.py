"""Imports in batches: killed, held up, several at once, and what people do meanwhile."""

import asyncio
from typing import Any
from uuid import UUID

import orjson
import pytest

from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ConsentEvent, ContactPoint
from acuerdo.conversations.models import Direction
from acuerdo.debts.models import Creditor, Debt, Debtor
from acuerdo.platform.errors import EncodingUnknown, NotFound, PortfolioMalformed
from acuerdo.portfolio import importer
from acuerdo.portfolio.importer import Rejected
from acuerdo.portfolio.models import ImportState, PortfolioImport
from acuerdo.values.channels import Channel
from tests.integration.killing import at_every_step
from tests.integration.portfolio.files import a_debt_row, a_debtor_row, a_portfolio
from tests.integration.world import World


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people in a transaction."""
    monkeypatch.setattr(importer, "BATCH", 3)


def many(count: int, **changes: Any) -> dict[str, Any]:
    """A portfolio of so many people, each with a number and a debt."""
    rows = [
        a_debtor_row(
            id=f"m-{n}",
            document=f"4567{n:04}",
            contacts=[{"channel": "whatsapp", "address": f"+5198765{n:04}", "consent": True}],
            debts=[a_debt_row(id=f"m-{n}-a", **changes)],
        )
        for n in range(count)
    ]
    return a_portfolio(*rows)


async def counts(world: World) -> tuple[int, ...]:
    """How many rows of each kind there are."""
    kinds = (Creditor, Debtor, ContactPoint, Debt, ConsentEvent)
    return tuple([len(await world.rows(kind)) for kind in kinds])


async def stored(world: World, portfolio: object) -> UUID:
    """A file given to the worker."""
    return (await world.portfolio.receive(orjson.dumps(portfolio), caller="erp")).id


async def test_a_file_for_the_worker_is_stored_unread_and_then_taken_over(world: World) -> None:
    import_id = await stored(world, many(7))
    progress = await world.portfolio.progress(import_id)
    assert (progress.state, progress.taken) == (ImportState.RECEIVED, 0)
    assert await counts(world) == (0, 0, 0, 0, 0)
    (row,) = await world.rows(PortfolioImport)
    assert b"Ana" not in row.content
    assert b"4567" not in row.content
    assert await world.job_names() == ["portfolio.take_over"]
    await world.portfolio.run(import_id)
    progress = await world.portfolio.progress(import_id)
    assert (progress.state, progress.taken, progress.total) == (ImportState.DONE, 7, 7)
    assert (progress.report.debtors, progress.report.debts, progress.report.creditors) == (7, 7, 1)
    (row,) = await world.rows(PortfolioImport)
    assert row.content is None, "the file is not kept longer than it is needed"


async def test_a_worker_killed_anywhere_leaves_an_import_that_goes_on(world: World) -> None:
    import_id = await stored(world, many(7))

    async def one_try(steps: int) -> bool:
        return await world.dies_within(steps, lambda process: process.portfolio.run(import_id))

    assert await at_every_step(one_try) > 5
    # the last one lived; nothing was doubled, nothing lost, nothing counted twice
    assert await counts(world) == (1, 7, 7, 7, 7)
    report = (await world.portfolio.progress(import_id)).report
    assert (report.debtors, report.contacts, report.debts) == (7, 7, 7)


async def test_an_import_that_has_ended_is_not_run_again(world: World) -> None:
    import_id = await stored(world, many(1))
    for _ in range(3):
        await world.portfolio.run(import_id)
    assert (await world.portfolio.progress(import_id)).report.debtors == 1


async def test_the_same_file_four_times_at_once_is_taken_four_times(world: World) -> None:
    content = orjson.dumps(many(8))
    answers = await asyncio.gather(
        *(world.portfolio.take_over_now(content, caller="erp") for _ in range(4))
    )
    for each in answers:
        if not each.is_over:
            await world.portfolio.run(each.id)
    assert {each.report.errors == [] for each in answers} == {True}
    assert await counts(world) == (1, 8, 8, 8, 8)


async def test_two_files_that_change_the_same_people_the_other_way_round(world: World) -> None:
    first = many(8, balance="400.00")
    second = many(8, balance="500.00")
    second["debtors"].reverse()
    answers = await asyncio.gather(
        *(
            world.portfolio.take_over_now(orjson.dumps(each), caller="erp")
            for each in (first, second)
        )
    )
    for each in answers:
        if not each.is_over:
            await world.portfolio.run(each.id)
    assert {debt.balance_minor for debt in await world.rows(Debt)} <= {40000, 50000}


async def test_a_message_is_stored_while_a_batch_is_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a batch that has written all it has to and is not committed yet
    await world.portfolio.take_over(many(3))
    import_id = await stored(world, many(3, balance="999.00"))
    written, go_on = asyncio.Event(), asyncio.Event()
    taken = importer.Intake.debtors

    async def wait_at_the_end(self: Any, *args: Any) -> None:
        await taken(self, *args)
        written.set()
        await go_on.wait()

    monkeypatch.setattr(importer.Intake, "debtors", wait_at_the_end)
    running = asyncio.create_task(world.portfolio.run(import_id))
    await written.wait()
    # when a person of that batch writes: their number is not held, for nothing of it changed
    conversation_id = await world.someone_writes(address="+51987650001")
    assert not running.done()
    go_on.set()
    await running
    assert len(await world.messages(conversation_id, Direction.IN)) == 1


async def test_an_import_gives_way_to_who_holds_a_number_and_is_finished_by_the_worker(
    world: World,
) -> None:
    await world.portfolio.take_over(many(3))
    changed = many(3)
    for row in changed["debtors"]:
        row["contacts"] = [{"channel": "whatsapp", "address": "+51987659999", "consent": True}]
    async with world.db.transaction() as session:
        held = await contacts.contact_point_of(session, Channel.WHATSAPP, "+51987650001", None)
        assert held is not None
        progress = await world.portfolio.take_over_now(orjson.dumps(changed), caller="erp")
    assert not progress.is_over
    assert "portfolio.take_over" in await world.job_names()
    await world.portfolio.run(progress.id)
    assert (await world.portfolio.progress(progress.id)).state is ImportState.DONE


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", PortfolioMalformed),
        (b"{", PortfolioMalformed),
        (b"[" * 100_000, PortfolioMalformed),
        (b'{"debtors": ["\\ud800"]}', PortfolioMalformed),
        ('{"creditors": "ж"}'.encode("cp1251"), EncodingUnknown),
        (b"\xff\xfe\x00", EncodingUnknown),
    ],
)
async def test_what_is_no_data_is_refused_at_once_and_kept_by_nobody(
    world: World, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await world.portfolio.take_over_now(content, caller="erp")
    assert await world.rows(PortfolioImport) == []
    import_id = (await world.portfolio.receive(content, caller="erp")).id
    await world.portfolio.run(import_id)
    progress = await world.portfolio.progress(import_id)
    assert (progress.state, progress.problem) == (ImportState.REJECTED, error.code)  # type: ignore[attr-defined]


async def test_a_file_that_fits_in_nothing_is_rejected_with_its_errors(world: World) -> None:
    wrong = a_portfolio(a_debtor_row(country="XX"))
    import_id = await stored(world, wrong)
    await world.portfolio.run(import_id)
    progress = await world.portfolio.progress(import_id)
    assert (progress.state, progress.problem) == (ImportState.REJECTED, "portfolio_rejected")
    assert [each.field for each in progress.report.errors] == ["country"]
    with pytest.raises(Rejected):
        await world.portfolio.take_over_now(orjson.dumps(wrong), caller="erp")
    assert await world.rows(Creditor) == []


async def test_an_import_that_is_given_up_says_so_and_is_not_begun_again(world: World) -> None:
    import_id = await stored(world, many(2))
    await world.portfolio.give_up(import_id)
    await world.portfolio.run(import_id)
    progress = await world.portfolio.progress(import_id)
    assert (progress.state, progress.taken) == (ImportState.FAILED, 0)
    assert progress.finished_at


async def test_an_import_that_nobody_made_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        await world.portfolio.progress(UUID(int=7))
