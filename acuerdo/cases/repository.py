"""All questions asked about cases."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, lazyload

from acuerdo.audit import ledger
from acuerdo.bookkeeping.facts import MoneyEventKind
from acuerdo.bookkeeping.models import MoneyEvent
from acuerdo.bookkeeping.questions import MoneyQuestion
from acuerdo.cases.concerns import MONEY_ANSWERS
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import Case, CaseEvent, CaseStep
from acuerdo.conversations.models import Direction, Message
from acuerdo.debts.models import CaseState, Creditor, Debt, Debtor
from acuerdo.external_events.models import ExternalEvent

# What a case about money asks stands with the step that opened it.
_QUESTION: Final = CaseEvent.facts["question"].astext


async def lock_case(session: AsyncSession, case_id: UUID) -> Case | None:
    """A case, held until the transaction ends."""
    return await session.get(Case, case_id, with_for_update=True)


async def case_of(session: AsyncSession, case_id: UUID) -> Case | None:
    """A case as it stands."""
    return await session.get(Case, case_id)


async def case_about(session: AsyncSession, kind: CaseKind, subject_id: UUID) -> Case | None:
    """The case about a dispute, a claim, a request or a stop."""
    return await session.scalar(
        select(Case).where(Case.kind == kind, Case.subject_id == subject_id)
    )


async def open_case(
    session: AsyncSession, kind: CaseKind, debtor_id: UUID | None, conversation_id: UUID
) -> Case | None:
    """The open case of a kind about a person; about a conversation where nobody knows whose."""
    whose = (
        Case.conversation_id == conversation_id
        if debtor_id is None
        else Case.debtor_id == debtor_id
    )
    return await session.scalar(
        select(Case).where(Case.kind == kind, Case.state == CaseState.OPEN, whose).limit(1)
    )


async def questions_of(
    session: AsyncSession, case_ids: Collection[UUID]
) -> dict[UUID, MoneyQuestion]:
    """What cases about money ask, as it was asked last."""
    if not case_ids:
        return {}
    found = await session.execute(
        select(CaseEvent.case_id, _QUESTION)
        .where(CaseEvent.case_id.in_(case_ids), CaseEvent.step == CaseStep.OPENED)
        .order_by(CaseEvent.id)
    )
    return {case_id: MoneyQuestion(asked) for case_id, asked in found.all() if asked is not None}


async def question_of(session: AsyncSession, case: Case) -> MoneyQuestion | None:
    """What a case about money asks; None of any other kind."""
    if case.kind is not CaseKind.MONEY:
        return None
    return (await questions_of(session, [case.id])).get(case.id)


async def has_open_question(session: AsyncSession, debt_id: UUID, asked: MoneyQuestion) -> bool:
    """Whether a case that asks this about the money of a debt waits for a person."""
    found = await session.scalar(
        select(Case.id)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(
            Case.kind == CaseKind.MONEY,
            Case.state == CaseState.OPEN,
            Case.debt_id == debt_id,
            CaseEvent.step == CaseStep.OPENED,
            _QUESTION.in_((asked.value,)),
        )
        .limit(1)
    )
    return found is not None


async def money_event(session: AsyncSession, event_id: UUID) -> MoneyEvent:
    """One fact about money."""
    return await session.get_one(MoneyEvent, event_id)


async def money_events(
    session: AsyncSession, event_ids: Collection[UUID]
) -> Sequence[tuple[MoneyEvent, Debt]]:
    """Some facts about money, each with its debt."""
    if not event_ids:
        return ()
    found = await session.execute(
        select(MoneyEvent, Debt)
        .join(Debt, Debt.id == MoneyEvent.debt_id)
        .where(MoneyEvent.id.in_(event_ids))
        .options(lazyload(Debt.creditor))
    )
    return [(event, debt) for event, debt in found.all()]


async def latest_statement(session: AsyncSession, debt_id: UUID) -> MoneyEvent | None:
    """What a file said of a debt last, by when it became known."""
    return await session.scalar(
        select(MoneyEvent)
        .where(MoneyEvent.debt_id == debt_id, MoneyEvent.kind == MoneyEventKind.STATEMENT)
        .order_by(MoneyEvent.recorded_at.desc(), MoneyEvent.sequence.desc())
        .limit(1)
    )


async def webhooks(session: AsyncSession, event_ids: Collection[UUID]) -> Sequence[ExternalEvent]:
    """Some webhooks as they came."""
    if not event_ids:
        return ()
    found = await session.scalars(select(ExternalEvent).where(ExternalEvent.id.in_(event_ids)))
    return found.all()


async def first_creditor(session: AsyncSession) -> Creditor | None:
    """The first creditor of this installation, by what the portfolio calls it."""
    return await session.scalar(select(Creditor).order_by(Creditor.external_id).limit(1))


async def lock_debtor(session: AsyncSession, debtor_id: UUID) -> Debtor:
    """A person, held until the transaction ends: their cases are opened one at a time."""
    return await session.get_one(Debtor, debtor_id, with_for_update=True)


async def record_step(
    session: AsyncSession,
    case: Case,
    step: CaseStep,
    *,
    by: str,
    now: datetime,
    **facts: Any,
) -> None:
    """Write down a step of the work on a case; it is sealed with the transaction."""
    await ledger.record(
        session, CaseEvent(case_id=case.id, step=step, by=by[:80], facts=facts, at=now)
    )


async def steps_of(session: AsyncSession, case_id: UUID) -> Sequence[CaseEvent]:
    """What was done about a case, the oldest first."""
    found = await session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id).limit(500)
    )
    return found.all()


async def untold_cases_of(
    session: AsyncSession, debtor_id: UUID, turn_id: UUID | None
) -> Sequence[Case]:
    """The resolved cases whose answer a person has not heard, or heard in this very turn; held.

    Only such as concern them.
    """
    unheard: ColumnElement[bool] = Case.informed_at.is_(None)
    if turn_id is not None:
        unheard = or_(unheard, Case.informed_turn_id == turn_id)
    found = await session.scalars(
        select(Case)
        .where(Case.debtor_id == debtor_id, Case.resolved_at.is_not(None), unheard)
        .where(Case.kind != CaseKind.DEATH, or_(Case.kind != CaseKind.MONEY, _concerns_debtor()))
        .order_by(Case.resolved_at)
        .limit(5)
        .with_for_update()
    )
    return found.all()


def _concerns_debtor() -> ColumnElement[bool]:
    """Whether a debtor is told what came of a case about money, by what was asked last."""
    asked = (
        select(_QUESTION)
        .where(CaseEvent.case_id == Case.id, CaseEvent.step == CaseStep.OPENED)
        .order_by(CaseEvent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return or_(
        *(and_(asked == question.value, Case.state == state) for question, state in MONEY_ANSWERS)
    )


async def page_of_cases(
    session: AsyncSession,
    *,
    kind: CaseKind | None,
    state: CaseState | None,
    assigned_to_id: UUID | None,
    due_before: date | None,
    after: tuple[date, UUID] | None,
    limit: int,
    creditors: Collection[str] | None = None,
) -> Sequence[tuple[Case, Debtor | None, Debt | None]]:
    """Cases with whose they are and the debt, the nearest deadline first, from after a place.

    `creditors`: only of people who have a debt with one of these, and of people nobody knows.
    """
    asked = (
        select(Case, Debtor, Debt)
        .outerjoin(Debtor, Debtor.id == Case.debtor_id)
        .outerjoin(Debt, Debt.id == Case.debt_id)
        .order_by(Case.due_on, Case.id)
        # its creditor would be joined in, and cases without a debt be left out
        .options(lazyload(Debt.creditor))
        .limit(limit)
    )
    if kind is not None:
        asked = asked.where(Case.kind == kind)
    if state is not None:
        asked = asked.where(Case.state == state)
    if assigned_to_id is not None:
        asked = asked.where(Case.assigned_to_id == assigned_to_id)
    if due_before is not None:
        asked = asked.where(Case.state == CaseState.OPEN, Case.due_on < due_before)
    if creditors is not None:
        owed = aliased(Debt)
        owing = (
            select(owed.debtor_id)
            .join(Creditor, Creditor.id == owed.creditor_id)
            .where(Creditor.external_id.in_(creditors))
        )
        asked = asked.where(Case.debtor_id.is_(None) | Case.debtor_id.in_(owing))
    if after is not None:
        asked = asked.where(tuple_(Case.due_on, Case.id) > after)
    found = await session.execute(asked)
    return [(case, debtor, debt) for case, debtor, debt in found.all()]


async def evidence_of(session: AsyncSession, case: Case) -> Sequence[Message]:
    """What the person said and sent in the conversation of a case, the oldest first."""
    if case.conversation_id is None:
        return ()
    found = await session.scalars(
        select(Message)
        .where(Message.conversation_id == case.conversation_id, Message.direction == Direction.IN)
        .order_by(Message.sequence.desc())
        .limit(50)
    )
    return list(reversed(found.all()))
