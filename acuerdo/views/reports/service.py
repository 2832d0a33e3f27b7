"""The reports a manager asks for; each is one transaction and changes nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound
from acuerdo.values.countries import COUNTRIES
from acuerdo.views.reports import repository
from acuerdo.views.reports.attempts import AttemptsReport, attempts_report, days_between
from acuerdo.views.reports.house_limits import HouseLimitsReport, house_limits_report

_REFUSALS: Final = 50


@dataclass(frozen=True, slots=True)
class Reports:
    """Questions of managers. Its readers are staff: nothing here asks for a VerifiedParty."""

    db: Database
    clock: Clock

    async def attempts(self, since: date | None, until: date | None) -> AttemptsReport:
        """Contacts and refusals by reason, of whole days in UTC; the last seven where none said.

        Raises PeriodBackwards.
        """
        days = days_between(since, until, self.clock.now().date())
        async with self.db.transaction() as session:
            counts = await repository.verdicts_between(session, days.begin, days.end)
            newest = await repository.last_refusals(session, days.begin, days.end, _REFUSALS)
        return attempts_report(days, counts, newest)

    async def house_limits(self, country: str) -> HouseLimitsReport:
        """The house limits of a country beside its law; raises NotFound for one we do not serve."""
        if country not in COUNTRIES:
            raise NotFound
        async with self.db.transaction() as session:
            changes = await repository.house_limit_changes(session, country)
        return house_limits_report(country, changes)
