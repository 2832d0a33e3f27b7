"""What a resolution does to what the case is about: the debt, its agreements, money, a stop."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements.cancelling import cancel_agreements
from acuerdo.bookkeeping.service import Bookkeeping
from acuerdo.cases.kinds import STOPPING, CaseKind
from acuerdo.cases.models import Case
from acuerdo.cases.money_resolution import MoneyConsequences
from acuerdo.contact.models import DataCase, Stop
from acuerdo.contact.transitions import answered, lift
from acuerdo.debts import repository as debts
from acuerdo.debts.amounts import corrected
from acuerdo.debts.models import CaseState, Debt, Debtor, Dispute, PaymentClaim
from acuerdo.debts.transitions import checked, found_alive, withdrawn
from acuerdo.payments.service import Payments
from acuerdo.platform.errors import AmountNeeded, StopStays
from acuerdo.values.money import Money

_NOON: Final = time(12)
# The states in which a case ends, by the words that doors use for them.
RESOLUTIONS: Final = {
    "accepted": CaseState.ACCEPTED,
    "rejected": CaseState.REJECTED,
    "corrected": CaseState.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """What somebody decides about a case: `by` names them, `reason` is for the person to read.

    `amount`, in the currency of the debt: of a corrected dispute the right balance; of an accepted
    or corrected payment claim what is booked, by default what was claimed, nothing where it is
    zero because the balance has it already; about money what was given back, by default all that
    was paid too much, or the balance of a debt that came back. `lifts_stop`: contacts with somebody
    who is represented, or falsely reported dead, may begin again. `staff_id`: who of the staff
    decides.
    """

    state: CaseState
    reason: str
    by: str
    amount: Money | None = None
    lifts_stop: bool = False
    staff_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Consequences:
    """Carries out resolutions, in the caller's transaction, which holds the case."""

    payments: Payments
    bookkeeping: Bookkeeping

    async def follow(
        self, session: AsyncSession, case: Case, resolution: Resolution, now: datetime
    ) -> None:
        """Move what a case is about. Raises AmountNeeded, DebtNeeded, or StopStays."""
        if resolution.lifts_stop and not may_lift(case.kind, resolution.state):
            raise StopStays
        match case.kind:
            case CaseKind.DISPUTE:
                await self._dispute(session, case, resolution, now)
            case CaseKind.PAYMENT_CLAIM:
                await self._claim(session, case, resolution, now)
            case CaseKind.DATA_REQUEST:
                request = await session.get_one(DataCase, case.subject_id, with_for_update=True)
                answered(request, resolution.reason, by=resolution.staff_id, now=now)
            case CaseKind.MONEY:
                money = MoneyConsequences(self.payments, self.bookkeeping)
                await money.follow(session, case, resolution.state, resolution.amount)
            case CaseKind.REPRESENTATIVE if resolution.lifts_stop and case.subject_id is not None:
                stop = await session.get_one(Stop, case.subject_id, with_for_update=True)
                lift(stop, by=resolution.by, why=resolution.reason, now=now)
            case CaseKind.DEATH if resolution.lifts_stop and case.debtor_id is not None:
                debtor = await session.get_one(Debtor, case.debtor_id, with_for_update=True)
                found_alive(debtor)

    async def _dispute(
        self, session: AsyncSession, case: Case, resolution: Resolution, now: datetime
    ) -> None:
        debt = await _debt(session, case)
        dispute = await session.get_one(Dispute, case.subject_id, with_for_update=True)
        checked(dispute, resolution.state, now)
        if resolution.state is CaseState.ACCEPTED:
            withdrawn(debt, now)
            await cancel_agreements(session, debt, now)
        elif resolution.state is CaseState.CORRECTED:
            if resolution.amount is None or resolution.amount.minor <= 0:
                raise AmountNeeded
            await self.bookkeeping.correct(
                session,
                debt,
                corrected(resolution.amount.minor, debt.amounts),
                source_id=f"dispute/{dispute.id}",
            )

    async def _claim(
        self, session: AsyncSession, case: Case, resolution: Resolution, now: datetime
    ) -> None:
        debt = await _debt(session, case)
        claim = await session.get_one(PaymentClaim, case.subject_id, with_for_update=True)
        checked(claim, resolution.state, now)
        if resolution.state is CaseState.REJECTED:
            return
        claimed = claim.amount_minor
        amount = resolution.amount
        if amount is None and resolution.state is CaseState.ACCEPTED and claimed is not None:
            amount = Money(claimed, claim.currency)
        if amount is None or amount.minor < 0:
            raise AmountNeeded
        if amount.minor:
            await self.payments.book_claimed(
                session,
                debt,
                amount,
                claim_id=claim.id,
                paid_at=await _paid_at(session, claim, debt),
            )


def may_lift(kind: CaseKind, state: CaseState) -> bool:
    """Whether a stop can be lifted with a case: not the one of a death that was confirmed."""
    return kind in STOPPING and not (kind is CaseKind.DEATH and state is not CaseState.REJECTED)


async def _debt(session: AsyncSession, case: Case) -> Debt:
    if case.debt_id is None:
        raise LookupError(case.id)
    return await debts.lock_debt(session, case.debt_id)


async def _paid_at(session: AsyncSession, claim: PaymentClaim, debt: Debt) -> datetime:
    """When a claimed payment was made, at the latest: noon of the day that was named."""
    if claim.paid_on is None:
        return claim.opened_at
    debtor = await session.get_one(Debtor, debt.debtor_id)
    noon = datetime.combine(claim.paid_on, _NOON, ZoneInfo(debtor.timezone))
    return min(noon, claim.opened_at)
