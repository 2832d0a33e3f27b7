"""Who is on the other side: what must be proven, what was proven, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.repository import record_decision
from acuerdo.contact import owners
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.conversations import repository
from acuerdo.conversations.models import Conversation
from acuerdo.conversations.ports import Scalar
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Creditor, Debt, Debtor, DebtStatus, IdentityCheck
from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.verification import (
    Secrets,
    VerifiedParty,
    attempts_left,
    locked_until,
    normal_document,
    proves,
    verified_party,
)
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.platform.settings import ConversationSettings
from acuerdo.values.countries import COUNTRIES, country
from acuerdo.values.names import full_name

# Who writes from an address we do not know gives the whole document and the birth date.
UNKNOWN_FACTORS = ("document", "birth_date")
_UNKNOWN_MAX_ATTEMPTS = 3


class VerificationState(StrEnum):
    """How far a proof of identity has come."""

    VERIFIED = "verified"
    MORE = "more"
    FAILED = "failed"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class VerificationProgress:
    """The state after an answer; `factor` is what to ask next, `left` how many may still fail."""

    state: VerificationState
    factor: str | None
    left: int


@dataclass(frozen=True, slots=True)
class _Rules:
    factors: tuple[str, ...]
    max_attempts: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Use cases of proving and using an identity."""

    db: Database
    clock: Clock
    vault: Vault
    settings: ConversationSettings

    @property
    def _fresh(self) -> timedelta:
        return timedelta(minutes=self.settings.verified_minutes)

    async def party(self, conversation_id: UUID, turn_id: UUID | None = None) -> VerifiedParty:
        """The proven debtor of a conversation; raises IdentityNotVerified."""
        async with self.db.statement() as session:
            conversation = await session.get_one(Conversation, conversation_id)
            return self._party(conversation, turn_id)

    def _party(self, conversation: Conversation, turn_id: UUID | None) -> VerifiedParty:
        return verified_party(
            debtor_id=conversation.debtor_id,
            conversation_id=conversation.id,
            channel=conversation.channel,
            turn_id=turn_id,
            verified_until_at=conversation.verified_until_at,
            now=self.clock.now(),
        )

    async def proof(self, conversation_id: UUID) -> VerificationProgress:
        """What is still to be proven in a conversation."""
        async with self.db.transaction() as session:
            conversation = await session.get_one(Conversation, conversation_id)
            point = await session.get_one(ContactPoint, conversation.contact_point_id)
            return await self._proof(session, conversation, point)

    async def _proof(
        self, session: AsyncSession, conversation: Conversation, point: ContactPoint
    ) -> VerificationProgress:
        settled = self._settled(conversation, point)
        if settled is not None:
            return settled
        rules = await self._rules(session, point)
        left = attempts_left(await self._failed(session, point), rules.max_attempts)
        factor = await self._next(session, conversation, point, rules)
        return VerificationProgress(VerificationState.MORE, factor or rules.factors[0], left)

    def _settled(
        self, conversation: Conversation, point: ContactPoint
    ) -> VerificationProgress | None:
        """Proven, or locked out: nothing is asked."""
        now = self.clock.now()
        if conversation.verified_until_at is not None and now < conversation.verified_until_at:
            return VerificationProgress(VerificationState.VERIFIED, None, 0)
        if point.locked_until_at is not None and now < point.locked_until_at:
            return VerificationProgress(VerificationState.LOCKED, None, 0)
        return None

    async def _next(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        rules: _Rules,
    ) -> str | None:
        """The first factor that is not proven yet; None where all are."""
        proven = await self._passed(session, conversation, point)
        return next((factor for factor in rules.factors if factor not in proven), None)

    async def _passed(
        self, session: AsyncSession, conversation: Conversation, point: ContactPoint
    ) -> set[str]:
        """The factors proven here; a proof that has grown old, or half of one, counts no more."""
        since = max(
            conversation.verified_until_at or conversation.started_at,
            self.clock.now() - self._fresh,
        )
        if _whose(point) is None:
            # a wrong birth date may belong to a mistyped document: both are asked again
            since = max(since, await debts.last_failed_check(session, conversation.id) or since)
        return await debts.factors_passed(session, conversation.id, since)

    async def _failed(self, session: AsyncSession, point: ContactPoint) -> int:
        since = self.clock.now() - timedelta(minutes=self.settings.lock_out_minutes)
        if point.locked_until_at is not None:
            since = max(since, point.locked_until_at)
        return await debts.failed_checks_since(session, point.id, since)

    async def _rules(self, session: AsyncSession, point: ContactPoint) -> _Rules:
        debtor_id = _whose(point)
        if debtor_id is None:
            return _rules_of(None)
        return _rules_of(await debts.creditors_of(session, debtor_id))

    async def answer(
        self, conversation_id: UUID, turn_id: UUID, answer: str
    ) -> VerificationProgress:
        """Judge an answer to the factor that is asked; the same turn is judged once.

        `answer` is digits, or an ISO date where the birth date was asked.
        """
        async with self.db.transaction() as session:
            conversation = await repository.lock_conversation(session, conversation_id)
            point = await session.get_one(
                ContactPoint, conversation.contact_point_id, with_for_update=True
            )
            before = await self._proof(session, conversation, point)
            if before.factor is None:
                return before
            earlier = await debts.check_of_turn(session, turn_id)
            if earlier is not None:
                state = VerificationState.MORE if earlier.passed else VerificationState.FAILED
                return VerificationProgress(state, before.factor, before.left)
            passed = await self._judge(session, conversation, point, before.factor, answer)
            session.add(
                IdentityCheck(
                    conversation_id=conversation.id,
                    contact_point_id=point.id,
                    debtor_id=conversation.debtor_id,
                    turn_id=turn_id,
                    factor=before.factor,
                    passed=passed,
                    at=self.clock.now(),
                )
            )
            await session.flush()
            return await self._after(session, conversation, point, before, passed)

    async def _judge(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        factor: str,
        answer: str,
    ) -> bool:
        if factor == "document":
            # whether anybody has this document is not told: the next factor is asked either way
            lookups = self.vault.lookups(normal_document(answer))
            found = await debts.debtors_by_document(session, lookups)
            conversation.debtor_id = await self._meant(session, point, found)
            return True
        if conversation.debtor_id is None:
            return False
        debtor = await session.get_one(Debtor, conversation.debtor_id)
        return proves(factor, answer, self._secrets(debtor))

    async def _meant(
        self, session: AsyncSession, point: ContactPoint, found: Sequence[Debtor]
    ) -> UUID | None:
        """Who of those with one document is meant: two creditors may list one person, each under an
        id of its own. Whose address it is goes before the others; two birth dates are two people.
        """
        if len({self._secrets(each).birth_date for each in found}) != 1:
            return None
        there = {each.debtor_id for each in await contacts.owners_of(session, [point.id])}
        named = sorted(found, key=lambda each: (each.id not in there, each.external_id))
        return named[0].id

    def _secrets(self, debtor: Debtor) -> Secrets:
        document, birth = debtor.document_encrypted, debtor.birth_date_encrypted
        return Secrets(
            document=None if document is None else self.vault.decrypt(document),
            birth_date=None if birth is None else date.fromisoformat(self.vault.decrypt(birth)),
        )

    async def _after(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        before: VerificationProgress,
        passed: bool,
    ) -> VerificationProgress:
        now = self.clock.now()
        rules = await self._rules(session, point)
        if not passed:
            left = attempts_left(await self._failed(session, point), rules.max_attempts)
            if left == 0:
                point.locked_until_at = locked_until(now, self.settings.lock_out_minutes)
                await self._decide(session, conversation, allowed=False, rule="lock_out")
                return VerificationProgress(VerificationState.LOCKED, None, 0)
            return VerificationProgress(
                VerificationState.FAILED,
                await self._next(session, conversation, point, rules),
                left,
            )
        missing = await self._next(session, conversation, point, rules)
        if missing is not None:
            return VerificationProgress(VerificationState.MORE, missing, before.left)
        conversation.verified_at = now
        conversation.verified_until_at = now + self._fresh
        if _whose(point) is None or point.state is ContactState.THIRD_PARTY:
            # the debtor has proven to be here, whatever was thought of this address before
            assert conversation.debtor_id is not None  # noqa: S101 - all factors are proven
            await owners.given(session, point, conversation.debtor_id, now)
        await self._decide(session, conversation, allowed=True, rule="+".join(rules.factors))
        return VerificationProgress(VerificationState.VERIFIED, None, before.left)

    async def _decide(
        self, session: AsyncSession, conversation: Conversation, *, allowed: bool, rule: str
    ) -> None:
        await record_decision(
            session,
            at=self.clock.now(),
            kind="verification",
            allowed=allowed,
            rule=rule,
            facts={},
            debtor_id=conversation.debtor_id,
            conversation_id=conversation.id,
        )

    async def facts(
        self, session: AsyncSession, conversation: Conversation
    ) -> Mapping[str, Scalar]:
        """What the engine may know to choose its words; nothing here allows a disclosure."""
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        whose = _whose(point)
        owed = [] if whose is None else await debts.debts_of(session, whose)
        proof = self._settled(conversation, point)
        if proof is None:
            rules = _rules_of(None if whose is None else [debt.creditor for debt in owed])
            factor = await self._next(session, conversation, point, rules)
            proof = VerificationProgress(VerificationState.MORE, factor or rules.factors[0], 0)
        debtor = (
            None
            if whose is None or conversation.debtor_id is None
            else await session.get_one(Debtor, conversation.debtor_id)
        )
        agency = "" if debtor is None else _agencies(owed)
        home = country(debtor.country) if debtor and debtor.country in COUNTRIES else None
        return {
            "known": debtor is not None,
            "name": "" if debtor is None else full_name(debtor.name),
            "agency": agency or await self._only_agency(session),
            "country": "" if home is None else home.code,
            "document_name": "su documento de identidad" if home is None else home.document,
            "timezone": "UTC" if debtor is None else debtor.timezone,
            "verified": proof.state is VerificationState.VERIFIED,
            "locked": proof.state is VerificationState.LOCKED,
            "factor": proof.factor or "",
            "channel": conversation.channel.value,
        }

    @staticmethod
    async def _only_agency(session: AsyncSession) -> str:
        """The name we work under, where it is the same for every creditor."""
        agencies = await debts.agency_names(session)
        return agencies[0] if len(agencies) == 1 else ""

    def extend_verification(self, conversation: Conversation) -> None:
        """Who goes on talking stays proven; who falls silent must prove it again."""
        now = self.clock.now()
        if conversation.verified_until_at is not None and now < conversation.verified_until_at:
            conversation.verified_until_at = now + self._fresh


def _rules_of(creditors: Sequence[Creditor] | None) -> _Rules:
    """The strictest of the policies of all creditors of a person; None: somebody unknown."""
    if creditors is None:
        return _Rules(UNKNOWN_FACTORS, _UNKNOWN_MAX_ATTEMPTS)
    policies = [CreditorPolicy.model_validate(each.policy).verification for each in creditors]
    if not policies:
        return _Rules(("document_last4",), _UNKNOWN_MAX_ATTEMPTS)
    factors = tuple(dict.fromkeys(factor for each in policies for factor in each.factors))
    return _Rules(factors, min(each.max_attempts for each in policies))


def _agencies(owed: Sequence[Debt]) -> str:
    """In whose name we write: that of what is still owed, all of them where there are several."""
    still = [debt for debt in owed if debt.status is DebtStatus.OPEN] or owed
    return " y ".join(dict.fromkeys(debt.creditor.agency for debt in still))


def _whose(point: ContactPoint) -> UUID | None:
    """Whose address it is thought to be; nobody's once somebody else answered there."""
    return None if point.state is ContactState.WRONG_PERSON else point.debtor_id
