"""The desk over real PostgreSQL, without a browser, a provider or an engine."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import select

import doors.console
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.contact.service import Contact
from acuerdo.conversations.hand_off import HandOff
from acuerdo.conversations.identity import Identity
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.turns import Turns
from acuerdo.conversations.wishes import Wishes
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.embedded import EmbeddedRedis
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import JobName, Jobs, new_app
from acuerdo.platform.settings import ConversationSettings, DeskSettings, EngineSettings, Settings
from acuerdo.staff.models import Role, Staff
from acuerdo.staff.service import StaffService
from acuerdo.views.desk.service import Desk
from acuerdo.views.dossier.service import Dossiers
from acuerdo.views.reports.service import Reports
from tests.builders import VAULT
from tests.clock import FixedClock
from tests.integration.doors.console.pages import Browser, NoEngine

PASSWORD = "a long enough password"
# as weak as can be, so that tests do not wait for it
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Core:
    """The part of the composition root that the desk uses."""

    settings: Settings
    clock: Clock
    staff: StaffService
    desk: Desk
    hand_off: HandOff
    wishes: Wishes
    reports: Reports
    house_limits: HouseLimitsService
    dossiers: Dossiers
    announcements: Announcements


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    """One Redis for the run."""
    server = EmbeddedRedis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
async def announcements(redis_server: EmbeddedRedis) -> AsyncIterator[Announcements]:
    """Announcements that are heard."""
    announcements = Announcements(redis_server.url)
    yield announcements
    await announcements.close()


@pytest.fixture
async def jobs(database_url: str) -> AsyncIterator[Jobs]:
    """A queue whose jobs nobody runs."""
    app = new_app(database_url, pool_size=1)
    for name in JobName:
        app.task(name=name.value)(_never_run)
    await app.open_async()
    yield Jobs(app)
    await app.close_async()


async def _never_run(**_: str) -> None:
    raise AssertionError("no worker runs here")


@pytest.fixture
def staff(db: Database, clock: FixedClock) -> StaffService:
    """The service of the people at the desk."""
    return StaffService(db, clock, DeskSettings(session_minutes=60), hasher=QUICK)


@pytest.fixture
def core(
    db: Database,
    clock: FixedClock,
    jobs: Jobs,
    staff: StaffService,
    announcements: Announcements,
    tmp_path: Path,
) -> Core:
    """What the desk's pages find as `app.state.acuerdo`."""
    contact = Contact(db, clock, {})
    identity = Identity(db, clock, VAULT, ConversationSettings())
    outbox = Outbox(db, clock, contact, announcements)
    turns = Turns(
        db,
        clock,
        NoEngine(),
        identity,
        outbox,
        announcements,
        ConversationSettings(),
        EngineSettings(),
    )
    return Core(
        settings=Settings(media_dir=tmp_path / "media", _env_file=None),
        clock=clock,
        staff=staff,
        desk=Desk(db, clock, contact),
        hand_off=HandOff(db, clock, jobs, contact, outbox, turns, announcements),
        wishes=Wishes(db, clock),
        reports=Reports(db, clock),
        house_limits=HouseLimitsService(db, clock),
        dossiers=Dossiers(db, clock, VAULT),
        announcements=announcements,
    )


@pytest.fixture
def app(core: Core) -> FastAPI:
    """The desk as an application of its own."""
    app = FastAPI()
    app.state.acuerdo = core
    app.include_router(doors.console.router)
    doors.console.mount(app)
    return app


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which nobody is logged in."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        yield client


@pytest.fixture
async def lucia(staff: StaffService, db: Database) -> Staff:
    """An agent."""
    return await _added(staff, db, "lucia", "Lucía Ramos")


@pytest.fixture
async def marco(staff: StaffService, db: Database) -> Staff:
    """A colleague."""
    return await _added(staff, db, "marco", "Marco Díaz")


@pytest.fixture
async def gabriel(staff: StaffService, db: Database) -> Staff:
    """A manager."""
    return await _added(staff, db, "gabriel", "Gabriel Gerente", Role.MANAGER)


async def _added(
    staff: StaffService, db: Database, login: str, name: str, role: Role = Role.AGENT
) -> Staff:
    await staff.add(login, name, role, PASSWORD)
    async with db.transaction() as session:
        found = await session.scalars(select(Staff).where(Staff.login == login))
        return found.one()


@pytest.fixture
async def browser(visitor: httpx.AsyncClient, lucia: Staff) -> Browser:
    """Lucía's browser, logged in."""
    browser = Browser(visitor)
    await browser.log_in(lucia.login, PASSWORD)
    return browser


@pytest.fixture
async def managers_browser(visitor: httpx.AsyncClient, gabriel: Staff) -> Browser:
    """Gabriel's browser, logged in."""
    browser = Browser(visitor)
    await browser.log_in(gabriel.login, PASSWORD)
    return browser


def url_of(conversation_id: UUID) -> str:
    """The page of a conversation."""
    return f"/desk/conversations/{conversation_id}"
