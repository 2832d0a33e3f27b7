"""A database that an earlier version left behind, migrated and used."""

import gzip
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import psycopg
import pytest
from sqlalchemy import text

from acuerdo.bootstrap import Acuerdo, Outside, build
from acuerdo.conversations.ports import ChannelAddress, InboundMessage
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.db.migrations import migrate
from acuerdo.platform.settings import Settings
from acuerdo.tasks import JOBS
from acuerdo.values.channels import Channel
from tests.clock import FixedClock
from tests.integration.conftest import Server
from tests.integration.fakes import FakeAnnouncements, FakeChannel, FakeEngine, FakeGateway

# Left by journeys of commit a86b4f2, with the secrets of development: promises, a plan, a claim,
# a dispute, a payment, refused and planned contacts, and jobs that nobody has done yet.
LANDED = Path(__file__).parent / "data" / "landed_a86b4f2.sql.gz"
LATER = datetime(2026, 11, 25, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def migrated(postgres: Server) -> Iterator[str]:
    """The URL of that database, brought up to date."""
    url = postgres.new_database(template="template0")
    dump = gzip.decompress(LANDED.read_bytes()).decode("utf-8")
    statements = "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements.encode())
    migrate(url)
    yield url
    postgres.drop(url)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
async def core(migrated: str, engine: FakeEngine) -> AsyncIterator[Acuerdo]:
    """The core of today on it, a day later; nobody outside is reached."""
    outside = Outside(
        clock=FixedClock(LATER),
        engine=engine,
        channels={
            channel: FakeChannel(channel) for channel in (Channel.WHATSAPP, Channel.TELEGRAM)
        },
        telephone=None,
        gateways={FakeGateway.name: FakeGateway()},
        announcements=cast(Announcements, FakeAnnouncements()),
    )
    core = build(_settings(migrated), outside)
    await core.open()
    yield core
    await core.close()


def _settings(url: str) -> Settings:
    # with a clock that stands still nobody may be waited for
    return Settings.model_validate(
        {"database_url": url, "conversation": {"burst_window_seconds": 0}}
    )


async def asked(core: Acuerdo, query: str) -> list[tuple[object, ...]]:
    async with core.db.transaction() as session:
        return [tuple(row) for row in (await session.execute(text(query))).all()]


async def test_the_ledger_still_holds(core: Acuerdo) -> None:
    report = await core.audit.verify()
    assert report.findings == []
    assert report.sealed > 50


async def test_every_queued_job_is_known_by_its_new_name(core: Acuerdo) -> None:
    queued = await asked(
        core, "select task_name, args from procrastinate_jobs where status = 'todo'"
    )
    known = {each.name: each for each in JOBS}
    names = {name for name, _ in queued}
    assert names >= {"outreach.attempt", "outreach.break_promise_if_overdue"}
    for name, arguments in queued:
        assert known[str(name)].read(dict(arguments)), name  # type: ignore[call-overload]


async def test_every_debtor_has_a_file_with_what_was_agreed(core: Acuerdo) -> None:
    names = [str(name) for (name,) in await asked(core, "select external_id from debtor")]
    files = [await core.views.debtor_files.as_json(name) for name in names]
    assert len(files) > 10
    for kind in ("promises", "plans", "disputes", "payment_claims", "conversations", "attempts"):
        assert any(each[kind] for each in files), kind


async def test_what_was_opened_can_be_worked(core: Acuerdo) -> None:
    found = dict(await asked(core, "select kind, count(*) from debtor_case group by kind"))
    assert found.keys() >= {"dispute", "payment_claim"}


async def test_a_conversation_goes_on(core: Acuerdo, engine: FakeEngine) -> None:
    ((address,),) = await asked(
        core,
        "select p.address from conversation c join contact_point p on p.id = c.contact_point_id"
        " where c.channel = 'whatsapp' and c.owner = 'bot' and p.state = 'active'"
        " order by c.started_at desc limit 1",
    )
    sender = ChannelAddress(Channel.WHATSAPP, str(address), None)
    conversation_id = await core.conversations.inbox.receive(
        Webhook("twilio", "later", "{}"), InboundMessage(sender, provider_id="later", text="hola")
    )
    assert conversation_id is not None
    await core.conversations.turns.reply_to(conversation_id)
    assert [each.text for each in engine.asked] == ["hola"]
