"""Which creditors the person of a conversation, a case or a message has debts with."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.models import FileView
from acuerdo.cases.models import Case
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Conversation, Message
from acuerdo.debts.models import Creditor, Debt, Debtor
from acuerdo.values.scope import CreditorScope


async def debtor_id_by_name(session: AsyncSession, external_id: str) -> UUID | None:
    """The debtor whom the portfolio calls so."""
    if "\x00" in external_id:
        return None
    return await session.scalar(select(Debtor.id).where(Debtor.external_id == external_id))


async def debtors_of_conversation(session: AsyncSession, conversation_id: UUID) -> set[UUID]:
    """The person of a conversation and the one its address belongs to, as far as they are known.

    Until one of those who share a number has proven who they are, it may be any of them.
    """
    found = await session.execute(
        select(Conversation.debtor_id, ContactPoint)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(Conversation.id == conversation_id)
    )
    row = found.one_or_none()
    if row is None:
        return set()
    proven, point = row
    people = set() if proven is None else {proven}
    return people | await _owners(session, point, are_sharers_meant=proven is None)


async def debtors_at(session: AsyncSession, point_id: UUID) -> set[UUID]:
    """The people an address belongs to, where they are known."""
    point = await session.get(ContactPoint, point_id)
    return set() if point is None else await _owners(session, point, are_sharers_meant=True)


async def _owners(
    session: AsyncSession, point: ContactPoint, *, are_sharers_meant: bool
) -> set[UUID]:
    if point.debtor_id is not None:
        return {point.debtor_id}
    if not are_sharers_meant:
        return set()
    return {each.id for each in await contacts.sharers_of(session, point)}


async def debtors_of_case(session: AsyncSession, case_id: UUID) -> set[UUID]:
    """The person of a case, where it has one."""
    found = await session.scalar(select(Case.debtor_id).where(Case.id == case_id))
    return set() if found is None else {found}


async def conversation_of_message(session: AsyncSession, message_id: UUID) -> UUID | None:
    """The conversation of a message."""
    return await session.scalar(select(Message.conversation_id).where(Message.id == message_id))


async def creditors_by_debtor(
    session: AsyncSession, debtor_ids: Collection[UUID]
) -> dict[UUID, set[str]]:
    """The external ids of the creditors of some people."""
    found: dict[UUID, set[str]] = {each: set() for each in debtor_ids}
    asked = select(Debt.debtor_id, Creditor.external_id)
    rows = await session.execute(
        asked.join(Creditor, Creditor.id == Debt.creditor_id).where(Debt.debtor_id.in_(debtor_ids))
    )
    for debtor_id, creditor in rows.all():
        found[debtor_id].add(creditor)
    return found


async def reaches(
    session: AsyncSession, debtor_ids: Collection[UUID], scope: CreditorScope
) -> bool:
    """Whether all of some people are within reach; nobody is everybody's."""
    if scope.is_whole or not debtor_ids:
        return True
    found = await creditors_by_debtor(session, debtor_ids)
    return all(scope.reaches(creditors) for creditors in found.values())


async def reached_conversations(
    session: AsyncSession, conversation_ids: Collection[UUID], scope: CreditorScope
) -> set[UUID]:
    """Those of some conversations whose people are within reach."""
    if scope.is_whole:
        return set(conversation_ids)
    return {
        each
        for each in conversation_ids
        if await reaches(session, await debtors_of_conversation(session, each), scope)
    }


async def creditors_of_rows(
    session: AsyncSession, debtors: Collection[str], debts: Collection[str]
) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Of people and debts of a portfolio that are known: their creditors, by external ids."""
    by_debtor: dict[str, set[str]] = {}
    rows = await session.execute(
        select(Debtor.external_id, Creditor.external_id)
        .select_from(Debtor)
        .outerjoin(Debt, Debt.debtor_id == Debtor.id)
        .outerjoin(Creditor, Creditor.id == Debt.creditor_id)
        .where(Debtor.external_id.in_(debtors))
    )
    for debtor, creditor in rows.all():
        by_debtor.setdefault(debtor, set())
        if creditor is not None:
            by_debtor[debtor].add(creditor)
    owed = await session.execute(
        select(Debt.external_id, Creditor.external_id)
        .join(Creditor, Creditor.id == Debt.creditor_id)
        .where(Debt.external_id.in_(debts))
    )
    return by_debtor, {debt: creditor for debt, creditor in owed.all()}  # noqa: C416 - rows are no pairs


async def note_view(session: AsyncSession, **values: object) -> None:
    """Write down that somebody looked; the same look within its window is one."""
    await session.execute(insert(FileView).values(**values).on_conflict_do_nothing())
