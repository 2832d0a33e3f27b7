"""M2: the product's role does all its work, and can switch off nothing that protects the ledger."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from acuerdo.bootstrap import new_audit, new_database
from acuerdo.platform.db.migrations import NotTheOwner, migrate
from acuerdo.platform.db.roles import PRODUCT_ROLE, ProductRoleTooStrong, with_role
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.servers import with_database
from acuerdo.platform.settings import Settings, database_url_for_sqlalchemy
from tests.clock import FixedClock
from tests.integration.conftest import AUDIT_SECRET, Server
from tests.integration.story import a_story
from tests.integration.world import World


def run(url: str, *statements: str) -> None:
    engine = create_engine(database_url_for_sqlalchemy(url))
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture
def owner(postgres: Server) -> Iterator[str]:
    """An empty database of an owner who is no superuser, as a hosted PostgreSQL gives one."""
    admin = postgres.new_database("template0")
    role = f"owner_{uuid4().hex[:8]}"
    run(
        admin,
        f"create role {role} login createrole password 'a-long-owner-password'",
        f"grant all on schema public to {role}",
        f"alter schema public owner to {role}",
        f"alter database {make_url(admin).database} owner to {role}",
    )
    yield with_role(admin, role)
    postgres.drop(admin)


@pytest.fixture(params=["embedded", "hosted"])
def product(request: pytest.FixtureRequest, postgres: Server, owner: str) -> Iterator[str]:
    """The URL of the product's role, on a database that its owner has migrated."""
    if request.param == "hosted":
        url = with_role(owner, f"product_{uuid4().hex[:8]}")
        migrate(owner, product_url=url)
        yield url
        return
    superuser = postgres.new_database()
    url = with_role(superuser, PRODUCT_ROLE)
    migrate(superuser, product_url=url)
    yield url
    postgres.drop(superuser)


@pytest.fixture
async def product_db(product: str, clock: FixedClock) -> AsyncIterator[Database]:
    database = new_database(product, clock, [AUDIT_SECRET], pool_size=5)
    yield database
    await database.close()


async def test_the_product_does_its_work(
    product_db: Database, clock: FixedClock, jobs: Jobs
) -> None:
    await a_story(World(product_db, clock, jobs))
    report = await new_audit(product_db, clock, [AUDIT_SECRET]).verify()
    assert report.sealed
    assert report.count == 0


@pytest.mark.parametrize(
    "statement",
    [
        "set session_replication_role = replica",
        "set local session_replication_role = 'local'",
        "alter table audit_entry disable trigger all",
        "alter table attempt disable trigger acuerdo_append_only",
        "drop trigger acuerdo_forward on audit_head",
        "create or replace function acuerdo_refuse_change() returns trigger"
        " language plpgsql as $$ begin return new; end $$",
        "create function anything() returns int language sql as 'select 1'",
        "drop table audit_entry",
        "alter table audit_entry rename to elsewhere",
        "truncate audit_entry",
        "delete from audit_entry",
        "update decision set allowed = true",
        "delete from audit_head",
        "insert into audit_head (id, position, hash) values (2, 0, 'x')",
        "update alembic_version set version_num = '0001'",
        "alter role current_user superuser",
        "create role another superuser",
        "create table anything (id int)",
        "set role postgres",
        "copy decision from program 'true'",
        "select pg_read_file('/etc/hostname')",
    ],
)
async def test_the_product_switches_nothing_off(product_db: Database, statement: str) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with product_db.transaction() as session:
            await session.execute(text(statement))
    assert "permission denied" in str(refused.value) or "must be" in str(refused.value)


def test_at_the_newest_shape_the_product_may_ask_for_migrations(product: str) -> None:
    migrate(product)


def test_without_the_owner_an_empty_database_stays_empty(postgres: Server, product: str) -> None:
    empty = postgres.new_database("template0")
    with pytest.raises(NotTheOwner):
        migrate(with_role(empty, make_url(product).username or ""))
    postgres.drop(empty)


def test_a_role_that_could_do_all_is_not_taken_for_the_products(owner: str) -> None:
    with pytest.raises(ProductRoleTooStrong):
        migrate(owner, product_url=with_role(owner, "postgres"))


def test_the_embedded_server_is_used_by_that_role(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("run")
    servers = with_database(Settings(_env_file=None, database_url="", run_dir=folder))  # type: ignore[call-arg]
    try:
        servers.migrate()
        url = servers.settings.database_url
        assert make_url(url).username == PRODUCT_ROLE
        run(url, "select count(*) from decision")
        with pytest.raises(DBAPIError, match="permission denied"):
            run(url, "set session_replication_role = replica")
    finally:
        servers.stop()
