"""Who answers at an address where somebody else was expected."""

from dataclasses import dataclass
from uuid import UUID

from acuerdo.contact import owners, points
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations import lifecycle, outcomes, repository
from acuerdo.conversations.models import Conversation, Outcome
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class Addressees:
    """Use cases of people who are not the debtor; nothing that was proven counts any more."""

    db: Database
    clock: Clock

    async def wrong_person(self, conversation_id: UUID) -> None:
        """This address does not belong to the debtor: never use it for them again."""
        async with self.db.transaction() as session:
            conversation, point = await repository.lock_with_address(session, conversation_id)
            if not _has_only_shown_a_number(conversation, point):
                await owners.denied(session, point, self.clock.now())
            outcomes.note(conversation, Outcome.WRONG_PERSON)
            lifecycle.expire_verification(conversation, self.clock.now())

    async def third_party(self, conversation_id: UUID) -> None:
        """A relative or colleague has this telephone: begin no contact there."""
        async with self.db.transaction() as session:
            conversation, point = await repository.lock_with_address(session, conversation_id)
            if not _has_only_shown_a_number(conversation, point):
                points.third_party(point, self.clock.now())
            outcomes.note(conversation, Outcome.THIRD_PARTY)
            lifecycle.expire_verification(conversation, self.clock.now())


def _has_only_shown_a_number(conversation: Conversation, point: ContactPoint) -> bool:
    """Whether it is a caller who says so of a number that anybody can show as theirs."""
    is_call = conversation.channel is Channel.VOICE
    return is_call and conversation.debtor_id is None and point.debtor_id is not None
