"""What the reports read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact.locale import locale_shown
from acuerdo.contact.models import Attempt, HouseLimits
from acuerdo.debts.models import Debtor
from acuerdo.staff.models import Staff
from acuerdo.views.reports.attempts import Refusal, VerdictCount
from acuerdo.views.reports.house_limits import LimitsChange

_VERDICTS: Final = 500
_REQUESTS: Final = 200
_CHANGES: Final = 20


async def verdicts_between(
    session: AsyncSession, since: datetime, until: datetime
) -> Sequence[VerdictCount]:
    """How often each verdict was given in a period, the most frequent first."""
    count = func.count()
    found = await session.execute(
        select(Attempt.allowed, Attempt.reason, Attempt.rule, count)
        .where(Attempt.at >= since, Attempt.at < until)
        .group_by(Attempt.allowed, Attempt.reason, Attempt.rule)
        .order_by(Attempt.allowed, count.desc(), Attempt.rule)
        .limit(_VERDICTS)
    )
    return [VerdictCount(*row) for row in found.all()]


async def last_refusals(
    session: AsyncSession, since: datetime, until: datetime, limit: int
) -> Sequence[Refusal]:
    """The newest contacts of a period that were refused."""
    found = await session.execute(
        select(Attempt, Debtor)
        .outerjoin(Debtor, Debtor.id == Attempt.debtor_id)
        .where(Attempt.at >= since, Attempt.at < until, Attempt.allowed.is_(False))
        .order_by(Attempt.id.desc())
        .limit(limit)
    )
    return [
        Refusal(
            at=attempt.at,
            timezone=locale_shown(debtor).timezone,
            name=None if debtor is None else debtor.name,
            external_id=None if debtor is None else debtor.external_id,
            channel=attempt.channel,
            purpose=attempt.purpose,
            reason=attempt.reason or "",
            rule=attempt.rule,
            next_allowed_at=attempt.next_allowed_at,
        )
        for attempt, debtor in found.all()
    ]


async def house_limit_changes(session: AsyncSession, country: str) -> Sequence[LimitsChange]:
    """The last changes of the house limits of a country, the newest first, which is in force."""
    found = await session.execute(
        select(HouseLimits, Staff.name)
        .outerjoin(Staff, Staff.id == HouseLimits.changed_by_id)
        .where(HouseLimits.country == country)
        .order_by(HouseLimits.id.desc())
        .limit(_CHANGES)
    )
    return [
        LimitsChange(change.changed_at, name or "", change.limits) for change, name in found.all()
    ]
