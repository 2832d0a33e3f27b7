"""Cases in one list, and each with all about it; nothing is changed."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.cases import repository
from acuerdo.cases.concerns import concerns_debtor
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import Case, CaseStep
from acuerdo.cases.money_news import MoneyNews, news_about
from acuerdo.contact.locale import locale_shown
from acuerdo.contact.models import DataCase, Stop
from acuerdo.debts.models import Debt, Debtor, Dispute, PaymentClaim
from acuerdo.payments.gateways import Gateways
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import BadCursor, NotFound
from acuerdo.staff import repository as staff
from acuerdo.staff.models import Staff
from acuerdo.values.countries import country_or_elsewhere
from acuerdo.values.dates import local_date
from acuerdo.values.money import Money
from acuerdo.values.scope import EVERY_CREDITOR, CreditorScope
from acuerdo.views.cases.views import (
    CaseDetail,
    CaseFilter,
    CaseLine,
    CasePage,
    Evidence,
    EvidenceFile,
    StepView,
)

MOST_CASES: Final = 100


@dataclass(frozen=True, slots=True)
class CaseList:
    """Questions about cases. Its readers are staff: nothing here asks for a VerifiedParty."""

    db: Database
    clock: Clock
    gateways: Gateways

    async def page(
        self,
        wanted: CaseFilter,
        *,
        cursor: str | None = None,
        limit: int = MOST_CASES,
        scope: CreditorScope = EVERY_CREDITOR,
    ) -> CasePage:
        """The next cases, the nearest deadline first, of people within reach; raises BadCursor."""
        after = None if cursor is None else _place(cursor)
        async with self.db.transaction() as session:
            found = await repository.page_of_cases(
                session,
                kind=wanted.kind,
                state=wanted.state,
                assigned_to_id=wanted.assigned_to_id,
                due_before=self.clock.now().date() if wanted.overdue else None,
                after=after,
                creditors=scope.creditors,
                limit=min(limit, MOST_CASES) + 1,
            )
            ids = {case.assigned_to_id for case, _, _ in found if case.assigned_to_id is not None}
            people = await staff.staff_of(session, ids)
            shown = found[: min(limit, MOST_CASES)]
            news = await self._news(session, [case for case, _, _ in shown])
        lines = tuple(
            _line(case, debtor, debt, people, self.clock.now(), news.get(case.id))
            for case, debtor, debt in shown
        )
        more = len(found) > len(shown)
        return CasePage(lines, _cursor(shown[-1][0]) if more else None)

    async def case(self, case_id: UUID) -> CaseDetail:
        """One case with all about it; raises NotFound."""
        async with self.db.transaction() as session:
            case = await repository.case_of(session, case_id)
            if case is None:
                raise NotFound
            debtor = None if case.debtor_id is None else await session.get(Debtor, case.debtor_id)
            debt = None if case.debt_id is None else await session.get(Debt, case.debt_id)
            assigned = set() if case.assigned_to_id is None else {case.assigned_to_id}
            people = await staff.staff_of(session, assigned)
            news = await self._news(session, [case])
            detail = CaseDetail(
                line=_line(case, debtor, debt, people, self.clock.now(), news.get(case.id)),
                evidence=await self._evidence(session, case),
                steps=await self._steps(session, case),
                now=self.clock.now(),
                locale=country_or_elsewhere(locale_shown(debtor).country),
                balance=None if debt is None else debt.balance,
                surplus=None if debt is None else debt.surplus,
                withheld=None if debt is None else debt.withheld,
            )
            return await _about(session, case, debtor, detail)

    async def _news(self, session: AsyncSession, cases: Sequence[Case]) -> dict[UUID, MoneyNews]:
        """What cases about money are about, by the ids of the cases."""
        subjects = {
            case.id: case.subject_id
            for case in cases
            if case.kind is CaseKind.MONEY and case.subject_id is not None
        }
        questions = await repository.questions_of(session, subjects)
        asked = {subjects[case_id]: question for case_id, question in questions.items()}
        found = await news_about(session, self.gateways, asked)
        return {
            case_id: found[subject] for case_id, subject in subjects.items() if subject in found
        }

    @staticmethod
    async def _evidence(session: AsyncSession, case: Case) -> tuple[Evidence, ...]:
        steps = await repository.steps_of(session, case.id)
        return tuple(
            Evidence(
                id=message.id,
                text=message.text,
                files=tuple(
                    EvidenceFile(
                        f"/desk/cases/{case.id}/files/{message.id}/{index}",
                        str(each.get("kind", "file")),
                    )
                    for index, each in enumerate(message.media)
                ),
                at=message.at,
                seen_by=tuple(
                    (step.by, step.at)
                    for step in steps
                    if step.step is CaseStep.EVIDENCE_SEEN
                    and step.facts.get("message_id") == str(message.id)
                ),
            )
            for message in await repository.evidence_of(session, case)
        )

    @staticmethod
    async def _steps(session: AsyncSession, case: Case) -> tuple[StepView, ...]:
        return tuple(
            StepView(step.step, step.by, step.at)
            for step in await repository.steps_of(session, case.id)
        )


def _line(
    case: Case,
    debtor: Debtor | None,
    debt: Debt | None,
    people: dict[UUID, Staff],
    now: datetime,
    news: MoneyNews | None,
) -> CaseLine:
    zone = locale_shown(debtor).timezone
    holder = None if case.assigned_to_id is None else people.get(case.assigned_to_id)
    return CaseLine(
        id=case.id,
        kind=case.kind,
        state=case.state,
        name=None if debtor is None else debtor.name,
        debtor=None if debtor is None else debtor.external_id,
        debt=None if debt is None else debt.external_id,
        product=None if debt is None else debt.product,
        conversation_id=case.conversation_id,
        words=case.words,
        rule=case.rule,
        due_on=case.due_on,
        days_left=(case.due_on - local_date(now, zone)).days,
        opened_at=case.opened_at,
        assigned_to=None if holder is None else holder.name,
        assigned_login=None if holder is None else holder.login,
        resolved_at=case.resolved_at,
        resolved_by=case.resolved_by,
        reason=case.reason,
        informed_at=case.informed_at,
        timezone=zone,
        concerns_debtor=debtor is not None
        and concerns_debtor(case.kind, None if news is None else news.question, case.state),
        money=news,
    )


async def _about(
    session: AsyncSession, case: Case, debtor: Debtor | None, detail: CaseDetail
) -> CaseDetail:
    """The same with what its kind knows besides."""
    match case.kind:
        case CaseKind.DISPUTE:
            dispute = await session.get_one(Dispute, case.subject_id)
            return replace(detail, dispute_reason=dispute.reason)
        case CaseKind.PAYMENT_CLAIM:
            claim = await session.get_one(PaymentClaim, case.subject_id)
            amount = claim.amount_minor
            return replace(
                detail,
                claimed=None if amount is None else Money(amount, claim.currency),
                paid_on=claim.paid_on,
                has_proof=claim.has_proof,
            )
        case CaseKind.DATA_REQUEST:
            request = await session.get_one(DataCase, case.subject_id)
            return replace(detail, right=request.right)
        case CaseKind.REPRESENTATIVE if case.subject_id is not None:
            stop = await session.get_one(Stop, case.subject_id)
            return replace(detail, has_stop=stop.lifted_at is None, stop_lifted_at=stop.lifted_at)
        case CaseKind.DEATH:
            stands = debtor is not None and debtor.deceased_reported_at is not None
            return replace(detail, has_stop=stands)
        case _:
            return detail


def _cursor(case: Case) -> str:
    return urlsafe_b64encode(f"{case.due_on.isoformat()}/{case.id}".encode()).decode()


def _place(cursor: str) -> tuple[date, UUID]:
    try:
        day, _, name = urlsafe_b64decode(cursor.encode()).decode().partition("/")
        return date.fromisoformat(day), UUID(name)
    except ValueError as error:
        raise BadCursor from error
