"""The file of one debtor and a period, as an authority or the person asks for it.

One person's data only; every file that is made is itself a decision in the ledger.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from acuerdo.audit import repository as audit
from acuerdo.audit.anchors import Anchors
from acuerdo.audit.repository import record_decision
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.platform.errors import NotFound, PeriodBackwards
from acuerdo.values.dates import local_date
from acuerdo.views.debtor_file import repository
from acuerdo.views.debtor_file.debtor_file import Extent, Period, PersonRecord
from acuerdo.views.dossier.lines import lines_of
from acuerdo.views.dossier.sections import Dossier

# More of one kind than anybody reads of one person; the file says where it was cut.
_MOST: Final = 10_000
# A period without an end or a beginning.
_EARLIEST: Final = date(1970, 1, 1)
_LATEST: Final = date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Makes the file of a debtor."""

    db: Database
    clock: Clock
    vault: Vault
    anchors: Anchors

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
        async with self.db.transaction() as session:
            debtor = await repository.debtor_called(session, external_id)
            if debtor is None:
                raise NotFound
            period = _period(debtor.timezone, since, until)
            extent = Extent(period, messages=_MOST, attempts=_MOST, decisions=_MOST, requests=True)
            file = await repository.file_of(session, debtor, extent)
            today = local_date(self.clock.now(), debtor.timezone)
            lines = lines_of(file, period, self._end_of_document(file.person), today)
            head = await audit.head(session)
            await record_decision(
                session,
                at=self.clock.now(),
                kind="export",
                allowed=True,
                rule="dossier",
                facts={"by": by, "since": since, "until": until, "lines": len(lines)},
                debtor_id=debtor.id,
            )
        self.anchors.note(head, "export")
        return Dossier(
            name=file.person.name,
            reference=file.person.external_id,
            timezone=file.person.timezone,
            since=since,
            until=until,
            issued_at=self.clock.now(),
            issued_to=by,
            head=str(head),
            cut=_MOST in (len(file.attempts), len(file.messages), len(file.decisions)),
            lines=lines,
        )

    def _end_of_document(self, person: PersonRecord) -> str | None:
        if person.document_encrypted is None:
            return None
        return self.vault.decrypt(person.document_encrypted)[-4:]


def _period(timezone: str, since: date | None, until: date | None) -> Period:
    """The moments at which the local days begin and end."""
    zone = ZoneInfo(timezone)
    last = until or _LATEST
    return Period(
        datetime.combine(max(since or _EARLIEST, _EARLIEST), time(), zone),
        datetime.combine(min(last, _LATEST) + timedelta(days=1), time(), zone),
    )
