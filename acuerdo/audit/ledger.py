"""Noting, inside a transaction, which rows are to be sealed at its end."""

from functools import cache
from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapper

from acuerdo.audit.models import Audited, BatchSealed

_NOTED: Final = "acuerdo.audit"


def append(session: AsyncSession, row: Audited) -> None:
    """Note a recorded row; it is sealed just before this transaction is committed."""
    session.info.setdefault(_NOTED, []).append(row)


async def record(session: AsyncSession, *rows: Audited) -> None:
    """Store new rows now, and seal them just before this transaction is committed."""
    session.add_all(rows)
    await session.flush()
    for row in rows:
        append(session, row)


def noted(session: AsyncSession) -> list[Audited]:
    """The rows noted in this transaction, in order; they are not given twice."""
    rows: list[Audited] = session.info.pop(_NOTED, [])
    return rows


def table_of(kind: type[Audited | BatchSealed]) -> str:
    """The name of a kind's table."""
    return str(inspect(kind).local_table.name)


def key_of(row: Audited) -> str:
    """A row's primary key as text."""
    (value,) = inspect(row).identity
    return str(value)


def fields_of(row: Audited) -> dict[str, Any]:
    """What a row says that may not change."""
    return {name: getattr(row, name) for name in _sealed_fields(inspect(type(row)))}


@cache
def _sealed_fields(mapper: Mapper[Any]) -> tuple[str, ...]:
    names = (column.key for column in mapper.column_attrs)
    return tuple(name for name in names if name not in mapper.class_.mutable)
