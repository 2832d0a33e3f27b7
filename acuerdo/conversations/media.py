"""Files that people send: fetched from the provider once and kept for the agents."""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from acuerdo.contact.service import Contact
from acuerdo.conversations.media_quota import FilesSent, quota_problem
from acuerdo.conversations.models import Message
from acuerdo.conversations.repository import files_of_sender
from acuerdo.platform.announcements import announce
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProviderMisused, ProviderRefused
from acuerdo.platform.logging import get_logger
from acuerdo.platform.private_files import private_folder, write_private
from acuerdo.platform.settings import MediaSettings

_QUOTA_WINDOW: Final = timedelta(days=1)
_log = get_logger()


@dataclass(frozen=True, slots=True)
class MediaStore:
    """Keeps received files under one folder, named by what they contain."""

    db: Database
    contact: Contact
    folder: Path
    clock: Clock
    limits: MediaSettings

    async def fetch(self, message_id: UUID) -> None:
        """Fetch the files of a message that are not there yet.

        What the provider will not give is marked so and shown as such. Raises
        ProviderUnavailable to be called again.
        """
        async with self.db.transaction() as session:
            message = await session.get_one(Message, message_id)
            channel, files = message.channel, [dict(each) for each in message.media]
            since = self.clock.now() - _QUOTA_WINDOW
            used = await files_of_sender(session, message.conversation_id, since)
        for each in files:
            if "file" in each or "problem" in each or not _is_a_file(each["reference"]):
                continue
            problem = quota_problem(used, self._free_bytes(), self.limits)
            if problem is not None:
                _log.warning("media_not_fetched", message=str(message_id), code=problem)
                each["problem"] = problem
                continue
            try:
                content, content_type = await self.contact.fetch_media(
                    channel, each["reference"], max_bytes=self.limits.largest_bytes
                )
            except (ProviderRefused, ProviderMisused) as error:
                _log.warning("media_not_fetched", message=str(message_id), code=error.code)
                each["problem"] = error.code
                continue
            each |= self._keep(content, content_type)
            used = FilesSent(used.count + 1, used.size + len(content))
        async with self.db.transaction() as session:
            message = await session.get_one(Message, message_id, with_for_update=True)
            message.media = files
            announce(session, message.conversation_id)

    def _free_bytes(self) -> int:
        private_folder(self.folder)
        return shutil.disk_usage(self.folder).free

    def _keep(self, content: bytes, content_type: str) -> dict[str, str | int]:
        name = hashlib.sha256(content).hexdigest()
        private_folder(self.folder)
        target = self.folder / name
        if not target.exists():
            partial = target.with_suffix(".part")
            write_private(partial, content)
            partial.replace(target)
        return {"file": name, "content_type": content_type[:120], "bytes": len(content)}


def _is_a_file(reference: str) -> bool:
    """A place or a contact card is all there in its reference."""
    return bool(reference) and not reference.startswith(("geo:", "tel:"))
