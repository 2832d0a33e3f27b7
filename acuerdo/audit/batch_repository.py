"""All questions asked about batches and the rows in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.batches import WORDS_DIGEST, BatchRow, digest_of_words
from acuerdo.audit.models import BatchSealed, SealedBatch, SealMark


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
