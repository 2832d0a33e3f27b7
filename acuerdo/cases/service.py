"""Working on cases: who looks into them, what was seen, what came of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.cases import repository, transitions
from acuerdo.cases.answers import CaseAnswers
from acuerdo.cases.models import Case, CaseStep
from acuerdo.cases.resolution import RESOLUTIONS, Consequences, Resolution
from acuerdo.debts.models import CaseState, Debt
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import AmountNeeded, CaseResolved, NotFound
from acuerdo.staff import repository as staff
from acuerdo.values.money import Money, NotAnAmount

ResolutionWord = Literal["accepted", "rejected", "corrected"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A resolution as a door asks for it: an amount is a decimal in the debt's currency."""

    word: ResolutionWord
    reason: str
    amount: Decimal | None = None
    lifts_stop: bool = False


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
        self, case_id: UUID, decided: Decided, *, by: str, staff_id: UUID | None = None
    ) -> None:
        """Close a case with a reason, move what it is about, and tell the person.

        Raises NotFound, CaseResolved, AmountNeeded or StopStays.
        """
        now = self.clock.now()
        async with self.db.transaction() as session:
            case = await _open(session, case_id)
            state = RESOLUTIONS[decided.word]
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


async def _money(session: AsyncSession, case: Case, amount: Decimal | None) -> Money | None:
    if amount is None or case.debt_id is None:
        return None
    debt = await session.get_one(Debt, case.debt_id)
    try:
        return Money.of(amount, debt.currency)
    except NotAnAmount as error:
        raise AmountNeeded from error
