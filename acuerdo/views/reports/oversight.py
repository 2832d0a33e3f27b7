"""Everything a manager asks for; each question runs in one transaction and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import repository as contacts
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law.rules import Holidays, Hours, Limit, Rule
from acuerdo.contact.locale import locale_shown
from acuerdo.contact.models import Attempt
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import NotFound, PeriodBackwards
from acuerdo.staff import repository as staff
from acuerdo.values.countries import COUNTRIES
from acuerdo.views.reports.oversight_views import (
    LawView,
    LedgerView,
    LimitsChange,
    LimitsView,
    RefusalView,
    VerdictCount,
)

_NEWEST = 50
_USUAL_DAYS = 7


@dataclass(frozen=True, slots=True)
class Oversight:
    """Questions of managers. Its readers are staff: nothing here asks for a VerifiedParty."""

    db: Database
    clock: Clock
    house: HouseLimitsService

    async def ledger(self, since: date | None, until: date | None) -> LedgerView:
        """Contacts and refusals by reason, of whole days in UTC; the last seven where none said.

        Raises PeriodBackwards.
        """
        last = until or self.clock.now().date()
        first = since or last - timedelta(days=_USUAL_DAYS - 1)
        if first > last:
            raise PeriodBackwards
        begin = datetime.combine(first, time(), UTC)
        end = datetime.combine(last, time.max, UTC)
        async with self.db.transaction() as session:
            counted = await contacts.verdicts_between(session, begin, end)
            newest = await contacts.last_refusals(session, begin, end, _NEWEST)
            people = await self._people(session, [each.debtor_id for each in newest])
        return LedgerView(
            since=first,
            until=last,
            allowed=tuple(
                VerdictCount(reason, rule, count) for yes, reason, rule, count in counted if yes
            ),
            refused=tuple(
                VerdictCount(reason, rule, count) for yes, reason, rule, count in counted if not yes
            ),
            newest=tuple(_refusal(each, people) for each in newest),
        )

    @staticmethod
    async def _people(session: AsyncSession, ids: Sequence[UUID | None]) -> dict[UUID, Debtor]:
        return await debts.debtors(session, {each for each in ids if each is not None})

    async def limits(self, code: str) -> LimitsView:
        """The house limits of a country beside its law; raises NotFound for one we do not serve."""
        if code not in COUNTRIES:
            raise NotFound
        limits = await self.house.limits(code)
        changes = await self.house.changes(code)
        async with self.db.transaction() as session:
            names = await staff.names_of(session, {each.changed_by_id for each in changes})
        return LimitsView(
            country=code,
            limits=limits,
            law=tuple(view for rule in load(code).rules if (view := _law(rule)) is not None),
            changes=tuple(
                LimitsChange(each.changed_at, names.get(each.changed_by_id, ""), each.limits)
                for each in changes
            ),
        )


def _refusal(attempt: Attempt, people: dict[UUID, Debtor]) -> RefusalView:
    debtor = None if attempt.debtor_id is None else people.get(attempt.debtor_id)
    return RefusalView(
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


def _law(rule: Rule) -> LawView | None:
    """A rule about time in figures; None for one about something else."""
    channels = frozenset(rule.channels)
    if isinstance(rule, Hours):
        return LawView(rule.citation, channels, hours=_grouped(rule))
    if isinstance(rule, Holidays):
        return LawView(rule.citation, channels, no_holidays=True)
    if isinstance(rule, Limit):
        return LawView(rule.citation, channels, most=rule.limit, reason=rule.reason)
    return None


def _grouped(rule: Hours) -> tuple[tuple[tuple[int, ...], str], ...]:
    """The weekdays with the same windows together: Monday is 0."""
    by_hours: dict[str, list[int]] = {}
    for day, windows in enumerate(rule.windows):
        written = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in windows)
        by_hours.setdefault(written, []).append(day)
    return tuple((tuple(days), written) for written, days in by_hours.items() if written)
