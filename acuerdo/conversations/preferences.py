"""How and when people want to be contacted."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.repository import record_decision
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactState, Preference
from acuerdo.conversations import lifecycle, repository
from acuerdo.conversations.models import WaitingReason
from acuerdo.conversations.person import person_of
from acuerdo.language.contact_preferences import contact_preference
from acuerdo.language.masking import masked
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.values.requests import Wish


@dataclass(frozen=True, slots=True)
class StoredPreference:
    """A preference as it is kept; `reachable` where we know an address for the wanted channel."""

    wish: Wish
    reachable: bool


@dataclass(frozen=True, slots=True)
class Preferences:
    """The use case of another way or hour to be contacted."""

    db: Database
    clock: Clock

    async def prefer(self, conversation_id: UUID, words: str) -> StoredPreference | None:
        """Keep how and when a person wants to be contacted; None where the words do not say.

        What is not named stays as it was wished before. A preference for a channel on which we
        know no address is shown to the agents only: it would silence every other one. So is a wish
        that is not read.
        """
        async with self.db.transaction() as session:
            conversation, point = await repository.lock_with_address(session, conversation_id)
            wish = contact_preference(words, point.channel)
            debtor_id = person_of(conversation, point)
            if wish.is_empty or debtor_id is None:
                lifecycle.flag(conversation, WaitingReason.DATA_REQUEST, self.clock.now())
                return None
            points = await contacts.contact_points_of(session, debtor_id)
            usable = {each.channel for each in points if each.state is ContactState.ACTIVE}
            if wish.channel is not None and wish.channel not in usable:
                lifecycle.flag(conversation, WaitingReason.DATA_REQUEST, self.clock.now())
                return StoredPreference(wish, reachable=False)
            kept = await self._keep(session, debtor_id, conversation.id, wish, words)
            return StoredPreference(kept, reachable=True)

    async def _keep(
        self,
        session: AsyncSession,
        debtor_id: UUID,
        conversation_id: UUID,
        wish: Wish,
        words: str,
    ) -> Wish:
        found = await contacts.preference_of(session, debtor_id)
        if found is None:
            found = Preference(debtor_id=debtor_id)
            found.channel = found.begins = found.ends = None
            session.add(found)
        found.channel = wish.channel or found.channel
        if wish.begins is not None or wish.ends is not None:
            found.begins, found.ends = wish.begins, wish.ends
        found.words, found.conversation_id = masked(words), conversation_id
        found.learned_at = self.clock.now()
        await record_decision(
            session,
            at=self.clock.now(),
            kind="preference",
            allowed=True,
            rule="the_persons_words",
            facts={"channel": found.channel, "begins": found.begins, "ends": found.ends},
            debtor_id=debtor_id,
            conversation_id=conversation_id,
        )
        return found.wish
