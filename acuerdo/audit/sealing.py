"""Sealing rows in batches, and comparing them; noting the head outside, by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import repository
from acuerdo.audit.anchors import Anchors, Occasion
from acuerdo.audit.batches import compared, packed
from acuerdo.audit.chain import Finding
from acuerdo.audit.ledger import record, table_of
from acuerdo.audit.models import BatchSealed, SealedBatch
from acuerdo.audit.service import Audit
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database

# No transaction of ours lasts so long: what is numbered and not there by then never comes. Nor is a
# turn: a proof is masked in the message that held it when the engine has answered.
SETTLED_AFTER: Final = timedelta(minutes=30)
_BATCH: Final = 2000
_BEFORE_ALL: Final = -(2**63)
_BATCHES: Final = 50


@dataclass(frozen=True, slots=True)
class BatchSealing:
    """Seals the rows of `kinds` in batches, and notes where the chain ends."""

    db: Database
    clock: Clock
    audit: Audit
    anchors: Anchors
    kinds: Sequence[type[BatchSealed]]

    async def seal(self, *, settled_after: timedelta = SETTLED_AFTER) -> int:
        """Seal what was recorded some minutes ago and is not yet sealed; gives how many rows."""
        count = 0
        for kind in self.kinds:
            while sealed := await self._seal_next(kind, settled_after):
                count += sealed
        return count

    async def _seal_next(self, kind: type[BatchSealed], settled_after: timedelta) -> int:
        now, subject = self.clock.now(), table_of(kind)
        async with self.db.transaction() as session:
            mark = await repository.hold_mark(session, subject, now)
            after = await repository.sealed_to(session, subject)
            if mark.seen <= after:
                mark.seen, mark.seen_at = await repository.highest(session, kind), now
            upto = mark.seen if now - mark.seen_at >= settled_after else after
            rows = await repository.rows_between(session, kind, after, upto, _BATCH)
            if not rows:
                return 0
            batch = SealedBatch(
                subject=subject,
                first=rows[0].sequence,
                last=rows[-1].sequence,
                count=len(rows),
                digests=packed(rows),
                at=now,
            )
            await record(session, batch)
        return len(rows)

    async def anchor(self, occasion: Occasion) -> str | None:
        """Note the head outside where it has moved, at night and on command in any case."""
        head = await self.audit.head()
        if occasion == "schedule" and head == self.anchors.last():
            return None
        return self.anchors.note(head, occasion)

    async def verify(self) -> list[Finding]:
        """Compare every row of every batch with what was sealed of it."""
        async with self.db.transaction() as session:
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            found: list[Finding] = []
            for kind in self.kinds:
                found.extend(await self._verify_kind(session, kind))
        return found

    async def _verify_kind(
        self, session: AsyncSession, kind: type[BatchSealed]
    ) -> Iterable[Finding]:
        subject, after = table_of(kind), _BEFORE_ALL
        found: list[Finding] = []
        while batches := await repository.batches_of(session, subject, after, _BATCHES):
            for batch in batches:
                rows = await repository.rows_between(session, kind, after, batch.last)
                found.extend(compared(batch.digests, rows, subject))
                after = batch.last
            session.expunge_all()
        return found
