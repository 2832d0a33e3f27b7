"""Brings a database to the newest shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from acuerdo.platform.settings import ROOT, database_url_for_sqlalchemy


def migrate(url: str, *, root: Path = ROOT) -> None:
    """Apply every migration that is missing; does nothing where none is."""
    engine = create_engine(database_url_for_sqlalchemy(url))
    try:
        with engine.connect() as connection:
            command.upgrade(configuration(root, connection), "head")
    finally:
        engine.dispose()


def configuration(root: Path, connection: object) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config(str(root / "alembic.ini"))
    config.set_main_option("script_location", str(root / "migrations"))
    config.attributes["connection"] = connection
    return config
