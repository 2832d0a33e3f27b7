"""Files that people send: fetched from the provider once and kept for the agents."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from acuerdo.contact.service import Contact
from acuerdo.conversations.models import Message
from acuerdo.platform.announcements import announce
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProviderMisused, ProviderRefused
from acuerdo.platform.logging import get_logger

MAX_BYTES = 16 * 1024 * 1024
_log = get_logger()


@dataclass(frozen=True, slots=True)
class MediaStore:
    """Keeps received files under one folder, named by what they contain."""

    db: Database
    contact: Contact
    folder: Path

    async def fetch(self, message_id: UUID) -> None:
        """Fetch the files of a message that are not there yet.

        What the provider will not give is marked so and shown as such. Raises
        ProviderUnavailable to be called again.
        """
        async with self.db.transaction() as session:
            message = await session.get_one(Message, message_id)
            channel, files = message.channel, [dict(each) for each in message.media]
        for each in files:
            if "file" in each or "problem" in each or not _is_a_file(each["reference"]):
                continue
            try:
                content, content_type = await self.contact.fetch_media(
                    channel, each["reference"], max_bytes=MAX_BYTES
                )
            except (ProviderRefused, ProviderMisused) as error:
                _log.warning("media_not_fetched", message=str(message_id), code=error.code)
                each["problem"] = error.code
                continue
            each |= self._keep(content, content_type)
        async with self.db.transaction() as session:
            message = await session.get_one(Message, message_id, with_for_update=True)
            message.media = files
            announce(session, message.conversation_id)

    def _keep(self, content: bytes, content_type: str) -> dict[str, str | int]:
        name = hashlib.sha256(content).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / name
        if not target.exists():
            partial = target.with_suffix(".part")
            partial.write_bytes(content)
            partial.replace(target)
        return {"file": name, "content_type": content_type[:120], "bytes": len(content)}


def _is_a_file(reference: str) -> bool:
    """A place or a contact card is all there in its reference."""
    return bool(reference) and not reference.startswith(("geo:", "tel:"))
