"""All questions asked about planned contacts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements.models import Instalment, Plan, Promise
from acuerdo.contact.models import Callback, Purpose
from acuerdo.conversations.models import Direction, Message, MessageState
from acuerdo.debts.models import Debt
from acuerdo.outreach.models import PlannedContact, PlannedState
from acuerdo.outreach.occasions import Occasion
from acuerdo.values.channels import Channel


async def add(session: AsyncSession, **values: Any) -> UUID | None:
    """Plan a contact; None where it was planned before."""
    added = await session.execute(
        insert(PlannedContact)
        .values(id=uuid4(), state=PlannedState.PENDING, tried=[], **values)
        .on_conflict_do_nothing(index_elements=["occasion"])
        .returning(PlannedContact.id)
    )
    return added.scalar()


async def hold_requests_about(session: AsyncSession, debtor_id: UUID) -> None:
    """Let wishes to contact one person be answered one at a time, until the transaction ends."""
    key = int.from_bytes(debtor_id.bytes[:8], signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def same_request(
    session: AsyncSession,
    debtor_id: UUID,
    debt_id: UUID | None,
    channel: Channel,
    purpose: Purpose,
) -> PlannedContact | None:
    """The newest equal contact that was asked for and not given up."""
    return await session.scalar(
        select(PlannedContact)
        .where(
            PlannedContact.kind == Occasion.ASKED_FOR,
            PlannedContact.debtor_id == debtor_id,
            PlannedContact.debt_id.is_not_distinct_from(debt_id),
            PlannedContact.channel == channel,
            PlannedContact.purpose == purpose,
            PlannedContact.state.not_in([PlannedState.REFUSED, PlannedState.DROPPED]),
        )
        .order_by(PlannedContact.created_at.desc())
        .limit(1)
    )


async def lock(session: AsyncSession, planned_id: UUID) -> PlannedContact | None:
    """A planned contact, held until the transaction ends."""
    return await session.get(PlannedContact, planned_id, with_for_update=True)


async def pending_about(
    session: AsyncSession, kind: Occasion, subject_id: UUID
) -> Sequence[PlannedContact]:
    """The contacts about something that are still to come, held until the transaction ends."""
    found = await session.scalars(
        select(PlannedContact)
        .where(
            PlannedContact.kind == kind,
            PlannedContact.subject_id == subject_id,
            PlannedContact.state == PlannedState.PENDING,
        )
        .limit(10)
        .with_for_update()
    )
    return found.all()


async def promise(session: AsyncSession, promise_id: UUID) -> Promise:
    """A promise; its debt is held until the transaction ends, before it is read."""
    debt_id = await session.scalar(select(Promise.debt_id).where(Promise.id == promise_id))
    await _hold_debt(session, debt_id)
    return await session.get_one(Promise, promise_id, populate_existing=True)


async def instalment(session: AsyncSession, instalment_id: UUID) -> tuple[Instalment, Plan]:
    """An instalment and its plan; their debt is held until the transaction ends, before both are
    read."""
    both = (
        select(Instalment, Plan)
        .join(Plan, Plan.id == Instalment.plan_id)
        .where(Instalment.id == instalment_id)
    )
    await _hold_debt(session, await session.scalar(both.with_only_columns(Plan.debt_id)))
    found = await session.execute(both.execution_options(populate_existing=True))
    part, plan = found.one()
    return part, plan


async def _hold_debt(session: AsyncSession, debt_id: UUID | None) -> None:
    """What money and time move about a debt is moved one at a time: who holds it may."""
    await session.execute(select(Debt.id).where(Debt.id == debt_id).with_for_update())


async def was_planned(session: AsyncSession, kind: Occasion, subject_id: UUID) -> bool:
    """Whether a contact about something was planned before and is to come, or was made."""
    found = await session.scalar(
        select(PlannedContact.id)
        .where(
            PlannedContact.kind == kind,
            PlannedContact.subject_id == subject_id,
            PlannedContact.state.not_in([PlannedState.REFUSED, PlannedState.DROPPED]),
        )
        .limit(1)
    )
    return found is not None


async def callback(session: AsyncSession, callback_id: UUID) -> Callback:
    """An agreed later contact, held until the transaction ends."""
    return await session.get_one(Callback, callback_id, with_for_update=True)


async def states_of_turn(session: AsyncSession, turn_id: UUID) -> Sequence[MessageState]:
    """What became of the messages of a turn."""
    found = await session.scalars(
        select(Message.state)
        .where(Message.turn_id == turn_id, Message.direction == Direction.OUT)
        .limit(20)
    )
    return found.all()
