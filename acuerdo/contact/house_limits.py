"""The house limits of each country: the ones in force, and who changed them when."""

from dataclasses import dataclass
from uuid import UUID

from acuerdo.audit import ledger
from acuerdo.contact import repository
from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.models import HouseLimits
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.countries import COUNTRIES


@dataclass(frozen=True, slots=True)
class HouseLimitsService:
    """Use cases of the house limits; every change is kept."""

    db: Database
    clock: Clock

    async def limits(self, country: str) -> CountryLimits:
        """What is in force in a country; no limits of our own where nobody set any."""
        async with self.db.transaction() as session:
            found = await repository.house_limits(session, country)
            return CountryLimits() if found is None else found.limits

    async def change(self, country: str, limits: CountryLimits, by: UUID) -> None:
        """Set the limits of a country from now on; the same again changes nothing.

        Raises NotFound for a country that we do not serve.
        """
        if country not in COUNTRIES:
            raise NotFound
        async with self.db.transaction() as session:
            found = await repository.house_limits(session, country)
            if limits == (CountryLimits() if found is None else found.limits):
                return
            await ledger.record(
                session,
                HouseLimits(
                    country=country,
                    weekdays="".join(str(day) for day in sorted(limits.weekdays)),
                    opens=limits.opens,
                    closes=limits.closes,
                    holidays=limits.holidays,
                    most_a_day=limits.most_a_day,
                    most_a_week=limits.most_a_week,
                    gap_hours=limits.gap_hours,
                    changed_at=self.clock.now(),
                    changed_by_id=by,
                ),
            )
