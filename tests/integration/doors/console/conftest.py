"""The desk over real PostgreSQL, without a browser, a provider or an engine."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import select

import doors.console
from acuerdo.bootstrap import Acuerdo, Outside, build
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.db.embedded import EmbeddedRedis
from acuerdo.platform.db.session import Database
from acuerdo.platform.settings import Settings
from acuerdo.staff.models import Staff
from acuerdo.staff.permissions import Role
from acuerdo.staff.service import StaffService
from tests.builders import MASTER_KEY
from tests.clock import FixedClock
from tests.integration.doors.console.pages import Browser, NoEngine

PASSWORD = "a long enough password"
# as weak as can be, so that tests do not wait for it
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


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
async def core(
    database_url: str, clock: FixedClock, announcements: Announcements, tmp_path: Path
) -> AsyncIterator[Acuerdo]:
    """The core of a desk without a provider; a question to the engine fails the test."""
    settings = Settings.model_validate(
        {
            "database_url": database_url,
            "secret_key": MASTER_KEY,
            "media_dir": tmp_path / "media",
            "desk": {"session_minutes": 60},
        }
    )
    outside = Outside(
        clock=clock,
        engine=NoEngine(),
        channels={},
        telephone=None,
        gateways={},
        announcements=announcements,
        hasher=QUICK,
    )
    core = build(settings, outside)
    await core.open()
    yield core
    await core.close()


@pytest.fixture
def staff(core: Acuerdo) -> StaffService:
    """The service of the people at the desk."""
    return core.staff


@pytest.fixture
def app(core: Acuerdo) -> FastAPI:
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
