"""Errors that end by themselves when the database is back: every door and every job knows these."""

from typing import Final

from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError as DatabaseGone
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

TRANSIENT: Final[tuple[type[Exception], ...]] = (
    OperationalError,
    InterfaceError,
    PoolExhausted,
    DatabaseGone,
    ConnectorException,
    ConnectionError,
)
