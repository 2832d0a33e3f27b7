"""Takes portfolios over, in batches, again and again without doubling anything."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import orjson

from acuerdo.bookkeeping.service import Bookkeeping
from acuerdo.debts import repository as debts
from acuerdo.debts.verification import normal_document
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.platform.errors import (
    EncodingUnknown,
    NotFound,
    PortfolioMalformed,
    PortfolioRejected,
)
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.transient import TRANSIENT
from acuerdo.portfolio import reading, repository, transitions
from acuerdo.portfolio.intake import Intake
from acuerdo.portfolio.jobs import take_over
from acuerdo.portfolio.models import ImportState, PortfolioImport
from acuerdo.portfolio.reading import PortfolioFile
from acuerdo.portfolio.report import Imported

# So many people are written in one transaction: well under a second, in which a person's message
# to one of their numbers may wait.
BATCH: Final = 200
# One import runs at a time, in the order in which the files came: the newest is the truth.
_ONE_AT_A_TIME: Final = UUID("70cf3f5e-4a2b-4bb0-9d5d-9f0f3f1d6c1a")
_LOOK_AFTER: Final = timedelta(minutes=5)
_ENDED: Final = frozenset({ImportState.DONE, ImportState.REJECTED, ImportState.FAILED})


class Rejected(PortfolioRejected):
    """The portfolio has errors; nothing of it was imported."""

    def __init__(self, report: Imported) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import has come: `taken` of `total` people that fit; `problem` is a code."""

    id: UUID
    state: ImportState
    problem: str | None
    taken: int
    total: int
    report: Imported
    received_at: datetime
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be taken."""
        return self.state in _ENDED

    def as_json(self) -> dict[str, Any]:
        """The same as plain data; moments are ISO 8601."""
        ended = self.finished_at
        return {
            "id": str(self.id),
            "state": self.state.value,
            "problem": self.problem,
            "taken": self.taken,
            "total": self.total,
            "received_at": self.received_at.isoformat(),
            "finished_at": None if ended is None else ended.isoformat(),
            **self.report.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Use cases of the portfolio."""

    db: Database
    clock: Clock
    vault: Vault
    jobs: Jobs
    bookkeeping: Bookkeeping

    async def take_over(self, portfolio: object, *, caller: str = "command") -> Imported:
        """Take over a portfolio given as plain data, before this returns.

        Rows that fit are taken, the others reported. Raises Rejected where there are debtors and
        none of them fits: then nothing is taken.
        """
        import_id = await self._store(orjson.dumps(portfolio), caller)
        await self.run(import_id)
        return await self._report_of(import_id)

    async def take_over_now(self, content: bytes, *, caller: str) -> ImportProgress:
        """Take over a file of bytes before this returns; where its rows are held by others, soon.

        Raises Rejected, as `take_over`, and PortfolioMalformed or EncodingUnknown where it is no
        data at all.
        """
        await asyncio.to_thread(reading.parsed, content)
        import_id = await self._store(content, caller)
        async with self.db.transaction() as session:
            # should this process die meanwhile
            await self.jobs.enqueue(session, take_over(import_id=import_id), delay=_LOOK_AFTER)
        try:
            await self.run(import_id)
        except TRANSIENT:
            # somebody holds a row of it, or the database is busy: the worker will go on
            await self._queue(import_id)
        progress = await self.progress(import_id)
        _raise_if_rejected(progress)
        return progress

    async def receive(self, content: bytes, *, caller: str) -> ImportProgress:
        """Store a file of bytes, unread, for the worker to take over."""
        import_id = await self._store(content, caller)
        await self._queue(import_id)
        return await self.progress(import_id)

    async def progress(self, import_id: UUID, *, caller: str | None = None) -> ImportProgress:
        """How far an import has come; raises NotFound, also for that of another caller."""
        async with self.db.statement() as session:
            row = await repository.import_of(session, import_id)
        if row is None or caller not in (None, row.caller):
            raise NotFound
        return ImportProgress(
            row.id,
            row.state,
            row.problem,
            row.taken,
            row.total,
            Imported.from_json(row.report),
            row.received_at,
            row.finished_at,
        )

    async def run(self, import_id: UUID) -> None:
        """Take a stored file over from where it was left; one that has ended is left alone."""
        async with self.db.statement() as session:
            row = await repository.import_of(session, import_id)
            known = await repository.creditor_names(session)
        if row is None or row.content is None or row.state in _ENDED:
            return
        try:
            file = await asyncio.to_thread(self._read, row.content, known)
        except (PortfolioMalformed, EncodingUnknown) as error:
            await self._reject(import_id, error.code, Imported())
            return
        if not file.fits:
            await self._reject(import_id, PortfolioRejected.code, file.report)
            return
        if row.state is ImportState.RECEIVED:
            await self._begin(import_id, file)
        intake = Intake(self.clock, self.vault, self.bookkeeping, import_id, file.as_of)
        while await self._take_batch(import_id, file, intake):
            pass

    async def give_up(self, import_id: UUID) -> None:
        """End an import that nobody will try again; what was taken stays."""
        async with self.db.transaction() as session:
            row = await repository.lock_import(session, import_id)
            if row.state not in _ENDED:
                transitions.failed(row, self.clock.now())

    def _read(self, sealed: bytes, known: Collection[str]) -> PortfolioFile:
        return reading.rows_of(reading.parsed(self.vault.unseal(sealed)), known)

    async def _store(self, content: bytes, caller: str) -> UUID:
        sealed = await asyncio.to_thread(self.vault.seal, content)
        import_id = uuid4()
        async with self.db.transaction() as session:
            session.add(
                PortfolioImport(
                    id=import_id,
                    caller=caller[:80],
                    state=ImportState.RECEIVED,
                    problem=None,
                    content=sealed,
                    taken=0,
                    total=0,
                    report=Imported().as_json(),
                    received_at=self.clock.now(),
                    finished_at=None,
                )
            )
        return import_id

    async def _queue(self, import_id: UUID) -> None:
        async with self.db.transaction() as session:
            await self.jobs.enqueue(session, take_over(import_id=import_id), lock=_ONE_AT_A_TIME)

    async def _begin(self, import_id: UUID, file: PortfolioFile) -> None:
        """Take the creditors, which all else stands on, and note what is to come."""
        async with self.db.transaction() as session:
            await repository.hold_writing(session)
            row = await repository.lock_import(session, import_id)
            if row.state is not ImportState.RECEIVED:
                return
            intake = Intake(self.clock, self.vault, self.bookkeeping, import_id)
            await intake.creditors(session, file.creditors)
            file.report.creditors = len(file.creditors)
            transitions.began(row, len(file.debtors))
            transitions.came_to(row, 0, file.report)

    async def _take_batch(self, import_id: UUID, file: PortfolioFile, intake: Intake) -> bool:
        """Take the next people in one transaction with the note that they are taken; whether there
        may be more."""
        async with self.db.transaction() as session:
            await repository.hold_writing(session)
            row = await repository.lock_import(session, import_id)
            if row.state in _ENDED:
                return False
            rows = file.debtors[row.taken : row.taken + BATCH]
            if not rows:
                transitions.done(row, self.clock.now())
                return False
            report = Imported.from_json(row.report)
            await intake.debtors(session, rows, report)
            transitions.came_to(row, row.taken + len(rows), report)
        return True

    async def _reject(self, import_id: UUID, problem: str, report: Imported) -> None:
        async with self.db.transaction() as session:
            row = await repository.lock_import(session, import_id)
            if row.state not in _ENDED:
                transitions.rejected(row, problem, report, self.clock.now())

    async def _report_of(self, import_id: UUID) -> Imported:
        progress = await self.progress(import_id)
        _raise_if_rejected(progress)
        return progress.report

    async def re_encrypt(self) -> int:
        """Put everybody's document and birth date under the newest key; gives how many people."""
        async with self.db.transaction() as session:
            people = await debts.debtors_with_secrets(session)
            for debtor in people:
                if debtor.document_encrypted is not None:
                    document = self.vault.decrypt(debtor.document_encrypted)
                    debtor.document_encrypted = self.vault.encrypt(document)
                    debtor.document_lookup = self.vault.lookup(normal_document(document))
                if debtor.birth_date_encrypted is not None:
                    debtor.birth_date_encrypted = self.vault.rotate(debtor.birth_date_encrypted)
            return len(people)


def _raise_if_rejected(progress: ImportProgress) -> None:
    if progress.state is ImportState.REJECTED:
        raise Rejected(progress.report)
