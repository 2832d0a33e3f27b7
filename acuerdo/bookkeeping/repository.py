"""All questions asked about the facts of money, and about what was agreed of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from acuerdo.agreements.models import Plan, Promise
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.debts.models import Debt, Debtor


@dataclass(slots=True)
class Books:
    """All that is known of the money of one debt, and of what was agreed about it."""

    events: list[MoneyEvent] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


async def add(session: AsyncSession, **values: Any) -> UUID | None:
    """Record a fact; None where it was recorded before."""
    added = await session.execute(
        insert(MoneyEvent)
        .values(id=uuid4(), **values)
        .on_conflict_do_nothing(index_elements=["source", "source_id"])
        .returning(MoneyEvent.id)
    )
    return added.scalar()


async def add_many(session: AsyncSession, values: Sequence[dict[str, Any]]) -> None:
    """Record many facts; those recorded before are left as they are."""
    if values:
        await session.execute(
            insert(MoneyEvent).on_conflict_do_nothing(index_elements=["source", "source_id"]),
            [{"id": uuid4(), **each} for each in values],
        )


async def event_of(session: AsyncSession, source: str, source_id: str) -> MoneyEvent | None:
    """The fact that a source calls so."""
    return await session.scalar(
        select(MoneyEvent).where(MoneyEvent.source == source, MoneyEvent.source_id == source_id)
    )


async def books_of(session: AsyncSession, debt_ids: Collection[UUID]) -> dict[UUID, Books]:
    """The books of some debts, which are held; also of those without any fact."""
    books: dict[UUID, Books] = defaultdict(Books)
    for debt_id in debt_ids:
        books[debt_id] = Books()
    found = await session.scalars(select(MoneyEvent).where(MoneyEvent.debt_id.in_(debt_ids)))
    for each in found:
        books[each.debt_id].events.append(each)
    promises = await session.scalars(
        select(Promise)
        .where(Promise.debt_id.in_(debt_ids))
        .order_by(Promise.recorded_at, Promise.id)
        .execution_options(populate_existing=True)
    )
    for promise in promises:
        books[promise.debt_id].promises.append(promise)
    plans = await session.scalars(
        select(Plan)
        .where(Plan.debt_id.in_(debt_ids))
        .order_by(Plan.recorded_at, Plan.id)
        .options(selectinload(Plan.instalments))
        .execution_options(populate_existing=True)
    )
    for plan in plans:
        books[plan.debt_id].plans.append(plan)
    return books


async def last_statements(
    session: AsyncSession, debt_ids: Collection[UUID]
) -> dict[UUID, MoneyEvent]:
    """What was stated of some debts at the latest moment."""
    found = await session.scalars(
        select(MoneyEvent)
        .where(MoneyEvent.debt_id.in_(debt_ids), MoneyEvent.balance_minor.is_not(None))
        .ext(distinct_on(MoneyEvent.debt_id))
        .order_by(MoneyEvent.debt_id, MoneyEvent.at.desc(), MoneyEvent.balance_minor)
    )
    return {each.debt_id: each for each in found}


async def events_of(
    session: AsyncSession, debt_ids: Collection[UUID], limit: int
) -> Sequence[MoneyEvent]:
    """The facts about some debts, the latest first."""
    found = await session.scalars(
        select(MoneyEvent)
        .where(MoneyEvent.debt_id.in_(debt_ids))
        .order_by(MoneyEvent.at.desc(), MoneyEvent.sequence.desc())
        .limit(limit)
    )
    return found.all()


async def debts_with_books(
    session: AsyncSession, after: UUID | None, limit: int
) -> Sequence[tuple[Debt, str]]:
    """Debts of which facts are written down, with the zones of their debtors, in order of id."""
    asked = (
        select(Debt, Debtor.timezone)
        .join(Debtor, Debtor.id == Debt.debtor_id)
        .where(exists().where(MoneyEvent.debt_id == Debt.id))
        .order_by(Debt.id)
        .limit(limit)
    )
    if after is not None:
        asked = asked.where(Debt.id > after)
    found = await session.execute(asked)
    return [(debt, zone) for debt, zone in found.all()]
