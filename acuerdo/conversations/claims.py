"""Who somebody says to be, by a document: kept apart, and nothing follows but the next question."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Conversation
from acuerdo.conversations.proof_asked import person_by_id
from acuerdo.debts import factors
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor, IdentityClaim
from acuerdo.debts.verification import normal_document, proves
from acuerdo.language.folding import words_in
from acuerdo.platform.db.types import Vault
from acuerdo.values.channels import Channel


async def claim_by_document(
    session: AsyncSession,
    conversation: Conversation,
    point: ContactPoint,
    answer: str,
    *,
    vault: Vault,
    now: datetime,
) -> None:
    """Keep whom a document means; whether anybody has it is told nobody: the next factor is
    asked either way.

    A caller may give the ending alone of whoever's number they show: it is worth no more.
    """
    document = normal_document(answer)
    found = await debts.debtors_by_document(session, vault.lookups(document))
    meant = await _meant(session, conversation, found, vault)
    if not found and conversation.channel is Channel.VOICE and point.debtor_id is not None:
        shown = await person_by_id(session, point.debtor_id)
        if proves(factors.DOCUMENT_LAST4, document, shown.secrets(vault)):
            meant = shown.debtor.id
    claim = await debts.claim_of(session, conversation.id)
    if claim is None:
        claim = IdentityClaim(conversation_id=conversation.id)
        session.add(claim)
    claim.debtor_id = meant
    claim.subject = vault.lookup(document) if meant is None else meant.bytes
    claim.factor = factors.asked_beside(document)
    claim.at = now
    await session.flush()


async def _meant(
    session: AsyncSession, conversation: Conversation, found: Sequence[Debtor], vault: Vault
) -> UUID | None:
    """Who of those with one document is meant: two creditors may list one person, each under an
    id of its own. Whose address it is goes before the others; another name or birth date is
    another person, and then nobody is meant.
    """
    sealed = (each.birth_date_encrypted for each in found)
    births = {None if each is None else vault.decrypt(each) for each in sealed}
    names = {frozenset(words_in(each.name)) for each in found}
    if len(births) != 1 or len(names) != 1:
        return None
    there = await contacts.owners_of(session, [conversation.contact_point_id])
    owners_there = {each.debtor_id for each in there}
    named = sorted(found, key=lambda each: (each.id not in owners_there, each.external_id))
    return named[0].id
