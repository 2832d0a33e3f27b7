"""All questions asked when a portfolio is taken over: of many rows at once."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.models import AddressOwner, ContactPoint
from acuerdo.debts.models import Creditor, Debt, Debtor
from acuerdo.portfolio.models import PortfolioImport
from acuerdo.values.channels import Channel

# All imports hold this one lock while they write a batch: two never wait for one another's rows.
_WRITING: Final = 0x706F7274666F6C69
# In the way of nobody: who else holds a row goes first, and the batch is tried again.
_PATIENCE: Final = "500ms"


async def hold_writing(session: AsyncSession) -> None:
    """Let nobody else write a portfolio until the transaction ends; and wait for rows briefly.

    A person's message that meets a row of ours waits for one batch; we wait less than it takes the
    database to call two that wait for each other a deadlock, so that it is never the person's.
    """
    await session.execute(select(func.pg_advisory_xact_lock(_WRITING)))
    await session.execute(select(func.set_config("lock_timeout", _PATIENCE, True)))


async def import_of(session: AsyncSession, import_id: UUID) -> PortfolioImport | None:
    """An import."""
    return await session.get(PortfolioImport, import_id)


async def lock_import(session: AsyncSession, import_id: UUID) -> PortfolioImport:
    """An import, held until the transaction ends."""
    return await session.get_one(PortfolioImport, import_id, with_for_update=True)


async def creditor_names(session: AsyncSession) -> Sequence[str]:
    """The external ids of every creditor of this installation."""
    return (await session.scalars(select(Creditor.external_id).limit(10_000))).all()


async def creditors_named(session: AsyncSession, names: Collection[str]) -> dict[str, Creditor]:
    """The creditors of these external ids."""
    found = await session.scalars(select(Creditor).where(Creditor.external_id.in_(names)))
    return {each.external_id: each for each in found}


async def debtors_named(session: AsyncSession, names: Collection[str]) -> dict[str, Debtor]:
    """The debtors of these external ids."""
    found = await session.scalars(select(Debtor).where(Debtor.external_id.in_(names)))
    return {each.external_id: each for each in found}


async def debts_named(
    session: AsyncSession, names: Collection[str], *, lock: bool = False
) -> dict[str, Debt]:
    """The debts of these external ids as they stand; with `lock` held, in one order for all."""
    asked = (
        select(Debt)
        .where(Debt.external_id.in_(names))
        .order_by(Debt.id)
        .execution_options(populate_existing=True)
    )
    found = await session.scalars(asked.with_for_update(of=Debt) if lock else asked)
    return {each.external_id: each for each in found}


async def creditors_of_many(
    session: AsyncSession, debtor_ids: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """The creditors whom some people owe or owed."""
    found = await session.execute(
        select(Debt.debtor_id, Debt.creditor_id).where(Debt.debtor_id.in_(debtor_ids)).distinct()
    )
    owed: dict[UUID, set[UUID]] = {}
    for debtor_id, creditor_id in found.all():
        owed.setdefault(debtor_id, set()).add(creditor_id)
    return owed


async def points_at(
    session: AsyncSession, addresses: Collection[tuple[Channel, str]]
) -> dict[tuple[Channel, str], ContactPoint]:
    """The contact points of some addresses, as they stand."""
    found = await session.scalars(
        select(ContactPoint)
        .where(tuple_(ContactPoint.channel, ContactPoint.address).in_(addresses))
        .execution_options(populate_existing=True)
    )
    return {(each.channel, each.address): each for each in found}


async def lock_points(
    session: AsyncSession, point_ids: Collection[UUID]
) -> dict[UUID, ContactPoint]:
    """Some contact points, held in the order in which all who hold several do."""
    found = await session.scalars(
        select(ContactPoint)
        .where(ContactPoint.id.in_(point_ids))
        .order_by(ContactPoint.channel, ContactPoint.address)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {each.id: each for each in found}


async def add_points(session: AsyncSession, values: Sequence[dict[str, object]]) -> None:
    """Make contact points where there are none yet."""
    await session.execute(
        insert(ContactPoint).on_conflict_do_nothing(index_elements=["channel", "address"]),
        values,
    )


async def ownerships(
    session: AsyncSession, point_ids: Collection[UUID], debtor_ids: Collection[UUID]
) -> Sequence[AddressOwner]:
    """Who own, or owned, some addresses, and what some people own or owned."""
    found = await session.scalars(
        select(AddressOwner)
        .where(
            AddressOwner.contact_point_id.in_(point_ids) | AddressOwner.debtor_id.in_(debtor_ids)
        )
        .order_by(AddressOwner.since_at, AddressOwner.debtor_id)
        .execution_options(populate_existing=True)
    )
    return found.all()
