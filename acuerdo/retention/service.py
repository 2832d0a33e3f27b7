"""Deleting, each night, what was kept as long as the installation wants."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.batches import digest_of_words
from acuerdo.audit.repository import record_decision
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.settings import RetentionSettings
from acuerdo.retention import repository

_BATCH: Final = 200
_Purge = Callable[[AsyncSession, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Retention:
    """Deletes old files, words and webhook bodies, in small transactions.

    Each transaction that deleted something records how much, of what and up to when, in the ledger.
    """

    db: Database
    clock: Clock
    settings: RetentionSettings
    folder: Path

    async def purge(self) -> dict[str, int]:
        """Delete what is older than the settings say; gives how many of each kind."""
        kinds: dict[str, tuple[int, _Purge]] = {
            "media": (self.settings.media_days, self._files),
            "messages": (self.settings.message_days, self._words),
            "external_events": (self.settings.external_event_days, self._bodies),
            "answered_requests": (self.settings.answered_request_days, self._answered),
            "portfolio_imports": (self.settings.portfolio_import_days, self._imports),
        }
        return {
            kind: await self._purge(kind, timedelta(days=days), purge)
            for kind, (days, purge) in kinds.items()
            if days
        }

    async def forget_message_bodies(self) -> int:
        """Delete what channels sent about messages and calls, which was dealt with as it came.

        A proof that was typed or spoken is masked where its message is kept; which body brought it
        no channel tells alike, so all of them go soon.
        """
        hours = self.settings.message_body_hours
        if not hours:
            return 0
        return await self._purge("message_bodies", timedelta(hours=hours), self._message_bodies)

    async def _purge(self, kind: str, age: timedelta, purge: _Purge) -> int:
        before, whole = self.clock.now() - age, 0
        while True:
            async with self.db.transaction() as session:
                count = await purge(session, before)
                if not count:
                    return whole
                await record_decision(
                    session,
                    at=self.clock.now(),
                    kind="purge",
                    allowed=True,
                    rule=kind,
                    facts={"count": count, "before": before, "days": age / timedelta(days=1)},
                )
            whole += count

    async def _files(self, session: AsyncSession, before: datetime) -> int:
        messages = await repository.messages_with_files(session, before, _BATCH)
        names = set()
        for message in messages:
            names |= {each["file"] for each in message.media if each.get("file")}
            message.media = [
                {key: value for key, value in each.items() if key != "file"}
                | ({"problem": "expired"} if each.get("file") else {})
                for each in message.media
            ]
        await session.flush()
        for name in names:
            if not await repository.is_file_held(session, name):
                (self.folder / name).unlink(missing_ok=True)
        return len(messages)

    async def _words(self, session: AsyncSession, before: datetime) -> int:
        messages = await repository.messages_with_words(session, before, _BATCH)
        for message in messages:
            message.text_digest = digest_of_words(message.text)
            message.text, message.template = "", None
        await repository.forget_words_of_turns(session, before)
        return len(messages)

    @staticmethod
    async def _bodies(session: AsyncSession, before: datetime) -> int:
        return await repository.forget_bodies(session, before, _BATCH)

    @staticmethod
    async def _message_bodies(session: AsyncSession, before: datetime) -> int:
        return await repository.forget_message_bodies(session, before, _BATCH)

    @staticmethod
    async def _answered(session: AsyncSession, before: datetime) -> int:
        return await repository.forget_answered_requests(session, before, _BATCH)

    @staticmethod
    async def _imports(session: AsyncSession, before: datetime) -> int:
        return await repository.forget_imports(session, before, _BATCH)
