"""Somebody wants silence: at once, confirmed once, whatever else is down."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import consent
from acuerdo.contact.consent import ConsentEvidence
from acuerdo.contact.models import ContactPoint, Purpose
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.conversations import lifecycle, outcomes, repository
from acuerdo.conversations.jobs import deliver
from acuerdo.conversations.models import Author, Conversation, Outcome
from acuerdo.conversations.notices import notice
from acuerdo.conversations.outbox import Outbox
from acuerdo.conversations.person import person_of
from acuerdo.language.opt_out import is_opt_out, scope_of
from acuerdo.platform.clock import Clock
from acuerdo.platform.jobs import Jobs

_IN_DIALOGUE = {Purpose.REPLY.value, Purpose.AGENT_REPLY.value}


@dataclass(frozen=True, slots=True)
class OptOutKeywords:
    """Hears the known words for silence in what comes in; the engine is not needed for it."""

    clock: Clock
    jobs: Jobs
    outbox: Outbox

    async def is_keyword(
        self, session: AsyncSession, conversation: Conversation, text: str
    ) -> bool:
        """Whether a whole message is such a word; inside a talk "cancelar" is not."""
        if not is_opt_out(text, in_dialogue=False):
            return False
        last = await repository.last_outbound(session, conversation.id)
        return is_opt_out(text, in_dialogue=last is not None and last.purpose in _IN_DIALOGUE)

    async def apply(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        message_id: UUID,
        words: str,
    ) -> None:
        """Stop contact, and queue the one confirmation where that is news."""
        now = self.clock.now()
        proof = ConsentEvidence(ConsentSource.KEYWORD, words, message_id)
        debtor_id = person_of(conversation, point)
        changed = await consent.withdraw(
            session, point, scope_of(words), proof, debtor_id=debtor_id, now=now
        )
        outcomes.note(conversation, Outcome.OPT_OUT)
        lifecycle.expire_verification(conversation, now)
        if not changed:
            return
        for each in self.outbox.add(
            session,
            conversation,
            notice("opted_out"),
            author=Author.SYSTEM,
            purpose=Purpose.OPT_OUT_CONFIRMATION,
        ):
            await self.jobs.enqueue(session, deliver(message_id=each), lock=conversation.id)
