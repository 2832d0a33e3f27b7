"""Brings a database to the newest shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import create_engine
from sqlalchemy.exc import ProgrammingError

from acuerdo.platform.db.roles import is_prepared, prepare_product_role, role_of
from acuerdo.platform.settings import ROOT, database_url_for_sqlalchemy


class NotTheOwner(Exception):
    """A migration is missing, and this role may not change tables."""


def migrate(url: str, *, product_url: str = "", root: Path = ROOT) -> None:
    """Apply every migration that is missing; does nothing where none is.

    `url` is the owner's. `product_url`: another role's, which is made where it is missing and may
    then work with all tables. Raises NotTheOwner where something is missing and `url` is not the
    owner's, ProductRoleTooStrong.
    """
    engine = create_engine(database_url_for_sqlalchemy(url))
    try:
        with engine.connect() as connection:
            try:
                command.upgrade(configuration(root, connection), "head")
            except ProgrammingError as error:
                if isinstance(error.orig, InsufficientPrivilege):
                    raise NotTheOwner from error
                raise
            role, password = role_of(product_url)
            if role and role != role_of(url)[0] and not is_prepared(connection, role):
                prepare_product_role(connection, role, password)
    finally:
        engine.dispose()


def configuration(root: Path, connection: object) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config(str(root / "alembic.ini"))
    config.set_main_option("script_location", str(root / "migrations"))
    config.attributes["connection"] = connection
    return config
