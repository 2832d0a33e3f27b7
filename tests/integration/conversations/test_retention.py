"""M8: what is old is deleted by itself, and that it was stays in the ledger."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from acuerdo.audit.models import Decision
from acuerdo.bootstrap import new_audit
from acuerdo.conversations.media_quota import FilesSent, quota_problem
from acuerdo.conversations.models import Message, Owner
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.idempotency.models import AnsweredRequest
from acuerdo.platform.settings import MediaSettings, RetentionSettings
from acuerdo.portfolio.models import ImportState, PortfolioImport
from tests.builders import a_contact_point, a_conversation, a_debtor, a_message, saved
from tests.clock import NOW
from tests.integration.conftest import AUDIT_SECRET
from tests.integration.world import World

LIMITS = MediaSettings(
    largest_bytes=10, sender_files_a_day=2, sender_bytes_a_day=30, free_bytes=100
)


@pytest.mark.parametrize(
    ("sent", "free", "problem"),
    [
        (FilesSent(), 110, None),
        (FilesSent(), 109, "disk_full"),
        (FilesSent(1, 20), 1000, None),
        (FilesSent(1, 21), 1000, "too_many_bytes"),
        (FilesSent(2, 2), 1000, "too_many_files"),
    ],
)
def test_a_sender_has_a_quota_and_the_disk_stays_free(
    sent: FilesSent, free: int, problem: str | None
) -> None:
    assert quota_problem(sent, free, LIMITS) == problem


async def test_old_words_files_and_bodies_go_and_the_ledger_still_proves_the_rest(
    world: World, tmp_path: Path
) -> None:
    # given two old messages with one file between them, sealed, and a webhook that said it again
    (tmp_path / "f1").write_bytes(b"receipt")
    debtor = a_debtor()
    talk = a_conversation(point := a_contact_point(debtor), owner=Owner.NOBODY)
    talk.closed_at = NOW
    said = [a_message(talk, "le pago el lunes"), a_message(talk, "gracias")]
    for message in said:
        message.media = [{"kind": "image", "file": "f1", "bytes": 7}]
    event = ExternalEvent(
        source="test",
        event_id="1",
        body="le pago el lunes",
        state=EventState.HANDLED,
        received_at=NOW,
        handled_at=NOW,
    )
    await saved(world.db, debtor, point, talk, *said, event)
    audit = new_audit(world.db, world.clock, [AUDIT_SECRET])
    sealing = replace(world.core.operation.sealing, audit=audit)
    await sealing.seal(settled_after=timedelta())
    # when their time is over
    settings = RetentionSettings(media_days=10, message_days=10, external_event_days=10)
    retention = replace(world.core.operation.retention, settings=settings, folder=tmp_path)
    world.clock.advance(days=9)
    assert set((await retention.purge()).values()) == {0}
    world.clock.advance(days=2)
    gone = {"media": 2, "messages": 2, "external_events": 1}
    assert {kind: count for kind, count in (await retention.purge()).items() if count} == gone
    # then they are gone, once
    assert not (tmp_path / "f1").exists()
    assert {row.text for row in await world.rows(Message)} == {""}
    assert [row.body for row in await world.rows(ExternalEvent)] == [""]
    assert set((await retention.purge()).values()) == {0}
    # and the ledger says so and is whole
    purged = {row.rule: row.facts["count"] for row in await world.rows(Decision)}
    assert purged == {"media": 2, "messages": 2, "external_events": 1}
    assert await sealing.verify() == []
    assert (await audit.verify()).count == 0


async def test_nothing_goes_where_nothing_is_to_go(world: World, tmp_path: Path) -> None:
    never = RetentionSettings.model_validate(dict.fromkeys(RetentionSettings.model_fields, 0))
    retention = replace(world.core.operation.retention, settings=never, folder=tmp_path)
    assert await retention.purge() == {}
    assert await retention.forget_message_bodies() == 0


async def test_a_proof_in_what_a_channel_sent_is_gone_after_a_day(world: World) -> None:
    # given somebody who typed a proof, what a gateway told, and what broke on us
    talk = await world.someone_writes("mi dni es 45671234")
    await world.turns.reply_to(talk)
    others = [
        ExternalEvent(
            source="gateway", event_id=str(number), body="45671234", state=state, job=job,
            received_at=NOW, handled_at=None,
        )
        for number, (state, job) in enumerate(
            ((EventState.HANDLED, "payments.handle_event"), (EventState.RECEIVED, "x"),
             (EventState.UNREADABLE, None), (EventState.FAILED, "x"))
        )
    ]  # fmt: skip
    await saved(world.db, *others)
    assert "45671234" in (await bodies(world))["tests"][0]
    # when a day has passed
    world.clock.advance(hours=25)
    assert await world.core.operation.retention.forget_message_bodies() == 1
    # then the message's body is empty, and what may be needed again is there for now
    left = await bodies(world)
    assert left["tests"] == [""]
    assert left["gateway"] == ["45671234"] * 4
    world.clock.advance(days=31)
    await world.core.operation.retention.purge()
    assert sorted((await bodies(world))["gateway"]) == ["", "", "45671234", "45671234"]


async def bodies(world: World) -> dict[str, list[str]]:
    """What is kept of what came in, by its source."""
    found: dict[str, list[str]] = {}
    for row in await world.rows(ExternalEvent):
        found.setdefault(row.source, []).append(row.body)
    return found


async def test_answers_by_key_and_ended_imports_are_forgotten(world: World) -> None:
    # given requests with a key, imports that ended and one that goes on
    asked = [
        AnsweredRequest(
            caller="erp", operation="contacts", key=f"k{number}", fingerprint=b"x", status=status,
            answer=None, started_at=NOW,
        )
        for number, status in enumerate((202, 409, None))
    ]  # fmt: skip
    imports = [
        PortfolioImport(
            caller="erp", state=state, problem=None, content=content, taken=0, total=1, report={},
            received_at=NOW, finished_at=ended,
        )
        for state, content, ended in (
            (ImportState.DONE, None, NOW), (ImportState.REJECTED, None, NOW),
            (ImportState.FAILED, b"a file", NOW), (ImportState.RUNNING, b"another", None),
        )
    ]  # fmt: skip
    await saved(world.db, *asked, *imports)
    retention = world.core.operation.retention
    world.clock.advance(days=6)
    assert set((await retention.purge()).values()) == {0}
    # when their time is over
    world.clock.advance(days=2)
    assert (await retention.purge())["answered_requests"] == 3
    world.clock.advance(days=90)
    assert (await retention.purge())["portfolio_imports"] == 3
    # then only what goes on is left
    assert await world.rows(AnsweredRequest) == []
    assert [each.state for each in await world.rows(PortfolioImport)] == [ImportState.RUNNING]
