"""All questions asked about the chain, about batches and about decisions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import String, cast, func, inspect, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.batches import WORDS_DIGEST, BatchRow, digest_of_words
from acuerdo.audit.chain import Head, Link
from acuerdo.audit.ledger import append, key_of, table_of
from acuerdo.audit.models import (
    Audited,
    AuditEntry,
    AuditHead,
    BatchSealed,
    Decision,
    SealedBatch,
    SealMark,
)

# One statement, for everybody who records something waits meanwhile.
_ADD: Final = text(
    """
    with added as (
      insert into audit_entry (position, at, subject, key, digest, adopted, hash)
      select * from unnest(
        cast(:positions as bigint[]), cast(:ats as timestamptz[]), cast(:subjects as text[]),
        cast(:keys as text[]), cast(:digests as bytea[]), cast(:adopteds as boolean[]),
        cast(:hashes as bytea[])
      )
    )
    update audit_head set position = :position, hash = :hash
    """
)


async def head(session: AsyncSession) -> Head:
    """Where the chain ends."""
    found = await session.execute(select(AuditHead.position, AuditHead.hash))
    return Head(*found.one())


async def lock_head(session: AsyncSession) -> Head:
    """Where the chain ends, held until the transaction ends: nothing may be locked after it."""
    found = await session.execute(select(AuditHead.position, AuditHead.hash).with_for_update())
    return Head(*found.one())


async def add(session: AsyncSession, links: Sequence[Link]) -> None:
    """Add links at the end; the head must be held."""
    last = links[-1]
    columns = {
        "positions": [link.position for link in links],
        "ats": [link.at for link in links],
        "subjects": [link.subject for link in links],
        "keys": [link.key for link in links],
        "digests": [link.digest for link in links],
        "adopteds": [link.adopted for link in links],
        "hashes": [link.hash for link in links],
    }
    await session.execute(_ADD, columns | {"position": last.position, "hash": last.hash})


async def links_after(session: AsyncSession, position: int, limit: int) -> list[Link]:
    """The next links after a position."""
    found = await session.execute(
        select(
            AuditEntry.position,
            AuditEntry.at,
            AuditEntry.subject,
            AuditEntry.key,
            AuditEntry.digest,
            AuditEntry.adopted,
            AuditEntry.hash,
        )
        .where(AuditEntry.position > position)
        .order_by(AuditEntry.position)
        .limit(limit)
    )
    return [Link(*each) for each in found.all()]


async def rows(
    session: AsyncSession, kind: type[Audited], keys: Collection[str]
) -> dict[str, Audited]:
    """Rows of a table by their keys; a key that cannot be one is not found."""
    primary = _primary_key(kind)
    values = [value for key in keys if (value := _read_key(key, primary)) is not None]
    found = await session.scalars(select(kind).where(primary.in_(values)))
    return {key_of(row): row for row in found.all()}


async def unsealed_count(session: AsyncSession, kind: type[Audited]) -> int:
    """How many rows of a table are not in the chain."""
    count = await session.scalar(select(func.count()).select_from(_unsealed(kind).subquery()))
    return count or 0


async def unsealed(session: AsyncSession, kind: type[Audited], limit: int) -> list[str]:
    """Keys of rows of a table that are not in the chain."""
    return list((await session.scalars(_unsealed(kind).limit(limit))).all())


async def record_decision(
    session: AsyncSession,
    *,
    at: datetime,
    kind: str,
    allowed: bool,
    rule: str,
    facts: dict[str, Any],
    debtor_id: UUID | None = None,
    debt_id: UUID | None = None,
    conversation_id: UUID | None = None,
    turn_id: UUID | None = None,
) -> None:
    """Write down why something was allowed or refused; facts hold no names and no words.

    The same decision of a turn that is carried out again is not a second one.
    """
    recorded = await session.scalar(
        insert(Decision)
        .values(
            at=at,
            kind=kind,
            allowed=allowed,
            rule=rule,
            facts=facts,
            debtor_id=debtor_id,
            debt_id=debt_id,
            conversation_id=conversation_id,
            turn_id=turn_id,
        )
        .on_conflict_do_nothing()
        .returning(Decision)
    )
    if recorded is not None:
        append(session, recorded)


def _unsealed(kind: type[Audited]) -> Any:
    # not an anti-join: with old statistics PostgreSQL would compare each row with each link
    there = select(cast(_primary_key(kind), String))
    return there.except_(select(AuditEntry.key).where(AuditEntry.subject == table_of(kind)))


def _primary_key(kind: type[Audited]) -> Any:
    (column,) = inspect(kind).primary_key
    return column


def _read_key(key: str, column: Any) -> UUID | int | None:
    try:
        return UUID(key) if column.type.python_type is UUID else int(key)
    except ValueError:
        return None


async def hold_mark(session: AsyncSession, subject: str, now: datetime) -> SealMark:
    """The mark of a table, held until the transaction ends."""
    await session.execute(
        insert(SealMark).values(subject=subject, seen=0, seen_at=now).on_conflict_do_nothing()
    )
    return await session.get_one(SealMark, subject, with_for_update=True)


async def highest(session: AsyncSession, kind: type[BatchSealed]) -> int:
    """The highest number of a table; 0 where it is empty."""
    return await session.scalar(select(func.max(kind.sequence))) or 0


async def sealed_to(session: AsyncSession, subject: str) -> int:
    """Up to which number a table is in batches."""
    asked = select(func.max(SealedBatch.last)).where(SealedBatch.subject == subject)
    return await session.scalar(asked) or 0


async def rows_between(
    session: AsyncSession, kind: type[BatchSealed], after: int, upto: int, limit: int | None = None
) -> list[BatchRow]:
    """Rows of a table in their order: numbered above `after`, up to `upto`."""
    names = (*kind.sealed, *((WORDS_DIGEST,) if "text" in kind.sealed else ()))
    asked = (
        select(kind.sequence, *(getattr(kind, name) for name in names))
        .where(kind.sequence > after, kind.sequence <= upto)
        .order_by(kind.sequence)
        .limit(limit)
    )
    return [
        BatchRow(number, _fields(dict(zip(names, values, strict=True))))
        for number, *values in (await session.execute(asked)).all()
    ]


async def batches_of(
    session: AsyncSession, subject: str, after: int, limit: int
) -> Sequence[SealedBatch]:
    """The next batches of a table, by their rows."""
    asked = (
        select(SealedBatch)
        .where(SealedBatch.subject == subject, SealedBatch.first > after)
        .order_by(SealedBatch.first)
        .limit(limit)
    )
    return (await session.scalars(asked)).all()


def _fields(values: dict[str, object]) -> dict[str, object]:
    if WORDS_DIGEST in values:
        words = values.pop("text")
        purged = values[WORDS_DIGEST]
        said = purged if purged is not None else digest_of_words(str(words))
        assert isinstance(said, bytes)  # noqa: S101 - a column of bytes
        values[WORDS_DIGEST] = said.hex()
    return values
