"""People who do not want to be contacted, in words that only the engine understands."""

from dataclasses import dataclass
from uuid import UUID

from acuerdo.contact import consent
from acuerdo.contact.consent import ConsentEvidence
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.conversations import lifecycle, outcomes, repository
from acuerdo.conversations.models import Outcome
from acuerdo.conversations.person import person_of
from acuerdo.language.masking import masked
from acuerdo.language.opt_out import means_this_address, scope_of
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.values.requests import Scope


@dataclass(frozen=True, slots=True)
class OptOutRequests:
    """The use case of an opt-out that was said in a conversation."""

    db: Database
    clock: Clock

    async def opt_out(self, conversation_id: UUID, words: str) -> Scope:
        """Stop contact at once, as far as the words say; gives how far that is."""
        scope = scope_of(words)
        evidence = ConsentEvidence(ConsentSource.WORDS, masked(words))
        async with self.db.transaction() as session:
            conversation, point = await repository.lock_with_address(session, conversation_id)
            if scope is Scope.WORKPLACE:
                point.workplace = point.workplace or means_this_address(words)
            else:
                outcomes.note(conversation, Outcome.OPT_OUT)
                lifecycle.expire_verification(conversation, self.clock.now())
            debtor_id = person_of(conversation, point)
            await consent.withdraw(
                session, point, scope, evidence, debtor_id=debtor_id, now=self.clock.now()
            )
        return scope
