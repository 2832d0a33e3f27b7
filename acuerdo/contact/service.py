"""Reaching people: `deliver` and `dial` are the only ways out, and they ask the policy first."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.clock import Clock
from acuerdo.contact import policy, repository
from acuerdo.contact.models import (
    Attempt,
    Callback,
    CallbackState,
    ContactPoint,
    ContactState,
    LinkToken,
    Purpose,
)
from acuerdo.contact.policy import ContactFacts, Verdict
from acuerdo.contact.ports import OutboundCall, OutboundMessage, Sent, Telephone, TextChannel
from acuerdo.db.session import Database
from acuerdo.debts import repository as debts
from acuerdo.debts.models import Debtor
from acuerdo.errors import ProviderMisused
from acuerdo.values.channels import Channel

# How far back a provider is asked for a message whose sending was interrupted.
LOOK_BACK = timedelta(hours=6)


class Begin(Enum):
    """What is known of a message when its sending begins."""

    FRESH = auto()
    INTERRUPTED = auto()
    SETTLED = auto()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a delivery ended: sent, refused by policy, settled before, or nobody can know."""

    sent: Sent | None = None
    refused: Verdict | None = None
    unknowable: bool = False


@dataclass(frozen=True, slots=True)
class Dialled:
    """How a dialling ended: placed under the provider's name, or refused by policy."""

    provider_id: str = ""
    refused: Verdict | None = None


BeginCall = Callable[[AsyncSession, ContactPoint], Awaitable[OutboundCall]]
Claim = Callable[[AsyncSession], Awaitable[Begin]]
KnownIds = Callable[[AsyncSession], Awaitable[frozenset[str]]]


class Contact:
    """Use cases of reaching people."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        channels: Mapping[Channel, TextChannel],
        telephone: Telephone | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._channels = channels
        self._telephone = telephone

    async def deliver(
        self,
        message: OutboundMessage,
        *,
        contact_point_id: UUID,
        purpose: Purpose,
        answers_person: bool,
        claim: Claim,
        known_ids: KnownIds,
    ) -> Delivery:
        """Send one message if policy allows it, exactly once.

        `claim` marks the message as being sent, in the transaction that writes the attempt, and
        tells whether a former try was interrupted: then the provider is asked first, by the ids
        in `known_ids` which messages are others; where it cannot be asked the outcome stays
        unknowable. Raises the provider errors as the channel raises them.
        """
        async with self._db.transaction() as session:
            begin = await claim(session)
            if begin is Begin.SETTLED:
                return Delivery()
            verdict = await self._judge(session, message, contact_point_id, purpose, answers_person)
            known = await known_ids(session) if begin is Begin.INTERRUPTED else frozenset()
        if not verdict.allowed:
            return Delivery(refused=verdict)
        channel = self._channel(message.channel)
        if begin is Begin.INTERRUPTED:
            since = self._clock.now() - LOOK_BACK
            lookup = await channel.look_up(message, since=since, known=known)
            if lookup.found is not None:
                return Delivery(sent=lookup.found)
            if not lookup.certain:
                return Delivery(unknowable=True)
        return Delivery(sent=await channel.send(message))

    def _channel(self, channel: Channel) -> TextChannel:
        if channel not in self._channels:
            raise ProviderMisused(f"no provider is configured for {channel.value}")
        return self._channels[channel]

    async def _judge(
        self,
        session: AsyncSession,
        message: OutboundMessage,
        contact_point_id: UUID,
        purpose: Purpose,
        answers_person: bool,
    ) -> Verdict:
        point = await session.get_one(ContactPoint, contact_point_id)
        facts = await self.facts(session, point, purpose, answers_person=answers_person)
        verdict = policy.judge(facts, self._clock.now())
        await self.record(session, point, purpose, verdict, message_id=message.id)
        return verdict

    async def dial(
        self, *, call_id: UUID, contact_point_id: UUID, purpose: Purpose, begin: BeginCall
    ) -> Dialled:
        """Ring a person up if policy allows it now; the attempt is named by the call.

        `begin` makes the call's row, in the transaction that writes the attempt. Raises the
        provider errors as the telephone raises them.
        """
        async with self._db.transaction() as session:
            point = await session.get_one(ContactPoint, contact_point_id, with_for_update=True)
            facts = await self.facts(session, point, purpose, answers_person=False)
            verdict = policy.judge(facts, self._clock.now())
            await self.record(session, point, purpose, verdict, message_id=call_id)
            if not verdict.allowed:
                return Dialled(refused=verdict)
            call = await begin(session, point)
        if self._telephone is None:
            raise ProviderMisused("no telephone is configured")
        return Dialled(provider_id=await self._telephone.place(call))

    async def record(
        self,
        session: AsyncSession,
        point: ContactPoint,
        purpose: Purpose,
        verdict: Verdict,
        *,
        message_id: UUID | None = None,
    ) -> None:
        """Write a verdict into the ledger of attempts."""
        await repository.record_attempt(
            session,
            Attempt(
                contact_point_id=point.id,
                debtor_id=point.debtor_id,
                message_id=message_id,
                channel=point.channel,
                purpose=purpose,
                at=self._clock.now(),
                allowed=verdict.allowed,
                reason=None if verdict.reason is None else verdict.reason.value,
                rule=verdict.rule,
                next_allowed_at=verdict.next_allowed_at,
            ),
        )

    async def facts(
        self, session: AsyncSession, point: ContactPoint, purpose: Purpose, *, answers_person: bool
    ) -> ContactFacts:
        """What decides about contacting an address now."""
        debtor = None if point.debtor_id is None else await session.get_one(Debtor, point.debtor_id)
        collecting = purpose in {Purpose.COLLECTION, Purpose.REMINDER, Purpose.CALLBACK}
        return ContactFacts(
            channel=point.channel,
            timezone="UTC" if debtor is None else debtor.timezone,
            retired=point.state
            in {ContactState.WRONG_PERSON, ContactState.BLOCKED, ContactState.UNREACHABLE},
            opted_out=point.state is ContactState.OPTED_OUT,
            deceased=debtor is not None and debtor.deceased_reported_at is not None,
            on_hold=collecting and debtor is not None and await self._on_hold(session, debtor.id),
            consent=point.consent,
            last_inbound_at=point.last_inbound_at,
            answers_person=answers_person,
            confirms_stop=purpose is Purpose.OPT_OUT_CONFIRMATION,
            confirms_operation=purpose is Purpose.PAYMENT_CONFIRMATION,
        )

    @staticmethod
    async def _on_hold(session: AsyncSession, debtor_id: UUID) -> bool:
        """Whether every open debt waits for a check, so that there is nothing to ask for."""
        for debt in await debts.open_debts_of(session, debtor_id):
            disputed = await debts.open_dispute(session, debt.id)
            if disputed is None and await debts.open_claim(session, debt.id) is None:
                return False
        return True

    async def acknowledge(self, channel: Channel, token: str) -> None:
        """Tell a provider that a pressed button was received."""
        await self._channel(channel).acknowledge(token)

    async def fetch_media(
        self, channel: Channel, reference: str, *, max_bytes: int
    ) -> tuple[bytes, str]:
        """The bytes and content type of a file that a person sent."""
        return await self._channel(channel).fetch_media(reference, max_bytes=max_bytes)

    async def retire(
        self, session: AsyncSession, contact_point_id: UUID, state: ContactState
    ) -> None:
        """Take an address out of use, for the reason that the state names."""
        point = await session.get_one(ContactPoint, contact_point_id, with_for_update=True)
        if point.state is not state:
            point.state = state
            point.state_since_at = self._clock.now()
        if state is ContactState.OPTED_OUT:
            point.consent = False

    async def schedule_callback(
        self,
        session: AsyncSession,
        point: ContactPoint,
        conversation_id: UUID,
        wanted_at: datetime,
        timezone: str,
    ) -> datetime:
        """Agree on a later contact; the moment comes back, moved into the permitted hours."""
        at = policy.next_opening(max(wanted_at, self._clock.now()), timezone)
        existing = await repository.callback_of_conversation(session, conversation_id)
        if existing is not None:
            existing.at, existing.state = at, CallbackState.PENDING
            return at
        session.add(
            Callback(
                conversation_id=conversation_id,
                contact_point_id=point.id,
                debtor_id=point.debtor_id,
                channel=point.channel,
                at=at,
                state=CallbackState.PENDING,
                created_at=self._clock.now(),
            )
        )
        return at

    async def new_link_token(self, debtor_id: UUID, *, valid: timedelta) -> str:
        """A one-time word for a deep link that binds a chat to a debtor; 43 URL-safe characters."""
        token = secrets.token_urlsafe(32)
        async with self._db.transaction() as session:
            session.add(
                LinkToken(
                    token_hash=hash_token(token),
                    debtor_id=debtor_id,
                    expires_at=self._clock.now() + valid,
                    used_at=None,
                )
            )
        return token

    async def use_link_token(self, session: AsyncSession, token: str) -> UUID | None:
        """The debtor a one-time word stands for, used up by this; None where it is worthless."""
        found = await repository.link_token(session, hash_token(token))
        now = self._clock.now()
        if found is None or found.used_at is not None or now >= found.expires_at:
            return None
        found.used_at = now
        return found.debtor_id


def hash_token(token: str) -> bytes:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).digest()
