"""Working on cases: who looks into them, what was seen, what came of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases import repository, transitions
from acuerdo.cases.answers import CaseAnswers
from acuerdo.cases.models import Case, CaseStep
from acuerdo.cases.resolution import RESOLUTIONS, Consequences, Resolution
from acuerdo.debts import repository as debts
from acuerdo.debts.models import CaseState
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import AmountNeeded, CaseResolved, DebtNeeded, NotFound
from acuerdo.staff import repository as staff
from acuerdo.values.money import Money, NotAnAmount
from acuerdo.values.scope import EVERY_CREDITOR, CreditorScope

ResolutionWord = Literal["accepted", "rejected", "corrected"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A resolution as a door asks for it: an amount is a decimal in the debt's currency.

    `debt`: what the portfolio calls the debt that money without one belongs to.
    """

    word: ResolutionWord
    reason: str
    amount: Decimal | None = None
    lifts_stop: bool = False
    debt: str | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """Use cases of the work on cases; each runs in one transaction.

    `by` names who does it: `desk:lucia`, or the name of an API key.
    """

    db: Database
    clock: Clock
    consequences: Consequences
    answers: CaseAnswers

    async def assign(self, case_id: UUID, login: str | None, *, by: str) -> None:
        """Give an open case to a person of the desk, by their login, or back to everybody.

        Raises NotFound for an unknown case or person, CaseResolved.
        """
        async with self.db.transaction() as session:
            case = await _open(session, case_id)
            person = None if login is None else await staff.active_by_login(session, login)
            if login is not None and person is None:
                raise NotFound
            staff_id = None if person is None else person.id
            if case.assigned_to_id == staff_id:
                return
            transitions.assigned(case, staff_id)
            await repository.record_step(
                session, case, CaseStep.ASSIGNED, by=by, now=self.clock.now(), to=login
            )

    async def see_evidence(self, case_id: UUID, message_id: UUID, *, by: str) -> None:
        """Note that somebody has looked at what the person said or sent; once for each who does.

        Raises NotFound where it is no evidence of the case.
        """
        async with self.db.transaction() as session:
            case = await repository.lock_case(session, case_id)
            if case is None:
                raise NotFound
            if message_id not in {each.id for each in await repository.evidence_of(session, case)}:
                raise NotFound
            seen = [
                step
                for step in await repository.steps_of(session, case_id)
                if step.step is CaseStep.EVIDENCE_SEEN
                and step.by == by
                and step.facts.get("message_id") == str(message_id)
            ]
            if not seen:
                await repository.record_step(
                    session,
                    case,
                    CaseStep.EVIDENCE_SEEN,
                    by=by,
                    now=self.clock.now(),
                    message_id=str(message_id),
                )

    async def resolve(
        self,
        case_id: UUID,
        decided: Decided,
        *,
        by: str,
        staff_id: UUID | None = None,
        scope: CreditorScope = EVERY_CREDITOR,
    ) -> None:
        """Close a case with a reason, move what it is about, and tell the person.

        `scope`: the creditors whose debts may be named. Raises NotFound, CaseResolved,
        AmountNeeded, DebtNeeded or StopStays.
        """
        now = self.clock.now()
        async with self.db.transaction() as session:
            case = await _open(session, case_id)
            state = RESOLUTIONS[decided.word]
            await _place(session, case, decided, scope)
            resolution = Resolution(
                state,
                decided.reason,
                by,
                await _money(session, case, decided.amount),
                decided.lifts_stop,
                staff_id,
            )
            await self.consequences.follow(session, case, resolution, now)
            transitions.resolved(case, state, by=by, reason=decided.reason, now=now)
            await session.flush()
            await repository.record_step(
                session,
                case,
                CaseStep.RESOLVED,
                by=by,
                now=now,
                resolution=decided.word,
                reason=decided.reason,
                amount=None if decided.amount is None else str(decided.amount),
                lifts_stop=decided.lifts_stop,
                debt=decided.debt,
            )
            await self.answers.inform(session, case)
            if case.conversation_id is not None:
                announce(session, case.conversation_id)


async def _open(session: AsyncSession, case_id: UUID) -> Case:
    case = await repository.lock_case(session, case_id)
    if case is None:
        raise NotFound
    if case.state is not CaseState.OPEN:
        raise CaseResolved
    return case


async def _place(session: AsyncSession, case: Case, decided: Decided, scope: CreditorScope) -> None:
    """Note the debt that is named for money that had none, so that the case is about it."""
    if decided.debt is None:
        return
    if await repository.question_of(session, case) is not MoneyQuestion.UNPLACED:
        raise DebtNeeded
    if RESOLUTIONS[decided.word] is CaseState.ACCEPTED:
        debt = await debts.debt_by_external_id(session, decided.debt)
        if debt is None or not scope.reaches({debt.creditor.external_id}):
            raise DebtNeeded
        transitions.placed(case, debt)


async def _money(session: AsyncSession, case: Case, amount: Decimal | None) -> Money | None:
    if amount is None or case.debt_id is None:
        return None
    debt = await debts.lock_debt(session, case.debt_id)
    try:
        return Money.of(amount, debt.currency)
    except NotAnAmount as error:
        raise AmountNeeded from error
