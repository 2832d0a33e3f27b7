"""Moves promises, instalments and plans to where the facts about money put them.

What money brings to an end, or opens again, is moved here. What time breaks is broken by the
follow-up, which also plans the contact about it: one that opens again is followed again.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import transitions
from acuerdo.agreements.jobs import follow_plan, follow_promise
from acuerdo.agreements.models import Plan, PlanState, Promise, PromiseState
from acuerdo.bookkeeping.facts import AgreementState, Result
from acuerdo.bookkeeping.repository import Books
from acuerdo.platform.jobs import Jobs

_MOVED_BY_MONEY: Final = frozenset({PromiseState.OPEN, PromiseState.KEPT, PromiseState.BROKEN})


async def move_agreements(
    session: AsyncSession, jobs: Jobs, books: Books, result: Result, now: datetime
) -> None:
    """Move the agreements of a debt, which is held, to where a result puts them."""
    for plan in books.plans:
        if plan.state is not PlanState.CANCELLED:
            await _move_plan(session, jobs, books, plan, result)
    for promise in books.promises:
        if promise.state in _MOVED_BY_MONEY:
            await _move_promise(session, jobs, books, promise, result, now)


async def _move_promise(
    session: AsyncSession,
    jobs: Jobs,
    books: Books,
    promise: Promise,
    result: Result,
    now: datetime,
) -> None:
    name = str(promise.id)
    transitions.promise_paid(promise, result.paid_of[name])
    if result.states[name] is AgreementState.KEPT:
        if promise.state is not PromiseState.KEPT:
            transitions.kept(promise, now)
    elif promise.state is PromiseState.KEPT:
        if any(plan.recorded_at >= promise.recorded_at for plan in books.plans):
            # what a plan does to every open promise when it is made
            transitions.rescheduled(promise, now)
            return
        transitions.reopened(promise)
        await jobs.enqueue(session, follow_promise(promise_id=promise.id))


async def _move_plan(
    session: AsyncSession, jobs: Jobs, books: Books, plan: Plan, result: Result
) -> None:
    name = str(plan.id)
    for part, paid in zip(plan.instalments, result.parts_paid[name], strict=True):
        transitions.part_paid(part, paid)
    state = result.states[name]
    if state is AgreementState.KEPT:
        if plan.state is not PlanState.COMPLETED:
            transitions.plan_completed(plan)
        return
    was_wrong = plan.state is PlanState.BROKEN and state is AgreementState.OPEN
    # where another one stands in its place, that one counts
    if (was_wrong or plan.state is PlanState.COMPLETED) and plan is books.plans[-1]:
        transitions.plan_reopened(plan)
        await jobs.enqueue(session, follow_plan(plan_id=plan.id))
