"""All questions asked about what was offered and agreed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from acuerdo.agreements.models import (
    Instalment,
    Plan,
    PlanState,
    Promise,
    PromiseState,
    Proposal,
    ProposalKind,
    ProposalState,
)


async def open_promises_of_debt(session: AsyncSession, debt_id: UUID) -> Sequence[Promise]:
    """The promises for a debt that wait for their date, the oldest first."""
    found = await session.scalars(
        select(Promise)
        .where(Promise.debt_id == debt_id, Promise.state == PromiseState.OPEN)
        .order_by(Promise.recorded_at)
        .limit(20)
    )
    return found.all()


async def last_promise_of_debt(session: AsyncSession, debt_id: UUID) -> Promise | None:
    """The promise that was made last for a debt, whatever became of it."""
    return await session.scalar(
        select(Promise)
        .where(Promise.debt_id == debt_id)
        .order_by(Promise.recorded_at.desc())
        .limit(1)
    )


async def active_plan_of_debt(session: AsyncSession, debt_id: UUID) -> Plan | None:
    """The plan under which a debt is being paid."""
    return await session.scalar(
        select(Plan)
        .where(Plan.debt_id == debt_id, Plan.state == PlanState.ACTIVE)
        .options(selectinload(Plan.instalments))
    )


async def last_plan_of_debt(session: AsyncSession, debt_id: UUID) -> Plan | None:
    """The plan that was made last for a debt, whatever became of it."""
    return await session.scalar(
        select(Plan)
        .where(Plan.debt_id == debt_id)
        .options(selectinload(Plan.instalments))
        .order_by(Plan.recorded_at.desc())
        .limit(1)
    )


async def instalments_of(session: AsyncSession, plan_id: UUID) -> Sequence[Instalment]:
    """The parts of a plan, in order."""
    found = await session.scalars(
        select(Instalment).where(Instalment.plan_id == plan_id).order_by(Instalment.number)
    )
    return found.all()


async def proposal(session: AsyncSession, proposal_id: UUID) -> Proposal | None:
    """One proposal, held until the transaction ends."""
    return await session.scalar(
        select(Proposal).where(Proposal.id == proposal_id).with_for_update()
    )


async def proposals_of_turn(
    session: AsyncSession, turn_id: UUID | None, debt_id: UUID, kind: ProposalKind
) -> Sequence[Proposal]:
    """What a turn has offered for a debt; nothing where it is not known which turn it is."""
    if turn_id is None:
        return ()
    found = await session.scalars(
        select(Proposal)
        .where(Proposal.turn_id == turn_id, Proposal.debt_id == debt_id, Proposal.kind == kind)
        .order_by(Proposal.created_at, Proposal.position)
        .limit(50)
    )
    return found.all()


async def promise_of_proposal(session: AsyncSession, proposal_id: UUID) -> Promise | None:
    """The promise that a proposal became."""
    return await session.scalar(select(Promise).where(Promise.proposal_id == proposal_id))


async def plan_of_proposal(session: AsyncSession, proposal_id: UUID) -> Plan | None:
    """The plan that a proposal became."""
    return await session.scalar(
        select(Plan).where(Plan.proposal_id == proposal_id).options(selectinload(Plan.instalments))
    )


async def replace_open_proposals(session: AsyncSession, conversation_id: UUID) -> None:
    """Only the newest proposal of a conversation can be accepted."""
    await session.execute(
        update(Proposal)
        .where(Proposal.conversation_id == conversation_id, Proposal.state == ProposalState.OPEN)
        .values(state=ProposalState.REPLACED)
    )


async def lowest_settlement_offered(session: AsyncSession, debt_id: UUID) -> int | None:
    """The least, in minor units, for which we have offered to close a debt."""
    return await session.scalar(
        select(func.min(Proposal.terms["amount_minor"].as_integer())).where(
            Proposal.debt_id == debt_id, Proposal.kind == ProposalKind.SETTLEMENT
        )
    )
