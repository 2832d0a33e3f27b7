"""Later contacts that are agreed in a conversation."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from acuerdo.contact import points
from acuerdo.contact.locale import locale_of
from acuerdo.contact.service import Contact
from acuerdo.conversations import outcomes, repository
from acuerdo.conversations.jobs import follow_callback
from acuerdo.conversations.models import Outcome
from acuerdo.conversations.person import person_of
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.jobs import Jobs


@dataclass(frozen=True, slots=True)
class AgreedCallback:
    """When somebody is contacted again; `moved` where another time was wanted."""

    at: datetime
    timezone: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Callbacks:
    """The use case of "not now, later"."""

    db: Database
    clock: Clock
    jobs: Jobs
    contact: Contact

    async def schedule(self, conversation_id: UUID, wanted: str) -> AgreedCallback:
        """Agree on a later contact at a local time (`YYYY-MM-DDTHH:MM`).

        Gives the agreed moment, moved into the permitted hours.
        """
        async with self.db.transaction() as session:
            conversation, point = await repository.lock_with_address(session, conversation_id)
            points.expected_there(point, self.clock.now())
            debtor_id = person_of(conversation, point)
            home = await locale_of(session, debtor_id, point.address)
            callback = await self.contact.schedule_callback(
                session, point, conversation.id, debtor_id, _local(wanted, home.timezone), home
            )
            await self.jobs.enqueue(session, follow_callback(callback_id=callback.id))
            outcomes.note(conversation, Outcome.CALLBACK)
        agreed = callback.at.astimezone(ZoneInfo(home.timezone))
        moved = agreed.isoformat()[: len(wanted)] != wanted
        return AgreedCallback(callback.at, home.timezone, moved=moved)


def _local(wanted: str, zone: str) -> datetime:
    return datetime.fromisoformat(wanted).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
