"""Alembic: runs the migrations over the connection it is given, or over the configured database."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine, text

from acuerdo.platform.db.types import Named, UtcDateTime
from acuerdo.platform.settings import Settings, database_url_for_sqlalchemy
from acuerdo.tables import METADATA

# A migration that must wait for a lock longer than this gives up instead of blocking the product.
LOCK_TIMEOUT_SECONDS = 5


def _ours(object_: object, name: str | None, type_: str, _reflected: bool, _to: object) -> bool:
    return not (type_ == "table" and (name or "").startswith("procrastinate_"))


def _render(type_: str, column_type: object, _autogen: object) -> str | Literal[False]:
    """Our column types as the plain ones they are in the database: migrations import nothing."""
    if type_ == "type" and isinstance(column_type, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if type_ == "type" and isinstance(column_type, Named):
        return "sa.String(length=32)"
    return False


def _migrate(connection: Connection) -> None:
    connection.execute(text(f"set lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_object=_ours,
        transaction_per_migration=True,
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    url = context.config.get_main_option("sqlalchemy.url") or Settings().database_url
    with create_engine(database_url_for_sqlalchemy(url)).connect() as connection:
        _migrate(connection)
