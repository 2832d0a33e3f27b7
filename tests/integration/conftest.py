"""A PostgreSQL of our own for the whole run; every test gets a fresh database of it."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Engine

from acuerdo.bootstrap import new_database
from acuerdo.platform.db.embedded import EmbeddedPostgres
from acuerdo.platform.db.migrations import migrate
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs, new_app
from acuerdo.platform.settings import database_url_for_sqlalchemy
from acuerdo.tasks import JOBS
from quality import leash
from tests.clock import FixedClock
from tests.integration.world import World

_TEMPLATE = "acuerdo_template"
_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM_BYTES = 2 * 1024**3
AUDIT_SECRET = "a secret for tests"


class Server:
    """Makes databases, each a copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._postgres = EmbeddedPostgres(folder)
        self._admin: Engine = create_engine(
            database_url_for_sqlalchemy(self._postgres.url), isolation_level="AUTOCOMMIT"
        )
        # what a test database holds need not survive a power cut
        for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
            self._run(statement)
        self._run(f"CREATE DATABASE {_TEMPLATE}")
        migrate(self._url(_TEMPLATE))

    def _url(self, database: str) -> str:
        return make_url(self._postgres.url).set(database=database).render_as_string(False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    @property
    def pid(self) -> int:
        """The id of the server's first process."""
        return int((self._folder / "postmaster.pid").read_text().splitlines()[0])

    def new_database(self, template: str = _TEMPLATE) -> str:
        """The URL of a fresh database, migrated unless another template is named."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server."""
        self._admin.dispose()
        self._postgres.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL server for the run.

    Not in pytest's own folder: another run of pytest that begins meanwhile takes the rights to
    that folder away from the user as whom a server of root's runs.
    """
    with TemporaryDirectory(
        prefix="acuerdo-postgres-", dir=_in_memory(), ignore_cleanup_errors=True
    ) as folder:
        server = Server(Path(folder) / "data")
        held = leash.hold(server.pid, Path(folder))
        yield server
        server.stop()
        leash.let_go(held)


def _in_memory() -> str | None:
    """Where files are kept in memory, if there is room: a database is made for every test."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        return str(_MEMORY) if disk_usage(_MEMORY).free > _ROOM_BYTES else None
    return None


@pytest.fixture
def database_url(postgres: Server) -> Iterator[str]:
    """The URL of a migrated, empty database of the test's own."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture
async def db(database_url: str, clock: FixedClock) -> AsyncIterator[Database]:
    """A migrated, empty database of the test's own; what is recorded in it is sealed."""
    database = new_database(database_url, clock, [AUDIT_SECRET], pool_size=5)
    yield database
    await database.close()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still."""
    return FixedClock()


@pytest.fixture
async def jobs(database_url: str) -> AsyncIterator[Jobs]:
    """A queue whose jobs nobody runs."""
    app = new_app(database_url, pool_size=1)
    for each in JOBS:
        app.task(name=each.name)(_never_run)
    await app.open_async()
    yield Jobs(app)
    await app.close_async()


async def _never_run(**_: str) -> None:
    raise AssertionError("no worker runs here")


@pytest.fixture
def world(db: Database, clock: FixedClock, jobs: Jobs) -> World:
    """The core with everything outside of it faked."""
    return World(db, clock, jobs)
