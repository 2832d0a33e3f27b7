"""All questions asked of the debtor's side of the database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.debts.models import (
    CaseState,
    Creditor,
    Debt,
    Debtor,
    DebtStatus,
    Dispute,
    IdentityCheck,
    IdentityClaim,
    PaymentClaim,
)

MAX_DEBTS = 50


async def debtor_by_external_id(session: AsyncSession, external_id: str) -> Debtor | None:
    """The debtor the portfolio calls so."""
    return await session.scalar(select(Debtor).where(Debtor.external_id == external_id))


async def debt_by_external_id(session: AsyncSession, external_id: str) -> Debt | None:
    """The debt the portfolio calls so, held until the transaction ends."""
    return await session.scalar(
        select(Debt).where(Debt.external_id == external_id).with_for_update(of=Debt)
    )


async def creditors(session: AsyncSession) -> Sequence[Creditor]:
    """Every creditor of this installation."""
    return (await session.scalars(select(Creditor).limit(10_000))).all()


async def debtors_by_document(session: AsyncSession, lookups: Sequence[bytes]) -> Sequence[Debtor]:
    """The debtors whose document has one of these keyed hashes."""
    found = await session.scalars(select(Debtor).where(Debtor.document_lookup.in_(lookups)))
    return found.all()


async def debtors_with_secrets(session: AsyncSession) -> Sequence[Debtor]:
    """Everybody of whom we keep an encrypted document or birth date."""
    found = await session.scalars(
        select(Debtor).where(
            Debtor.document_encrypted.is_not(None) | Debtor.birth_date_encrypted.is_not(None)
        )
    )
    return found.all()


async def debts_of(session: AsyncSession, debtor_id: UUID) -> Sequence[Debt]:
    """All debts of a person, the oldest first, with their creditors."""
    found = await session.scalars(
        select(Debt)
        .where(Debt.debtor_id == debtor_id)
        .order_by(Debt.due_on, Debt.external_id)
        .limit(MAX_DEBTS)
    )
    return found.all()


async def open_debts_of(session: AsyncSession, debtor_id: UUID) -> Sequence[Debt]:
    """The debts of a person that are still owed, the oldest first."""
    debts = await debts_of(session, debtor_id)
    return [debt for debt in debts if debt.status is DebtStatus.OPEN and debt.balance_minor > 0]


async def lock_debt(session: AsyncSession, debt_id: UUID) -> Debt:
    """A debt, held until the transaction ends: agreements about one debt are made one at a time."""
    found = await session.scalars(select(Debt).where(Debt.id == debt_id).with_for_update(of=Debt))
    return found.one()


async def creditors_of(session: AsyncSession, debtor_id: UUID) -> Sequence[Creditor]:
    """The creditors a person owes or owed to, the one of the oldest debt first."""
    seen: dict[UUID, Creditor] = {}
    for debt in await debts_of(session, debtor_id):
        seen.setdefault(debt.creditor_id, debt.creditor)
    return list(seen.values())


async def agency_names(session: AsyncSession) -> Sequence[str]:
    """The different names under which this installation works, at most two are looked at."""
    found = await session.scalars(select(Creditor.agency).distinct().limit(2))
    return found.all()


@dataclass(frozen=True, slots=True)
class DebtHold:
    """Whether an open debt waits for a check."""

    debt_id: UUID
    disputed: bool
    claimed: bool


async def holds_of(session: AsyncSession, debtor_id: UUID) -> Sequence[DebtHold]:
    """The open debts of a person and what each of them waits for."""
    disputed = exists().where(Dispute.debt_id == Debt.id, Dispute.state == CaseState.OPEN)
    claimed = exists().where(PaymentClaim.debt_id == Debt.id, PaymentClaim.state == CaseState.OPEN)
    found = await session.execute(
        select(Debt.id, disputed, claimed)
        .where(Debt.debtor_id == debtor_id, Debt.status == DebtStatus.OPEN, Debt.balance_minor > 0)
        .order_by(Debt.due_on, Debt.external_id)
        .limit(MAX_DEBTS)
    )
    return [DebtHold(*row) for row in found.all()]


async def open_dispute(session: AsyncSession, debt_id: UUID) -> Dispute | None:
    """The dispute of a debt that waits for a check."""
    return await session.scalar(
        select(Dispute).where(Dispute.debt_id == debt_id, Dispute.state == CaseState.OPEN)
    )


async def open_claim(session: AsyncSession, debt_id: UUID) -> PaymentClaim | None:
    """The claimed payment of a debt that waits for a check."""
    return await session.scalar(
        select(PaymentClaim).where(
            PaymentClaim.debt_id == debt_id, PaymentClaim.state == CaseState.OPEN
        )
    )


async def check_of_turn(session: AsyncSession, turn_id: UUID) -> IdentityCheck | None:
    """The proof already judged in a turn: judging again must not count twice."""
    return await session.scalar(select(IdentityCheck).where(IdentityCheck.turn_id == turn_id))


async def factors_passed(session: AsyncSession, conversation_id: UUID, since: datetime) -> set[str]:
    """The factors proven in a conversation since a moment."""
    found = await session.scalars(
        select(IdentityCheck.factor).where(
            IdentityCheck.conversation_id == conversation_id,
            IdentityCheck.passed,
            IdentityCheck.at >= since,
        )
    )
    return set(found.all())


async def last_failed_check(session: AsyncSession, conversation_id: UUID) -> datetime | None:
    """When a proof failed last in a conversation."""
    return await session.scalar(
        select(func.max(IdentityCheck.at)).where(
            IdentityCheck.conversation_id == conversation_id, IdentityCheck.passed.is_(False)
        )
    )


async def failures_of(
    session: AsyncSession, contact_point_id: UUID, subject: bytes | None, since: datetime
) -> tuple[list[datetime], list[datetime]]:
    """When proofs failed from an address since a moment, and when those that meant a person did,
    from wherever they came."""
    means = IdentityCheck.subject == subject if subject is not None else false()
    here = IdentityCheck.contact_point_id == contact_point_id
    found = await session.execute(
        select(IdentityCheck.at, here, means)
        .where(or_(here, means), IdentityCheck.passed.is_(False), IdentityCheck.at >= since)
        .order_by(IdentityCheck.at)
        .limit(10_000)
    )
    rows = found.all()
    return [at for at, is_here, _ in rows if is_here], [at for at, _, meant in rows if meant]


async def failed_checks_since(session: AsyncSession, since: datetime) -> int:
    """How many proofs failed in the whole installation since a moment."""
    count = await session.scalar(
        select(func.count())
        .select_from(IdentityCheck)
        .where(IdentityCheck.passed.is_(False), IdentityCheck.at >= since)
    )
    return count or 0


async def hold_subject(session: AsyncSession, subject: bytes) -> None:
    """Let proofs that mean one person be judged one at a time, until the transaction ends."""
    key = int.from_bytes(hashlib.sha256(subject).digest()[:8], signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def claim_of(session: AsyncSession, conversation_id: UUID) -> IdentityClaim | None:
    """Who somebody says to be in a conversation."""
    return await session.get(IdentityClaim, conversation_id)
