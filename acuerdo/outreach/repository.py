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
    """A promise, held until the transaction ends."""
    return await session.get_one(Promise, promise_id, with_for_update=True)


async def instalment(session: AsyncSession, instalment_id: UUID) -> tuple[Instalment, Plan]:
    """An instalment and its plan, both held until the transaction ends."""
    found = await session.execute(
        select(Instalment, Plan)
        .join(Plan, Plan.id == Instalment.plan_id)
        .where(Instalment.id == instalment_id)
        .with_for_update()
    )
    part, plan = found.one()
    return part, plan


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
