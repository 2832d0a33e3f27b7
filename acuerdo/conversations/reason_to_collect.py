"""A contact to collect has a reason that is true, beside being lawful."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements.collecting import nothing_to_collect
from acuerdo.agreements.current import arrears_of
from acuerdo.contact.law import Reason, Verdict
from acuerdo.contact.models import Purpose
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debt, Debtor


async def with_reason(
    session: AsyncSession,
    verdict: Verdict,
    debtor: Debtor,
    purpose: Purpose,
    *,
    now: datetime,
    debt_id: UUID | None = None,
) -> Verdict:
    """Give the verdict on a contact, refused where it would ask to pay and there is no reason to.

    `debt_id`: what it is about, else all that is owed. What was refused for good stays as it is: it
    says more. Reminders, callbacks and answers to cases ask for nothing.
    """
    is_final = not verdict.allowed and verdict.next_allowed_at is None
    if purpose is not Purpose.COLLECTION or is_final:
        return verdict
    why = nothing_to_collect(
        [
            await arrears_of(session, debt, zone=debtor.timezone, now=now)
            for debt in await _asked_for(session, debtor.id, debt_id)
        ]
    )
    if why is None:
        return verdict
    return Verdict(False, f"house:{why.value}", Reason(why.value))


async def _asked_for(
    session: AsyncSession, debtor_id: UUID, debt_id: UUID | None
) -> Sequence[Debt]:
    """Give the open debts that are not looked into."""
    held = {
        hold.debt_id
        for hold in await debts.holds_of(session, debtor_id)
        if hold.disputed or hold.claimed
    }
    return [
        debt
        for debt in await debts.open_debts_of(session, debtor_id)
        if debt.id not in held and debt_id in (None, debt.id)
    ]
