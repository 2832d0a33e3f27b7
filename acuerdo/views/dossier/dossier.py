"""The file of one debtor and a period, as an authority or the person asks for it.

One person's data only; every file that is made is itself a decision in the ledger.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.agreements import repository as agreements
from acuerdo.audit import repository as audit
from acuerdo.audit.repository import decisions_between, record_decision
from acuerdo.cases import repository as cases
from acuerdo.contact import repository as contacts
from acuerdo.conversations import repository as conversations
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor
from acuerdo.payments import repository as payments
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.platform.errors import NotFound, PeriodBackwards
from acuerdo.views.dossier import lines
from acuerdo.views.dossier.lines import DossierLine, Names, Section

# More of one kind than anybody reads of one person; the file says where it was cut.
_MOST = 10_000
# A period without an end or a beginning.
_EARLIEST, _LATEST = date(1970, 1, 1), date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the file says; `since` and `until` are local days, both included."""

    name: str
    reference: str
    timezone: str
    since: date | None
    until: date | None
    issued_at: datetime
    issued_to: str
    head: str
    cut: bool
    lines: tuple[DossierLine, ...]

    @property
    def by_section(self) -> tuple[tuple[Section, tuple[DossierLine, ...]], ...]:
        """Every section in its order with its lines, also where there are none."""
        return tuple(
            (section, tuple(line for line in self.lines if line.section is section))
            for section in Section
        )


@dataclass(frozen=True, slots=True)
class _Period:
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Makes the file of a debtor."""

    db: Database
    clock: Clock
    vault: Vault

    async def of(
        self,
        external_id: str,
        *,
        since: date | None = None,
        until: date | None = None,
        by: str,
    ) -> Dossier:
        """The file of one debtor from one local day to another, both included.

        `by` says who asked; that it was made is written down. Raises NotFound, PeriodBackwards.
        """
        if since is not None and until is not None and since > until:
            raise PeriodBackwards
        if "\x00" in external_id:
            raise NotFound
        async with self.db.transaction() as session:
            debtor = await debts.debtor_by_external_id(session, external_id)
            if debtor is None:
                raise NotFound
            found, cut = await self._lines(session, debtor, _period(debtor, since, until))
            head = await audit.head(session)
            await record_decision(
                session,
                at=self.clock.now(),
                kind="export",
                allowed=True,
                rule="dossier",
                facts={"by": by, "since": since, "until": until, "lines": len(found)},
                debtor_id=debtor.id,
            )
        return Dossier(
            name=debtor.name,
            reference=debtor.external_id,
            timezone=debtor.timezone,
            since=since,
            until=until,
            issued_at=self.clock.now(),
            issued_to=by,
            head=str(head),
            cut=cut,
            lines=tuple(found),
        )

    async def _lines(
        self, session: AsyncSession, debtor: Debtor, period: _Period
    ) -> tuple[list[DossierLine], bool]:
        owed = await debts.debts_of(session, debtor.id)
        points = await contacts.contact_points_of(session, debtor.id)
        names = Names(debtor, owed, points)
        span = (session, debtor.id, period.since, period.until, _MOST)
        attempts = await contacts.attempts_between(*span)
        messages = await conversations.messages_between(*span)
        decisions = await decisions_between(*span)
        consents = await contacts.consents_of(session, debtor.id)
        preference = await contacts.preference_of(session, debtor.id)
        disputes = await debts.disputes_of(session, debtor.id)
        claims = await debts.claims_of(session, debtor.id)
        steps = await cases.steps_of_debtor(session, debtor.id)
        promises = await agreements.promises_of(session, debtor.id)
        plans = await agreements.plans_of(session, debtor.id)
        paid = await payments.payments_of(session, debtor.id)
        found = [
            *lines.of_person(debtor, self._document(debtor)),
            *(lines.of_debt(debt, names) for debt in owed),
            *(lines.of_contact_point(point) for point in points),
            *(lines.of_consent(each) for each in consents if period.holds(each.at)),
            *(() if preference is None else (lines.of_preference(preference),)),
            *(
                lines.of_data_case(each, names)
                for each in await contacts.data_cases_of(session, debtor.id)
                if period.holds(each.opened_at)
            ),
            *(lines.of_attempt(each, names) for each in attempts),
            *(lines.of_message(message, talk) for message, talk in messages),
            *(lines.of_promise(each, names) for each in promises if period.holds(each.recorded_at)),
            *(
                line
                for plan in plans
                if period.holds(plan.recorded_at)
                for line in lines.of_plan(plan, names)
            ),
            *(lines.of_payment(each, names) for each in paid if period.holds(each.recorded_at)),
            *(lines.of_dispute(each, names) for each in disputes if period.holds(each.opened_at)),
            *(lines.of_claim(each, names) for each in claims if period.holds(each.opened_at)),
            *(lines.of_case_event(event, case) for event, case in steps if period.holds(event.at)),
            *lines.of_stops(debtor, points, disputes, claims, names),
            *(lines.of_decision(each, names) for each in decisions),
        ]
        cut = _MOST in (len(attempts), len(messages), len(decisions))
        return found, cut

    def _document(self, debtor: Debtor) -> str | None:
        if debtor.document_encrypted is None:
            return None
        return self.vault.decrypt(debtor.document_encrypted)[-4:]


def _period(debtor: Debtor, since: date | None, until: date | None) -> _Period:
    """The moments at which the local days begin and end."""
    zone = ZoneInfo(debtor.timezone)
    last = until or _LATEST
    return _Period(
        datetime.combine(since or _EARLIEST, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
    )
