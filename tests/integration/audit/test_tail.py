"""M2: the end of the ledger, and what is sealed in batches; whoever cuts or edits them is found."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from acuerdo.audit.chain import Fault
from acuerdo.audit.repository import record_decision
from acuerdo.audit.sealing import SETTLED_AFTER, BatchSealing
from acuerdo.audit.service import Audit
from acuerdo.bootstrap import new_audit
from acuerdo.platform.db.session import Database
from acuerdo.tables import batch_sealed_kinds
from tests.clock import NOW, FixedClock
from tests.integration.conftest import AUDIT_SECRET
from tests.integration.story import a_story
from tests.integration.world import World

Edit = Callable[..., Awaitable[None]]


@pytest.fixture
def audit(db: Database, clock: FixedClock) -> Audit:
    return new_audit(db, clock, [AUDIT_SECRET])


@pytest.fixture
def sealing(world: World, audit: Audit, clock: FixedClock, tmp_path: Path) -> BatchSealing:
    anchors = replace(
        world.core.operation.sealing.anchors, file=tmp_path / "elsewhere" / "anchors.log"
    )
    return replace(world.core.operation.sealing, audit=audit, anchors=anchors)


@pytest.fixture
def by_hand(db: Database) -> Edit:
    """Somebody with all rights to the database edits it, past every trigger."""

    async def edit(*statements: str, **values: Any) -> None:
        async with db.transaction() as session:
            await session.execute(text("set local session_replication_role = replica"))
            for statement in statements:
                result: Any = await session.execute(text(statement), values)
                assert result.rowcount != 0, f"nothing was edited by {statement}"

    return edit


async def decide(db: Database, times: int) -> None:
    for number in range(times):
        async with db.transaction() as session:
            await record_decision(
                session, at=NOW, kind="offer", allowed=True, rule=f"r{number}", facts={}
            )


@pytest.mark.parametrize("cut", [1, 40])
@pytest.mark.parametrize("occasion", ["schedule", "night", "export", "command"])
async def test_a_cut_tail_is_found_by_what_was_noted_outside(
    db: Database, audit: Audit, sealing: BatchSealing, by_hand: Edit, cut: int, occasion: Any
) -> None:
    # given a ledger whose head was noted
    await decide(db, 45)
    await sealing.anchor(occasion)
    assert (await audit.verify(noted=sealing.anchors.noted())).count == 0
    # when the last links go with their rows, and the head is set to the one before
    kept = 45 - cut
    await by_hand(
        "delete from decision where id::text in"
        " (select key from audit_entry where position > :kept and subject = 'decision')",
        "delete from audit_entry where position > :kept",
        "update audit_head set position = :kept,"
        " hash = (select hash from audit_entry where position = :kept)",
        kept=kept,
    )
    # then the chain alone is whole, and against the noted head it is not
    assert (await audit.verify()).count == 0
    report = await audit.verify(noted=sealing.anchors.noted())
    assert {finding.fault for finding in report.findings} == {Fault.NOTED}
    # also when the product has gone on since
    await decide(db, 60)
    report = await audit.verify(noted=sealing.anchors.noted())
    assert {finding.fault for finding in report.findings} == {Fault.NOTED}


async def test_a_ledger_that_was_emptied_is_found(
    db: Database, audit: Audit, sealing: BatchSealing, by_hand: Edit
) -> None:
    await decide(db, 3)
    await sealing.anchor("schedule")
    await by_hand(
        "delete from decision",
        "delete from audit_entry",
        "update audit_head set position = 0, hash = decode(repeat('00', 32), 'hex')",
    )
    assert (await audit.verify(noted=sealing.anchors.noted())).count == 1


async def test_the_head_is_noted_where_it_moved_and_every_night(
    db: Database, sealing: BatchSealing, tmp_path: Path
) -> None:
    await decide(db, 1)
    for occasion in ("schedule", "schedule", "night", "schedule"):
        await sealing.anchor(occasion)  # type: ignore[arg-type]

    file = tmp_path / "elsewhere" / "anchors.log"
    lines = file.read_text().splitlines()
    assert [line.split()[2] for line in lines] == ["schedule", "night"]
    assert lines[0].startswith(f"{NOW.isoformat()} 1:")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_head set position = 0",
        "update audit_head set position = position, hash = decode(repeat('00', 32), 'hex')",
        "update audit_head set hash = 'short'::bytea, position = position + 1",
        "update audit_head set position = position - 1",
        "delete from audit_head",
        "truncate audit_head",
        "delete from sealed_batch",
        "truncate sealed_batch",
        "update sealed_batch set count = 0",
        "delete from audit_entry",
    ],
)
async def test_the_head_and_the_batches_are_protected_like_the_rows(
    world: World, sealing: BatchSealing, statement: str
) -> None:
    await a_story(world)
    await sealing.seal(settled_after=timedelta())
    with pytest.raises(IntegrityError):
        async with world.db.transaction() as session:
            await session.execute(text(statement))


async def test_what_is_recorded_is_sealed_once_it_is_settled(
    world: World, sealing: BatchSealing, clock: FixedClock
) -> None:
    await a_story(world)
    # the first look marks how far the tables were, the second one seals up to there
    assert await sealing.seal() == 0
    clock.advance(seconds=SETTLED_AFTER.total_seconds())
    count = await sealing.seal()
    assert count > 0
    assert await sealing.seal() == 0
    assert await sealing.verify() == []


@pytest.mark.parametrize(
    ("statement", "fault", "table"),
    [
        ("update message set text = 'otra cosa'", Fault.CHANGED, "message"),
        ("update message set author = 'agent'", Fault.CHANGED, "message"),
        ("update message set at = at + interval '1 day'", Fault.CHANGED, "message"),
        ("update message set text = '', text_digest = 'x'", Fault.CHANGED, "message"),
        ("delete from message", Fault.REMOVED, "message"),
        ("update identity_check set passed = not passed", Fault.CHANGED, "identity_check"),
        (
            "update identity_check set debtor_id = gen_random_uuid()",
            Fault.CHANGED,
            "identity_check",
        ),
        ("delete from identity_check", Fault.REMOVED, "identity_check"),
        ("update contact_stop set source = 'nobody'", Fault.CHANGED, "contact_stop"),
        ("delete from contact_stop", Fault.REMOVED, "contact_stop"),
    ],
)
async def test_messages_proofs_and_stops_are_sealed(
    world: World, sealing: BatchSealing, by_hand: Edit, statement: str, fault: Fault, table: str
) -> None:
    # given what was said, proven and stopped
    await a_story(world)
    async with world.db.transaction() as session:
        await session.execute(
            text(
                "insert into identity_check"
                " (id, conversation_id, contact_point_id, turn_id, factor, passed, at)"
                " values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),"
                " gen_random_uuid(), 'document_last4', true, now())"
            )
        )
        await session.execute(
            text(
                "insert into contact_stop (id, debtor_id, kind, since_at, source)"
                " select gen_random_uuid(), id, 'represented', now(), 'test' from debtor limit 1"
            )
        )
    await sealing.seal(settled_after=timedelta())
    assert await sealing.verify() == []
    # when somebody edits them
    await by_hand(statement)
    # then it is found, with its table
    found = await sealing.verify()
    assert {(finding.fault, finding.subject) for finding in found} == {(fault, table)}


async def test_a_row_that_is_slipped_in_between_is_found(
    world: World, sealing: BatchSealing, by_hand: Edit
) -> None:
    await a_story(world)
    await sealing.seal(settled_after=timedelta())
    await by_hand(
        "insert into message (id, sequence, conversation_id, channel, direction, author, text,"
        " buttons, media, state, at) overriding system value"
        " select gen_random_uuid(), 0, conversation_id, channel, direction, author, 'nunca dije',"
        " buttons, media, state, at from message limit 1"
    )
    found = await sealing.verify()
    assert [(finding.fault, finding.key) for finding in found] == [(Fault.UNSEALED, "0")]


async def test_a_batch_is_one_link(world: World, sealing: BatchSealing, audit: Audit) -> None:
    await a_story(world)
    before = (await audit.head()).position
    rows = await sealing.seal(settled_after=timedelta())
    assert rows > (await audit.head()).position - before
    assert (await audit.head()).position - before <= len(batch_sealed_kinds())
