"""Who is on the other side: what must be proven, what was proven, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit.repository import record_decision
from acuerdo.contact import owners, points
from acuerdo.contact import repository as contacts
from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.conversations import lifecycle, repository
from acuerdo.conversations.claims import claim_by_document
from acuerdo.conversations.jobs import inform_of_new_address
from acuerdo.conversations.models import Conversation
from acuerdo.conversations.notices import notice
from acuerdo.conversations.person import is_for_another, is_proven, person_of
from acuerdo.conversations.ports import Scalar
from acuerdo.conversations.proof_asked import (
    Asked,
    Known,
    Locks,
    agency_at,
    asked_of,
    asked_of_stranger,
    known_person,
    locks_of,
    person_by_id,
)
from acuerdo.debts import factors
from acuerdo.debts import repository as debts
from acuerdo.debts.models import IdentityCheck
from acuerdo.debts.verification import VerifiedParty, proves, verified_party
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.db.types import Vault
from acuerdo.platform.jobs import Jobs
from acuerdo.platform.logging import get_logger
from acuerdo.platform.settings import ConversationSettings
from acuerdo.values.countries import COUNTRIES, country
from acuerdo.values.names import full_name, given_name

_HOUR: Final = timedelta(hours=1)
_log = get_logger()


class VerificationState(StrEnum):
    """How far a proof of identity has come; UNPROVABLE: nobody can prove who they are here."""

    VERIFIED = "verified"
    MORE = "more"
    FAILED = "failed"
    LOCKED = "locked"
    UNPROVABLE = "unprovable"


@dataclass(frozen=True, slots=True)
class VerificationProgress:
    """The state after an answer; `factor` is what to ask next, `left` how many may still fail."""

    state: VerificationState
    factor: str | None
    left: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Use cases of proving and using an identity.

    Who is only claimed stands in `IdentityClaim`, which nothing else reads.
    """

    db: Database
    clock: Clock
    jobs: Jobs
    vault: Vault
    settings: ConversationSettings

    @property
    def _fresh(self) -> timedelta:
        return timedelta(minutes=self.settings.verified_minutes)

    async def party(self, conversation_id: UUID, turn_id: UUID | None = None) -> VerifiedParty:
        """The proven debtor of a conversation; raises IdentityNotVerified."""
        async with self.db.statement() as session:
            conversation, point = await repository.with_address(session, conversation_id)
        return verified_party(
            debtor_id=person_of(conversation, point),
            conversation_id=conversation.id,
            channel=conversation.channel,
            turn_id=turn_id,
            verified_until_at=conversation.verified_until_at,
            now=self.clock.now(),
        )

    async def proof(self, conversation_id: UUID) -> VerificationProgress:
        """What is still to be proven in a conversation."""
        async with self.db.transaction() as session:
            conversation, point = await repository.with_address(session, conversation_id)
            known = await known_person(session, conversation, point)
            return await self._proof(session, conversation, point, known)

    async def _proof(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        known: Known | None,
    ) -> VerificationProgress:
        now = self.clock.now()
        if is_proven(conversation, point, now):
            return VerificationProgress(VerificationState.VERIFIED, None, 0)
        if points.is_withheld(point):
            return VerificationProgress(VerificationState.UNPROVABLE, None, 0)
        if point.locked_until_at is not None and now < point.locked_until_at:
            return VerificationProgress(VerificationState.LOCKED, None, 0)
        asked = await self._asked(session, conversation, point, known)
        # whether somebody unknown means a person who is locked is told to nobody before they answer
        locks = await self._locks(session, point, asked, asked.subject if known else None)
        if locks.hold(now):
            return VerificationProgress(VerificationState.LOCKED, None, 0)
        factor = await self._next(session, conversation, known, asked)
        left = min(locks.address.left, locks.person.left)
        return VerificationProgress(VerificationState.MORE, factor or asked.factors[0], left)

    async def _asked(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        known: Known | None,
    ) -> Asked:
        if known is None:
            return await asked_of_stranger(session, conversation.id)
        now = self.clock.now()
        return asked_of(known, point, vault=self.vault, settings=self.settings, now=now)

    async def _locks(
        self, session: AsyncSession, point: ContactPoint, asked: Asked, subject: bytes | None
    ) -> Locks:
        now = self.clock.now()
        return await locks_of(session, point, asked, subject, settings=self.settings, now=now)

    async def _next(
        self,
        session: AsyncSession,
        conversation: Conversation,
        known: Known | None,
        asked: Asked,
    ) -> str | None:
        """The first factor that is not proven yet; None where all are.

        A proof that has grown old, or half of one, counts no more.
        """
        since = self.clock.now() - self._fresh
        if conversation.verified_until_at is not None:
            since = max(since, conversation.verified_until_at)
        if known is None:
            # a wrong birth date may belong to a mistyped document: both are asked again
            since = max(since, await debts.last_failed_check(session, conversation.id) or since)
        proven = await debts.factors_passed(session, conversation.id, since)
        return next((factor for factor in asked.factors if factor not in proven), None)

    async def answer(
        self, conversation_id: UUID, turn_id: UUID, answer: str
    ) -> VerificationProgress:
        """Judge an answer to the factor that is asked; the same turn is judged once.

        `answer` is digits and letters, or an ISO date where the birth date was asked. Nothing is
        judged where the address has come to belong to somebody else than the talk began with.
        """
        async with self.db.transaction() as session:
            conversation, point = await repository.lock_with_address(session, conversation_id)
            known = await known_person(session, conversation, point)
            before = await self._proof(session, conversation, point, known)
            if before.factor is None or is_for_another(conversation, point):
                return before
            earlier = await debts.check_of_turn(session, turn_id)
            if earlier is not None:
                state = VerificationState.MORE if earlier.passed else VerificationState.FAILED
                return VerificationProgress(state, before.factor, before.left)
            if known is None and before.factor == factors.DOCUMENT:
                await claim_by_document(
                    session, conversation, point, answer, vault=self.vault, now=self.clock.now()
                )
            asked = await self._asked(session, conversation, point, known)
            if asked.subject is not None:
                # fifty guesses at once, from fifty numbers, are fifty guesses one after the other
                await debts.hold_subject(session, asked.subject)
            passed = await self._judge(session, conversation, point, asked, before.factor, answer)
            session.add(
                IdentityCheck(
                    conversation_id=conversation.id,
                    contact_point_id=point.id,
                    debtor_id=None if known is None else known.debtor.id,
                    subject=asked.subject,
                    turn_id=turn_id,
                    factor=before.factor,
                    passed=passed,
                    at=self.clock.now(),
                )
            )
            await session.flush()
            if passed:
                return await self._passed(session, conversation, point, asked, before)
            return await self._failed(session, conversation, point, asked)

    async def _judge(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        asked: Asked,
        factor: str,
        answer: str,
    ) -> bool:
        known = await known_person(session, conversation, point)
        if known is None and factor == factors.DOCUMENT:
            return True
        if (await self._locks(session, point, asked, asked.subject)).person.holds(self.clock.now()):
            return False
        if known is None:
            claim = await debts.claim_of(session, conversation.id)
            if claim is None or claim.debtor_id is None:
                return False
            known = await person_by_id(session, claim.debtor_id)
        return proves(factor, answer, known.secrets(self.vault))

    async def _failed(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        asked: Asked,
    ) -> VerificationProgress:
        now = self.clock.now()
        await self._sound_alarm(session)
        locks = await self._locks(session, point, asked, asked.subject)
        if locks.address.holds(now):
            point.locked_until_at = locks.address.until
        if locks.hold(now):
            await self._decide(session, conversation, point, allowed=False, rule="lock_out")
            return VerificationProgress(VerificationState.LOCKED, None, 0)
        known = await known_person(session, conversation, point)
        factor = await self._next(session, conversation, known, asked)
        left = locks.address.left if known is None else min(locks.address.left, locks.person.left)
        return VerificationProgress(VerificationState.FAILED, factor, left)

    async def _passed(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        asked: Asked,
        before: VerificationProgress,
    ) -> VerificationProgress:
        now = self.clock.now()
        known = await known_person(session, conversation, point)
        missing = await self._next(session, conversation, known, asked)
        if missing is not None:
            return VerificationProgress(VerificationState.MORE, missing, before.left)
        claim = None if known is not None else await debts.claim_of(session, conversation.id)
        debtor_id = known.debtor.id if known else claim.debtor_id if claim else None
        if debtor_id is None:
            return VerificationProgress(VerificationState.MORE, asked.factors[0], before.left)
        if claim is not None:
            await session.delete(claim)
        await self._bind(session, point, debtor_id)
        lifecycle.proven(conversation, point, debtor_id, now, now + self._fresh)
        await self._decide(session, conversation, point, allowed=True, rule="+".join(asked.factors))
        return VerificationProgress(VerificationState.VERIFIED, None, before.left)

    async def _bind(self, session: AsyncSession, point: ContactPoint, debtor_id: UUID) -> None:
        """The debtor has proven to be here, whatever was thought of this address before; an address
        of somebody else stays theirs."""
        owner = points.owner_of(point)
        if owner is not None and (
            owner != debtor_id or point.state is not ContactState.THIRD_PARTY
        ):
            return
        if point.other_user_id is not None:
            await contacts.give_user_id(session, point, point.other_user_id)
        before = point.bound_at
        await owners.given(session, point, debtor_id, self.clock.now())
        if point.bound_at != before:
            await self.jobs.enqueue(session, inform_of_new_address(contact_point_id=point.id))

    async def failures_lately(self) -> int:
        """How many proofs failed in this installation within the last hour."""
        async with self.db.statement() as session:
            return await debts.failed_checks_since(session, self.clock.now() - _HOUR)

    async def alarming_failures(self) -> int:
        """How many proofs failed within the last hour where that is an alarm; else 0."""
        count = await self.failures_lately()
        return count if count >= self.settings.alarm_failures_an_hour else 0

    async def _sound_alarm(self, session: AsyncSession) -> None:
        """Say in the log that proofs fail in numbers, which no single address shows.

        Each failure beyond the threshold says so: of two at once neither sees the other.
        """
        count = await debts.failed_checks_since(session, self.clock.now() - _HOUR)
        if count >= self.settings.alarm_failures_an_hour:
            _log.error("identity_failures_surge", count=count)

    async def _decide(
        self,
        session: AsyncSession,
        conversation: Conversation,
        point: ContactPoint,
        *,
        allowed: bool,
        rule: str,
    ) -> None:
        await record_decision(
            session,
            at=self.clock.now(),
            kind="verification",
            allowed=allowed,
            rule=rule,
            facts={},
            debtor_id=person_of(conversation, point),
            conversation_id=conversation.id,
        )

    async def facts(
        self, session: AsyncSession, conversation: Conversation
    ) -> Mapping[str, Scalar]:
        """What the engine may know to choose its words; nothing here allows a disclosure.

        Of somebody who has proven nothing it holds the given name alone.
        """
        point = await session.get_one(ContactPoint, conversation.contact_point_id)
        known = await known_person(session, conversation, point)
        proof = await self._proof(session, conversation, point, known)
        verified = proof.state is VerificationState.VERIFIED
        debtor = None if known is None else known.debtor
        agency = "" if known is None else known.agencies
        home = country(debtor.country) if debtor and debtor.country in COUNTRIES else None
        return {
            "known": debtor is not None,
            "name": "" if debtor is None else _called(debtor.name, verified=verified),
            "agency": agency or await agency_at(session, point),
            "country": "" if home is None else home.code,
            "document_name": "su documento de identidad" if home is None else home.document,
            "timezone": "UTC" if debtor is None else debtor.timezone,
            "verified": verified,
            "locked": proof.state is VerificationState.LOCKED,
            "factor": proof.factor or "",
            "channel": conversation.channel.value,
        }

    def extend_verification(self, conversation: Conversation) -> None:
        """Who goes on talking stays proven, up to the longest time; who falls silent must prove it
        again."""
        now = self.clock.now()
        until, since = conversation.verified_until_at, conversation.verified_at
        if until is not None and since is not None and now < until:
            longest = since + timedelta(minutes=self.settings.verified_longest_minutes)
            conversation.verified_until_at = min(now + self._fresh, max(until, longest))


def _called(name: str, *, verified: bool) -> str:
    """How a person is called: by the given name alone until they have proven who they are."""
    return full_name(name) if verified else given_name(name) or notice("unnamed_person")
