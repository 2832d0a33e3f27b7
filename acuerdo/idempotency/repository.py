"""All questions asked about requests that named themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.idempotency.models import AnsweredRequest

Name = tuple[str, str, str]


async def begin(session: AsyncSession, name: Name, fingerprint: bytes, now: datetime) -> bool:
    """Note that a request is being answered; whether it is the first of its name."""
    caller, operation, key = name
    values = {
        "caller": caller,
        "operation": operation,
        "key": key,
        "fingerprint": fingerprint,
        "started_at": now,
    }
    added = await session.execute(
        insert(AnsweredRequest)
        .values(values)
        .on_conflict_do_nothing()
        .returning(AnsweredRequest.key)
    )
    return added.scalar() is not None


async def lock(session: AsyncSession, name: Name) -> AnsweredRequest | None:
    """A request, held until the transaction ends."""
    return await session.get(AnsweredRequest, name, with_for_update=True)


async def record_answer(
    session: AsyncSession, name: Name, status: int, body: dict[str, Any]
) -> None:
    """Keep how a request was answered."""
    await session.execute(
        update(AnsweredRequest).where(*_named(name)).values(status=status, answer=body)
    )


async def forget(session: AsyncSession, name: Name) -> None:
    """Let a request that failed be made again."""
    await session.execute(delete(AnsweredRequest).where(*_named(name)))


def _named(name: Name) -> tuple[Any, ...]:
    caller, operation, key = name
    return (
        AnsweredRequest.caller == caller,
        AnsweredRequest.operation == operation,
        AnsweredRequest.key == key,
    )
