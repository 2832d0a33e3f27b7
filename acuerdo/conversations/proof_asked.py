"""What is asked of whom as a proof, and what stands in the way of trying one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint
from acuerdo.conversations.models import Conversation
from acuerdo.conversations.person import person_of
from acuerdo.debts import factors, lock_out
from acuerdo.debts import repository as debts
from acuerdo.debts.lock_out import LockState, lock_state
from acuerdo.debts.models import Debt, Debtor, DebtStatus
from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.verification import Secrets, normal_document
from acuerdo.platform.db.types import Vault
from acuerdo.platform.settings import ConversationSettings

_MAX_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Known:
    """The owner of an address, or who was proven, with what they owe."""

    debtor: Debtor
    owed: Sequence[Debt]

    def secrets(self, vault: Vault) -> Secrets:
        """What only they should know."""
        document, birth = self.debtor.document_encrypted, self.debtor.birth_date_encrypted
        return Secrets(
            document=None if document is None else vault.decrypt(document),
            birth_date=None if birth is None else date.fromisoformat(vault.decrypt(birth)),
            accounts=tuple(debt.external_id for debt in self.owed),
        )

    @property
    def agencies(self) -> str:
        """In whose name we write: that of what is still owed, all where there are several."""
        still = [debt for debt in self.owed if debt.status is DebtStatus.OPEN] or self.owed
        return " y ".join(dict.fromkeys(debt.creditor.agency for debt in still))


async def known_person(
    session: AsyncSession, conversation: Conversation, point: ContactPoint
) -> Known | None:
    """The person of a conversation, see `person_of`."""
    debtor_id = person_of(conversation, point)
    return None if debtor_id is None else await person_by_id(session, debtor_id)


async def person_by_id(session: AsyncSession, debtor_id: UUID) -> Known:
    """A person with what they owe."""
    owed = await debts.debts_of(session, debtor_id)
    return Known(await session.get_one(Debtor, debtor_id), owed)


async def agency_at(session: AsyncSession, point: ContactPoint) -> str:
    """The name we work under where nobody is known: the same for every creditor, or those of all
    who share the address; empty where it is nobody's and there are several."""
    agencies = set(await debts.agency_names(session))
    if len(agencies) != 1:
        sharers = await contacts.sharers_of(session, point)
        named = [(await person_by_id(session, each.id)).agencies for each in sharers]
        agencies = {each for each in named if each}
    return " y ".join(sorted(agencies))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of somebody, in this order, and whom their failures mean beside the address."""

    factors: tuple[str, ...]
    max_attempts: int
    subject: bytes | None


async def asked_of_stranger(session: AsyncSession, conversation_id: UUID) -> Asked:
    """The whole document, and what goes with the one that was given."""
    claim = await debts.claim_of(session, conversation_id)
    if claim is None:
        return Asked((factors.DOCUMENT, factors.BIRTH_DATE), _MAX_ATTEMPTS, None)
    return Asked((factors.DOCUMENT, claim.factor), _MAX_ATTEMPTS, claim.subject)


def asked_of(
    known: Known,
    point: ContactPoint,
    *,
    vault: Vault,
    settings: ConversationSettings,
    now: datetime,
) -> Asked:
    """The strictest of the policies of all creditors of a person; where the address has become
    theirs by a proof lately, the whole document besides."""
    policies = [
        CreditorPolicy.model_validate(each.policy).verification
        for each in {debt.creditor_id: debt.creditor for debt in known.owed}.values()
    ]
    wanted: tuple[str, ...] = tuple(
        dict.fromkeys(factor for each in policies for factor in each.factors)
    )
    most = min((each.max_attempts for each in policies), default=_MAX_ATTEMPTS)
    lately = timedelta(days=settings.both_factors_days)
    if point.bound_at is not None and now < point.bound_at + lately:
        wanted = (factors.DOCUMENT, factors.BIRTH_DATE)
    secrets = known.secrets(vault)
    document = None if secrets.document is None else normal_document(secrets.document)
    asked = factors.asked_of_known(wanted or factors.TWO_FACTORS, document, secrets.birth_date)
    return Asked(asked, most, known.debtor.id.bytes)


@dataclass(frozen=True, slots=True)
class Locks:
    """What failures led to: of the address, and of whoever is meant, from wherever they came."""

    address: LockState
    person: LockState

    def hold(self, now: datetime) -> bool:
        """Whether nothing is tried at `now`."""
        return self.address.holds(now) or self.person.holds(now)


async def locks_of(
    session: AsyncSession,
    point: ContactPoint,
    asked: Asked,
    subject: bytes | None,
    *,
    settings: ConversationSettings,
    now: datetime,
) -> Locks:
    """The locks of an address and of a subject; of the address alone where there is none."""
    address = lock_out.of_address(asked.max_attempts, timedelta(minutes=settings.lock_out_minutes))
    since = now - lock_out.PERSON.memory
    here, meant = await debts.failures_of(session, point.id, subject, since)
    return Locks(lock_state(here, address, now), lock_state(meant, lock_out.PERSON, now))
