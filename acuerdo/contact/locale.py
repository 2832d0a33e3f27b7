"""Where the person behind an address is at home: whose law holds there, and what time it is."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.debts.models import Debtor
from acuerdo.values import phone
from acuerdo.values.countries import country_or_elsewhere


class Home(NamedTuple):
    """An ISO country code and an IANA zone."""

    country: str
    timezone: str


def shown_home(debtor: Debtor | None) -> Home:
    """Where agents are told the time of; of somebody unknown, where most people are."""
    if debtor is not None:
        return Home(debtor.country, debtor.timezone)
    habits = country_or_elsewhere(None)
    return Home(habits.code, habits.timezone)


async def home_of(session: AsyncSession, debtor_id: UUID | None, address: str) -> Home:
    """The debtor's; where nobody knows the person, a guess by the number they use."""
    if debtor_id is not None:
        return shown_home(await session.get_one(Debtor, debtor_id))
    habits = country_or_elsewhere(phone.country_of(address))
    return Home(habits.code, habits.timezone)
