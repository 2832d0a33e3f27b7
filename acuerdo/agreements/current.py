"""What stands agreed about a debt, or was missed; told to the proven debtor only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import follow_up, repository
from acuerdo.agreements.collecting import Arrears
from acuerdo.agreements.drafting import OpenPromise
from acuerdo.agreements.due import Due, OwedDebt, due
from acuerdo.agreements.models import (
    Instalment,
    InstalmentState,
    Plan,
    PlanState,
    Promise,
    PromiseState,
)
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.platform.db.session import Database
from acuerdo.values.dates import local_date

# A promise that was missed longer ago is an old story.
RECENT: Final = timedelta(days=14)


class StoredDebt(OwedDebt, Protocol):
    """A debt whose agreements can be asked for."""

    @property
    def id(self) -> UUID:
        """The row."""
        ...


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of about a debt: still to come, or late."""

    due: Due
    debt: DebtView


async def due_of(session: AsyncSession, debt: StoredDebt, today: date) -> Due:
    """Give what is due of a debt on a local day of its debtor's.

    Where nothing stands agreed, what is missing of a promise that was broken lately is due still:
    who is reminded of it pays just that.
    """
    plan = await repository.active_plan_of_debt(session, debt.id)
    promises = list(await repository.open_promises_of_debt(session, debt.id))
    if plan is None and not promises:
        last = await repository.last_promise_of_debt(session, debt.id)
        promises = [last] if last is not None and _is_missing(last, today) else []
    return due(
        debt,
        promises=promises,
        instalments=() if plan is None else unpaid(plan.instalments),
        today=today,
    )


def unpaid(instalments: Sequence[Instalment]) -> list[Instalment]:
    """Give the instalments that wait for money, in their order."""
    return [part for part in instalments if part.state is InstalmentState.PENDING]


async def arrears_of(
    session: AsyncSession, debt: StoredDebt, *, zone: str, now: datetime
) -> Arrears:
    """Give what of a debt is late, and what was agreed about it."""
    plan = await repository.last_plan_of_debt(session, debt.id)
    last = await repository.last_promise_of_debt(session, debt.id)
    return Arrears(
        is_overdue=debt.overdue.minor > 0,
        promise_missed=_is_missing(last, local_date(now, zone)),
        instalment_missed=plan is not None and _has_missed(plan, zone, now),
        promise_open=bool(await repository.open_promises_of_debt(session, debt.id)),
        plan_active=plan is not None and plan.state is PlanState.ACTIVE,
    )


def _is_missing(promise: Promise | None, today: date) -> bool:
    """Tell whether a promise was broken lately and something of it has not come."""
    if promise is None or promise.state is not PromiseState.BROKEN:
        return False
    return promise.left.minor > 0 and today - promise.due_on <= RECENT


def _has_missed(plan: Plan, zone: str, now: datetime) -> bool:
    """Tell whether an instalment of a plan was missed; lately, where that has ended the plan."""
    missed = [
        part.due_on
        for part in unpaid(plan.instalments)
        if part.left.minor and follow_up.missed_at(part.due_on, zone) <= now
    ]
    if plan.state is PlanState.BROKEN:
        return bool(missed) and local_date(now, zone) - max(missed) <= RECENT
    return plan.state is PlanState.ACTIVE and bool(missed)


@dataclass(frozen=True, slots=True)
class CurrentAgreements:
    """Questions about agreements that were recorded."""

    db: Database

    async def due(self, party: VerifiedParty, debt: DebtView) -> Due:
        """Give what is due of a debt today."""
        async with self.db.statement() as session:
            return await due_of(session, debt, debt.today)

    async def due_of_each(
        self, party: VerifiedParty, debts: Sequence[DebtView]
    ) -> list[tuple[DebtView, Due]]:
        """Give each debt with what is due of it today."""
        async with self.db.statement() as session:
            return [(debt, await due_of(session, debt, debt.today)) for debt in debts]

    async def open_promise(self, party: VerifiedParty, debt: DebtView) -> OpenPromise | None:
        """Give the promise that waits for its date, if there is one."""
        async with self.db.statement() as session:
            found = await repository.open_promises_of_debt(session, debt.id)
        if not found:
            return None
        return OpenPromise(found[-1].amount, found[-1].left, found[-1].due_on)

    async def first_open_promise(
        self, party: VerifiedParty, debts: Sequence[DebtView]
    ) -> tuple[OpenPromise, DebtView] | None:
        """Give the first promise that waits for its date, and its debt; None where none does."""
        for debt in debts:
            promise = await self.open_promise(party, debt)
            if promise is not None:
                return promise, debt
        return None

    async def to_remind_of(
        self, party: VerifiedParty, debts: Sequence[DebtView]
    ) -> Reminder | None:
        """Give what stands agreed, or was missed a short while ago, and is not paid; None without.

        Of several debts the one whose day is nearest. Nothing about a debt that is looked into.
        """
        async with self.db.statement() as session:
            found = [
                Reminder(present, debt)
                for debt in debts
                if not (debt.disputed or debt.claimed_paid)
                and (present := await due_of(session, debt, debt.today)).is_agreed
            ]
        return min(found, key=lambda each: abs(each.due.day - each.debt.today), default=None)
