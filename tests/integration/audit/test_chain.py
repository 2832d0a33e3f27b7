"""The chain over a real ledger: what was recorded is sealed, what was changed by hand is found."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from acuerdo.agreements.models import Instalment, Plan, Promise
from acuerdo.audit.chain import Fault, Finding, Head
from acuerdo.audit.models import Decision
from acuerdo.audit.repository import record_decision
from acuerdo.audit.service import Audit, Report
from acuerdo.bootstrap import new_audit, new_database
from acuerdo.contact.models import Attempt
from acuerdo.payments.models import Payment
from acuerdo.platform.db.session import Database
from acuerdo.tables import audited_kinds
from tests.clock import FixedClock
from tests.integration.conftest import AUDIT_SECRET
from tests.integration.story import a_story
from tests.integration.world import World

Edit = Callable[..., Awaitable[None]]


@pytest.fixture
def audit(db: Database, clock: FixedClock) -> Audit:
    """The chain that the tests' database is connected with."""
    return new_audit(db, clock, [AUDIT_SECRET])


@pytest.fixture
def by_hand(db: Database) -> Edit:
    """Somebody with all rights to the database edits it, past every trigger."""

    async def edit(statement: str, **values: Any) -> None:
        async with db.transaction() as session:
            await session.execute(text("set local session_replication_role = replica"))
            result: Any = await session.execute(text(statement), values)
            assert result.rowcount != 0, "nothing was edited"

    return edit


@pytest.fixture
async def ledger(world: World) -> World:
    """A debtor who promised, agreed on a plan, paid a part, and was written to."""
    await a_story(world)
    return world


def faults(report: Report) -> set[tuple[Fault, str | None]]:
    """What was found, by table."""
    return {(finding.fault, finding.subject) for finding in report.findings}


async def positions(world: World, table: str) -> list[int]:
    """Where the rows of a table stand in the chain."""
    async with world.db.transaction() as session:
        found = await session.scalars(
            text("select position from audit_entry where subject = :table order by position"),
            {"table": table},
        )
        return list(found.all())


async def test_everything_recorded_is_sealed_and_an_untouched_ledger_is_whole(
    ledger: World, audit: Audit
) -> None:
    # when it is checked
    report = await audit.verify()
    # then nothing is wrong, and every row of every kind is in it
    assert report.findings == []
    assert report.count == report.adopted == 0
    for kind in (Attempt, Decision, Promise, Plan, Instalment, Payment):
        rows = await ledger.rows(kind)
        assert len(rows) == len(await positions(ledger, kind.__tablename__)) > 0
    assert report.sealed == report.head.position


async def test_what_may_change_is_no_fault(ledger: World, audit: Audit, by_hand: Edit) -> None:
    # given a promise whose state moves on, as it does in time
    await by_hand("update promise set state = 'broken', closed_at = now()")
    # then the chain stands
    assert (await audit.verify()).findings == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("promise", "update promise set amount_minor = amount_minor + 1"),
        ("promise", "update promise set due_on = due_on + 1"),
        ("promise", "update promise set words = words || '.'"),
        ("payment", "update payment set amount_minor = 1"),
        ("plan", "update plan set total_minor = total_minor - 1"),
        ("instalment", "update instalment set due_on = due_on + 1 where number = 2"),
        ("attempt", "update attempt set allowed = not allowed where id = 1"),
        ("attempt", "update attempt set at = at + interval '1 second' where id = 1"),
        (
            "decision",
            "update decision set facts = jsonb_set(facts, '{amount_minor}', '1')"
            " where facts ? 'amount_minor'",
        ),
    ],
)
async def test_a_changed_value_is_found(
    ledger: World, audit: Audit, by_hand: Edit, table: str, change: str
) -> None:
    # given a value that somebody changed by hand
    await by_hand(change)
    # then the row is named, and it is the only thing that is wrong
    report = await audit.verify()
    assert faults(report) == {(Fault.CHANGED, table)}
    assert all(finding.key for finding in report.findings)


@pytest.mark.parametrize("which", ["first", "middle", "last"])
async def test_a_removed_row_is_found(
    ledger: World, audit: Audit, by_hand: Edit, which: str
) -> None:
    # given a ledger without one of its rows
    places = await positions(ledger, "decision")
    place = places[{"first": 0, "middle": len(places) // 2, "last": -1}[which]]
    await by_hand(
        "delete from decision where id ="
        " (select key::bigint from audit_entry where position = :place)",
        place=place,
    )
    # then it is missed at its position
    (finding,) = (await audit.verify()).findings
    assert (finding.fault, finding.position) == (Fault.REMOVED, place)


async def test_a_removed_row_whose_entry_went_with_it_breaks_the_chain(
    ledger: World, audit: Audit, by_hand: Edit
) -> None:
    # given a middle row that is gone together with its link
    await by_hand("delete from decision where id = 1")
    await by_hand("delete from audit_entry where subject = 'decision' and key = '1'")
    # then a link is missing and the next one does not fit
    report = await audit.verify()
    assert {finding.fault for finding in report.findings} == {Fault.MISSING, Fault.BROKEN}


async def test_a_last_row_whose_entry_went_with_it_leaves_a_head_that_does_not_fit(
    ledger: World, audit: Audit, by_hand: Edit
) -> None:
    last = await audit.head()
    assert (await positions(ledger, "attempt"))[-1] == last.position
    await by_hand("delete from attempt where id = (select max(id) from attempt)")
    await by_hand("delete from audit_entry where position = :last", last=last.position)
    assert Finding(Fault.HEAD, last.position) in (await audit.verify()).findings


async def test_a_ledger_set_back_to_an_earlier_state_is_found_by_a_noted_head(
    ledger: World, audit: Audit, by_hand: Edit
) -> None:
    # given a head that was noted elsewhere, and a ledger whose end was cut off without a trace
    noted = await audit.head()
    places = await positions(ledger, "attempt")
    assert places[-1] == noted.position
    await by_hand("delete from attempt where id = (select max(id) from attempt)")
    await by_hand("delete from audit_entry where position = :last", last=noted.position)
    await by_hand(
        "update audit_head set position = e.position, hash = e.hash from"
        " (select * from audit_entry order by position desc limit 1) e"
    )
    # then the ledger looks whole by itself, and not beside what was noted
    assert (await audit.verify()).findings == []
    report = await audit.verify(noted=[noted])
    assert report.findings == [Finding(Fault.NOTED, noted.position)]


async def test_a_noted_head_that_the_chain_has_passed_is_no_fault(
    ledger: World, audit: Audit
) -> None:
    noted = await audit.head()
    await ledger.turns.reply_to(await ledger.someone_writes("otra cosa"))
    report = await audit.verify(noted=[noted])
    assert report.findings == []
    assert report.head.position > noted.position
    assert (await audit.verify(noted=[Head(noted.position, bytes(32))])).count == 1


async def test_two_rows_that_changed_places_are_both_found(
    ledger: World, audit: Audit, by_hand: Edit
) -> None:
    # given two attempts whose keys were swapped
    await by_hand("alter table attempt alter column id drop identity")
    await by_hand(
        "update attempt set id = case id when 1 then 1000002 else 1000001 end where id in (1, 2)"
    )
    await by_hand("update attempt set id = id - 1000000 where id > 1000000")
    # then both are named
    report = await audit.verify()
    assert faults(report) == {(Fault.CHANGED, "attempt")}
    assert len(report.findings) == 2


async def test_two_links_that_changed_places_break_the_chain(
    ledger: World, audit: Audit, by_hand: Edit
) -> None:
    await by_hand(
        "update audit_entry set position = case position when 1 then 1000002 else 1000001 end"
        " where position in (1, 2)"
    )
    await by_hand("update audit_entry set position = position - 1000000 where position > 1000000")
    report = await audit.verify()
    assert {finding.fault for finding in report.findings} == {Fault.BROKEN}
    assert [finding.position for finding in report.findings][:2] == [1, 2]


async def test_a_row_brought_by_hand_is_found_until_it_is_adopted_and_marked(
    ledger: World, audit: Audit, by_hand: Edit
) -> None:
    # given an attempt that nobody made
    await by_hand(
        "insert into attempt (contact_point_id, channel, purpose, at, allowed, rule)"
        " select contact_point_id, channel, purpose, at, allowed, rule from attempt where id = 1"
    )
    # then it is not in the chain
    (finding,) = (await audit.verify()).findings
    assert (finding.fault, finding.subject) == (Fault.UNSEALED, "attempt")
    # and an operator who takes it in leaves a mark that stays
    assert await audit.adopt() == {"attempt": 1}
    report = await audit.verify()
    assert (report.findings, report.adopted) == ([], 1)
    await by_hand("update audit_entry set adopted = false")
    assert {each.fault for each in (await audit.verify()).findings} == {Fault.BROKEN}


async def test_the_chain_outlives_a_change_of_the_master_key(
    ledger: World, database_url: str, clock: FixedClock
) -> None:
    # given a process with a new key that still knows the former one
    keys = ["a newer secret", AUDIT_SECRET]
    renewed = new_database(database_url, clock, keys, pool_size=1)
    audit = new_audit(renewed, clock, keys)
    try:
        async with renewed.transaction() as session:
            await record_decision(
                session, at=clock.now(), kind="offer", allowed=True, rule="any", facts={}
            )
        # then both parts of the chain are read, and without the former key the old part is not
        assert (await audit.verify()).findings == []
        forgetful = new_audit(renewed, clock, ["a newer secret"])
        report = await forgetful.verify()
        assert {each.fault for each in report.findings} == {Fault.BROKEN}
        assert report.count == report.sealed - 1
    finally:
        await renewed.close()


async def test_twenty_transactions_at_once_keep_one_chain(
    database_url: str, clock: FixedClock, audit: Audit
) -> None:
    # given as many connections as transactions
    crowded = new_database(database_url, clock, [AUDIT_SECRET], pool_size=20)

    async def record(number: int) -> None:
        for _ in range(5):
            async with crowded.transaction() as session:
                for _ in range(2):
                    await record_decision(
                        session,
                        at=clock.now(),
                        kind="offer",
                        allowed=True,
                        rule="any",
                        facts={"amount_minor": number},
                        debtor_id=UUID(int=number),
                    )

    # when all record at once
    try:
        await asyncio.gather(*(record(number) for number in range(20)))
    finally:
        await crowded.close()
    # then there is one chain of all of them
    report = await audit.verify()
    assert (report.findings, report.sealed) == ([], 200)


async def test_what_is_rolled_back_leaves_no_link(
    db: Database, clock: FixedClock, audit: Audit
) -> None:
    async def record_and_fail() -> None:
        async with db.transaction() as session:
            await record_decision(
                session, at=clock.now(), kind="offer", allowed=True, rule="any", facts={}
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await record_and_fail()
    assert await audit.head() == Head(0, bytes(32))
    assert (await audit.verify()).findings == []


@pytest.mark.parametrize(
    "statement",
    [
        "update attempt set allowed = not allowed",
        "delete from attempt",
        "truncate attempt",
        "update decision set rule = 'other'",
        "delete from decision",
        "update audit_entry set adopted = true",
        "delete from audit_entry",
        "update promise set amount_minor = 1",
        "delete from promise",
        "update payment set amount_minor = 1",
        "delete from payment",
        "update instalment set due_on = due_on + 1",
        "update plan set words = 'otras'",
    ],
)
async def test_the_database_refuses_what_the_product_never_does(
    ledger: World, statement: str
) -> None:
    async def run() -> None:
        async with ledger.db.transaction() as session:
            await session.execute(text(statement))

    with pytest.raises(IntegrityError, match="append-only"):
        await run()


async def test_progress_is_told(ledger: World, audit: Audit) -> None:
    told: list[tuple[int, int]] = []
    report = await audit.verify(progress=lambda done, whole: told.append((done, whole)))
    assert told == [(report.sealed, report.sealed)]


def test_the_ledger_is_these_tables() -> None:
    names = {kind.__tablename__ for kind in audited_kinds()}  # type: ignore[attr-defined]
    assert names >= {"attempt", "decision", "promise", "plan", "instalment", "payment"}
