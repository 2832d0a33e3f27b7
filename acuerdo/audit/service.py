"""Sealing what was recorded, and finding what was changed since."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger, repository
from acuerdo.audit.chain import Fault, Finding, Head, Link, Walk, digest, seal
from acuerdo.audit.ledger import fields_of, key_of, table_of
from acuerdo.audit.models import Audited
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database

_BATCH = 1000
# More findings than anybody reads are counted, not listed.
_LISTED = 200

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What a check of the whole ledger found; `adopted` rows were sealed later than recorded."""

    head: Head
    sealed: int = 0
    adopted: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, found: Iterable[Finding]) -> None:
        """Count findings and list the first ones."""
        for finding in found:
            self.count += 1
            if len(self.findings) < _LISTED:
                self.findings.append(finding)


class Audit:
    """Use cases of the chain; `keys`: the newest first, `kinds`: every audited table.

    `key_ends`: the last position that each old key sealed, where that is known.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        keys: Sequence[bytes],
        kinds: Iterable[type[Audited]],
        key_ends: Sequence[int] = (),
    ) -> None:
        self._db = db
        self._clock = clock
        self._keys = keys
        self._key_ends = key_ends
        self._kinds = {table_of(kind): kind for kind in kinds}

    async def seal_noted(self, session: AsyncSession) -> None:
        """Seal what this transaction recorded; the last thing before it is committed.

        All transactions that record something pass here one at a time, each for two statements.
        """
        rows = ledger.noted(session)
        if rows:
            await session.flush()
            await self._seal(session, rows, adopted=False)

    async def _seal(self, session: AsyncSession, rows: Sequence[Audited], *, adopted: bool) -> None:
        said = [(table_of(type(row)), key_of(row), digest(fields_of(row))) for row in rows]
        head = await repository.lock_head(session)
        links, previous = [], head.hash
        for position, (subject, key, digested) in enumerate(said, head.position + 1):
            link = Link(position, self._clock.now(), subject, key, digested, adopted)
            previous = seal(self._keys[0], previous, link)
            links.append(_sealed(link, previous))
        await repository.add(session, links)

    async def adopt(self) -> dict[str, int]:
        """Take rows into the chain that are older than it, or were brought by hand.

        They are sealed as they stand now and marked for ever; gives how many of each table.
        """
        counts: dict[str, int] = {}
        async with self._db.transaction() as session:
            # whoever records something now waits, and seals it
            await repository.lock_head(session)
            for table, kind in self._kinds.items():
                while keys := await repository.unsealed(session, kind, _BATCH):
                    rows = await repository.rows(session, kind, keys)
                    await self._seal(session, list(rows.values()), adopted=True)
                    counts[table] = counts.get(table, 0) + len(rows)
                    session.expunge_all()
        return counts

    async def head(self) -> Head:
        """Where the chain ends now."""
        async with self._db.transaction() as session:
            return await repository.head(session)

    async def verify(
        self, *, noted: Iterable[Head] = (), progress: Progress = lambda _done, _all: None
    ) -> Report:
        """Compare every link and every row, as they stood at one moment.

        `noted`: heads of earlier days, which the chain must have passed. `progress` is told how
        many of how many links were read.
        """
        expected = {head for head in noted if head.position}
        async with self._db.transaction() as session:
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            report = Report(await repository.head(session))
            walk, position = Walk(self._keys, self._key_ends), 0
            while links := await repository.links_after(session, position, _BATCH):
                for link in links:
                    report.add(walk.step(link))
                    expected.discard(Head(link.position, link.hash))
                report.add(await self._compare(session, links))
                report.sealed += len(links)
                report.adopted += sum(link.adopted for link in links)
                position = links[-1].position
                session.expunge_all()
                progress(report.sealed, report.head.position)
            report.add(walk.end(report.head))
            missed = sorted(head.position for head in expected)
            report.add(Finding(Fault.NOTED, position) for position in missed)
            await self._find_unsealed(session, report)
        return report

    async def _compare(self, session: AsyncSession, links: Sequence[Link]) -> list[Finding]:
        """What the rows of some links say now, against what was sealed."""
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for link in links:
            keys[link.subject].append(link.key)
        rows = {
            (table, key): row
            for table in keys.keys() & self._kinds.keys()
            for key, row in (
                await repository.rows(session, self._kinds[table], keys[table])
            ).items()
        }
        findings = []
        for link in links:
            row = rows.get((link.subject, link.key))
            if row is None:
                fault = Fault.REMOVED
            elif digest(fields_of(row)) != link.digest:
                fault = Fault.CHANGED
            else:
                continue
            findings.append(Finding(fault, link.position, link.subject, link.key))
        return findings

    async def _find_unsealed(self, session: AsyncSession, report: Report) -> None:
        for table, kind in self._kinds.items():
            keys = await repository.unsealed(session, kind, _LISTED)
            report.add(Finding(Fault.UNSEALED, None, table, key) for key in sorted(keys))
            if len(keys) == _LISTED:
                report.count += await repository.unsealed_count(session, kind) - _LISTED


def _sealed(link: Link, hash_: bytes) -> Link:
    return Link(link.position, link.at, link.subject, link.key, link.digest, link.adopted, hash_)
