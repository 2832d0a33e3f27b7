"""Where the person behind an address is at home: whose law holds there, and what time it is."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.debts.models import Debtor
from acuerdo.values import phone
from acuerdo.values.countries import country_or_elsewhere


class Locale(NamedTuple):
    """An ISO country code and an IANA zone."""

    country: str
    timezone: str


def locale_shown(debtor: Debtor | None) -> Locale:
    """Where agents are told the time of; of somebody unknown, where most people are."""
    if debtor is not None:
        return Locale(debtor.country, debtor.timezone)
    habits = country_or_elsewhere(None)
    return Locale(habits.code, habits.timezone)


async def locale_of(session: AsyncSession, debtor_id: UUID | None, address: str) -> Locale:
    """The debtor's; where nobody knows the person, a guess by the number they use."""
    if debtor_id is not None:
        return locale_shown(await session.get_one(Debtor, debtor_id))
    habits = country_or_elsewhere(phone.country_of(address))
    return Locale(habits.code, habits.timezone)
