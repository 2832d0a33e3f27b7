"""Writes a case into the register: with its last day by law, and its first step."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.cases import repository
from acuerdo.cases.deadlines import deadline
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import Case, CaseStep
from acuerdo.contact.locale import Locale, locale_of, locale_shown
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Conversation
from acuerdo.debts.models import CaseState, Debtor
from acuerdo.language.masking import masked
from acuerdo.values.dates import local_date


async def register(
    session: AsyncSession,
    kind: CaseKind,
    words: str,
    *,
    by: str,
    now: datetime,
    debtor_id: UUID | None,
    conversation_id: UUID | None = None,
    subject_id: UUID | None = None,
    debt_id: UUID | None = None,
    due: tuple[str, date] | None = None,
    **facts: Any,
) -> Case:
    """Add a case with its deadline and its first step, which holds `facts` besides.

    `due`: the rule and the last local day where another law than that of cases sets them.
    """
    if due is None:
        locale = await locale_of_case(session, debtor_id, conversation_id)
        due = last_day(kind, locale, now)
    rule, due_on = due
    case = Case(
        id=uuid4(),
        kind=kind,
        state=CaseState.OPEN,
        subject_id=subject_id,
        debtor_id=debtor_id,
        debt_id=debt_id,
        conversation_id=conversation_id,
        words=masked(words),
        rule=rule,
        due_on=due_on,
        opened_at=now,
    )
    session.add(case)
    await session.flush()
    await record_opening(session, case, by=by, now=now, **facts)
    return case


async def record_opening(
    session: AsyncSession, case: Case, *, by: str, now: datetime, **facts: Any
) -> None:
    """Write down that a case waits for a person from now on."""
    await repository.record_step(
        session,
        case,
        CaseStep.OPENED,
        by=by,
        now=now,
        kind=case.kind.value,
        due_on=case.due_on.isoformat(),
        **facts,
    )


def last_day(kind: CaseKind, locale: Locale, now: datetime) -> tuple[str, date]:
    """The rule that says by when a case is answered, and the last local day."""
    limit = deadline(locale.country, kind)
    today = local_date(now, locale.timezone)
    return limit.citation, limit.last_day(locale.country, today)


async def locale_of_case(
    session: AsyncSession, debtor_id: UUID | None, conversation_id: UUID | None
) -> Locale:
    """Where a case is at home: the person, else the number they write from, else who is owed."""
    if debtor_id is not None:
        return locale_shown(await session.get_one(Debtor, debtor_id))
    if conversation_id is not None:
        conversation = await session.get_one(Conversation, conversation_id)
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        return await locale_of(session, None, point.address)
    creditor = await repository.first_creditor(session)
    if creditor is None:
        return locale_shown(None)
    return Locale(creditor.country, creditor.timezone)
