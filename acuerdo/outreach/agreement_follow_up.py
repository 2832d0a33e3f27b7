"""What time does to agreements: reminders are planned, promises kept or found broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import follow_up, transitions
from acuerdo.agreements import repository as agreements
from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    PromiseState,
)
from acuerdo.contact.models import CallbackState, Purpose
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debt, Debtor
from acuerdo.outreach import occasions, repository
from acuerdo.outreach.jobs import attempt, break_promise_if_overdue, miss_instalment_if_overdue
from acuerdo.outreach.occasions import Occasion, Planned
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs
from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class AgreementFollowUp:
    """Use cases of keeping an eye on what was agreed; each may be called again without harm."""

    db: Database
    clock: Clock
    jobs: Jobs

    async def schedule_promise(self, promise_id: UUID) -> None:
        """Plan the reminders of a promise and the moment at which it would be broken."""
        async with self.db.transaction() as session:
            promise = await repository.promise(session, promise_id)
            debt, debtor = await _debt_and_debtor(session, promise.debt_id)
            zone = debtor.timezone
            if promise.state is not PromiseState.OPEN:
                return
            planned = occasions.of_promise(
                promise.id, promise.due_on, zone=zone, now=self.clock.now()
            )
            await self._plan(session, planned, debtor, debt, Purpose.REMINDER, promise.channel)
            await self.jobs.enqueue(
                session,
                break_promise_if_overdue(promise_id=promise.id),
                delay=follow_up.missed_at(promise.due_on, zone) - self.clock.now(),
            )

    async def break_if_overdue(self, promise_id: UUID) -> None:
        """Find an open promise broken once its day and the grace have passed, and follow it up."""
        async with self.db.transaction() as session:
            promise = await repository.promise(session, promise_id)
            debt, debtor = await _debt_and_debtor(session, promise.debt_id)
            if promise.state is not PromiseState.OPEN:
                return
            left = follow_up.missed_at(promise.due_on, debtor.timezone) - self.clock.now()
            if left.total_seconds() > 0:
                await self.jobs.enqueue(
                    session, break_promise_if_overdue(promise_id=promise.id), delay=left
                )
                return
            transitions.broken(promise, self.clock.now())
            planned = occasions.after_missing(
                Occasion.PROMISE_BROKEN,
                promise.id,
                zone=debtor.timezone,
                now=self.clock.now(),
            )
            await self._plan(session, planned, debtor, debt, Purpose.COLLECTION, promise.channel)

    async def schedule_plan(self, plan_id: UUID) -> None:
        """Plan the reminders of a plan's instalments and the moments at which they are missed."""
        async with self.db.transaction() as session:
            plan = await session.get_one(Plan, plan_id)
            debt, debtor = await _debt_and_debtor(session, plan.debt_id)
            now, zone = self.clock.now(), debtor.timezone
            for part in await agreements.instalments_of(session, plan.id):
                planned = occasions.of_instalment(part.id, part.due_on, zone=zone, now=now)
                await self._plan(session, planned, debtor, debt, Purpose.REMINDER, plan.channel)
                await self.jobs.enqueue(
                    session,
                    miss_instalment_if_overdue(instalment_id=part.id),
                    delay=follow_up.missed_at(part.due_on, zone) - now,
                )

    async def miss_if_overdue(self, instalment_id: UUID) -> None:
        """Follow up an instalment that was missed; a plan of which two were missed is broken."""
        async with self.db.transaction() as session:
            part, plan = await repository.instalment(session, instalment_id)
            debt, debtor = await _debt_and_debtor(session, plan.debt_id)
            if part.state is InstalmentState.PAID or plan.state is not PlanState.ACTIVE:
                return
            now, zone = self.clock.now(), debtor.timezone
            left = follow_up.missed_at(part.due_on, zone) - now
            if left.total_seconds() > 0:
                await self.jobs.enqueue(
                    session, miss_instalment_if_overdue(instalment_id=part.id), delay=left
                )
                return
            parts = await agreements.instalments_of(session, plan.id)
            missed = sum(self._is_missed(each, zone) for each in parts)
            if follow_up.ends_plan(missed):
                transitions.plan_broken(plan)
            if await repository.was_planned(session, Occasion.INSTALMENT_MISSED, part.id):
                # a plan that goes on again is followed from its beginning
                return
            planned = occasions.after_missing(
                Occasion.INSTALMENT_MISSED, part.id, zone=zone, now=now
            )
            await self._plan(session, planned, debtor, debt, Purpose.COLLECTION, plan.channel)

    def _is_missed(self, part: Instalment, zone: str) -> bool:
        pending = part.state is InstalmentState.PENDING
        return pending and follow_up.missed_at(part.due_on, zone) <= self.clock.now()

    async def schedule_callback_contact(self, callback_id: UUID) -> None:
        """Plan the contact at an hour that was agreed on."""
        async with self.db.transaction() as session:
            callback = await repository.callback(session, callback_id)
            if callback.state is not CallbackState.PENDING or callback.debtor_id is None:
                return
            debtor = await session.get_one(Debtor, callback.debtor_id)
            planned = occasions.of_callback(callback.id, callback.at)
            await self._plan(session, [planned], debtor, None, Purpose.CALLBACK, callback.channel)

    async def _plan(
        self,
        session: AsyncSession,
        planned: Iterable[Planned],
        debtor: Debtor,
        debt: Debt | None,
        purpose: Purpose,
        channel: Channel,
    ) -> None:
        now = self.clock.now()
        for each in planned:
            planned_id = await repository.add(
                session,
                occasion=each.key,
                kind=each.kind,
                subject_id=each.subject_id,
                debtor_id=debtor.id,
                debt_id=None if debt is None else debt.id,
                channel=channel,
                purpose=purpose,
                due_at=each.due_at,
                expires_at=each.expires_at,
                created_at=now,
            )
            if planned_id is not None:
                await self.jobs.enqueue(
                    session, attempt(planned_id=planned_id), delay=each.due_at - now
                )


async def _debt_and_debtor(session: AsyncSession, debt_id: UUID) -> tuple[Debt, Debtor]:
    """A debt, held until the transaction ends, and the debtor who owes it."""
    debt = await debts.lock_debt(session, debt_id)
    return debt, await session.get_one(Debtor, debt.debtor_id)
