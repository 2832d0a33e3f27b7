"""Reaching people: `deliver` and `dial` are the only ways out, and they ask the policy first."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import policy, repository
from acuerdo.contact.facts import gather
from acuerdo.contact.law import Event, Profile, Verdict
from acuerdo.contact.locale import Locale
from acuerdo.contact.models import (
    Attempt,
    Callback,
    ContactPoint,
    LinkToken,
    Purpose,
    Stop,
)
from acuerdo.contact.ports import (
    Acknowledges,
    FetchesMedia,
    OutboundCall,
    OutboundMessage,
    Sender,
    Sent,
    Telephone,
)
from acuerdo.contact.transitions import agreed
from acuerdo.debts.models import Debtor
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProviderMisused, ProviderRefused
from acuerdo.values.channels import Channel

# How far back a provider is asked for a message whose sending was interrupted.
LOOK_BACK = timedelta(hours=6)


class Begin(Enum):
    """What is known of a message when its sending begins."""

    FRESH = auto()
    INTERRUPTED = auto()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message taken for sending, with all that the gate wants to know about it."""

    begin: Begin
    message: OutboundMessage
    point: ContactPoint
    debtor: Debtor | None
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a delivery ended: sent, refused by policy, settled before, or nobody can know."""

    sent: Sent | None = None
    refused: Verdict | None = None
    unknowable: bool = False


@dataclass(frozen=True, slots=True)
class DialResult:
    """How a dialling ended: placed under the provider's name, or refused by policy."""

    provider_id: str = ""
    refused: Verdict | None = None


BeginCall = Callable[[AsyncSession, ContactPoint], Awaitable[OutboundCall]]
Claim = Callable[[AsyncSession], Awaitable[Claimed | None]]
KnownIds = Callable[[AsyncSession, ContactPoint], Awaitable[frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Contact:
    """Use cases of reaching people."""

    db: Database
    clock: Clock
    channels: Mapping[Channel, Sender]
    profile: Profile = Profile.HOUSE
    telephone: Telephone | None = None

    async def deliver(self, *, claim: Claim, known_ids: KnownIds) -> Delivery:
        """Send one message if policy allows it, exactly once.

        `claim` takes the message for sending, in the transaction that writes the attempt, and
        tells whether a former try was interrupted: then the provider is asked first, by the ids
        in `known_ids` which messages are others; where it cannot be asked the outcome stays
        unknowable. None where it was settled before. Raises the provider errors as the channel
        raises them.
        """
        async with self.db.transaction() as session:
            claimed = await claim(session)
            if claimed is None:
                return Delivery()
            verdict = await self._judge(session, claimed)
            interrupted = claimed.begin is Begin.INTERRUPTED
            known = await known_ids(session, claimed.point) if interrupted else frozenset()
        if not verdict.allowed:
            return Delivery(refused=verdict)
        message = claimed.message
        channel = self._channel(message.channel)
        if interrupted:
            since = self.clock.now() - LOOK_BACK
            lookup = await channel.look_up(message, since=since, known=known)
            if lookup.found is not None:
                return Delivery(sent=lookup.found)
            if not lookup.certain:
                return Delivery(unknowable=True)
        return Delivery(sent=await channel.send(message))

    def _channel(self, channel: Channel) -> Sender:
        if channel not in self.channels:
            raise ProviderMisused(f"no provider is configured for {channel.value}")
        return self.channels[channel]

    async def _judge(self, session: AsyncSession, claimed: Claimed) -> Verdict:
        verdict = await self.verdict(
            session,
            claimed.point,
            claimed.debtor,
            claimed.purpose,
            has_template=claimed.message.template is not None,
        )
        await self.record(
            session, claimed.point, claimed.purpose, verdict, message_id=claimed.message.id
        )
        return verdict

    async def verdict(
        self,
        session: AsyncSession,
        point: ContactPoint,
        debtor: Debtor | None,
        purpose: Purpose,
        *,
        debt_id: UUID | None = None,
        has_template: bool = False,
    ) -> Verdict:
        """Whether an address may be contacted now; nothing is written."""
        facts = await gather(
            session,
            point,
            debtor,
            purpose,
            now=self.clock.now(),
            profile=self.profile,
            debt_id=debt_id,
            has_template=has_template,
        )
        return policy.judge(facts, self.clock.now())

    async def dial(
        self, *, call_id: UUID, contact_point_id: UUID, purpose: Purpose, begin: BeginCall
    ) -> DialResult:
        """Ring a person up if policy allows it now; the attempt is named by the call.

        `begin` makes the call's row, in the transaction that writes the attempt. Raises the
        provider errors as the telephone raises them.
        """
        async with self.db.transaction() as session:
            point = await session.get_one(ContactPoint, contact_point_id, with_for_update=True)
            whose = point.debtor_id
            debtor = None if whose is None else await session.get_one(Debtor, whose)
            verdict = await self.verdict(session, point, debtor, purpose)
            await self.record(session, point, purpose, verdict, message_id=call_id)
            if not verdict.allowed:
                return DialResult(refused=verdict)
            call = await begin(session, point)
        if self.telephone is None:
            raise ProviderMisused("no telephone is configured")
        return DialResult(provider_id=await self.telephone.place(call))

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
                at=self.clock.now(),
                allowed=verdict.allowed,
                reason=None if verdict.reason is None else verdict.reason.value,
                rule=verdict.rule,
                next_allowed_at=verdict.next_allowed_at,
            ),
        )

    def reaches(self, channel: Channel) -> bool:
        """Whether there is a provider for a channel."""
        if channel is Channel.VOICE:
            return self.telephone is not None
        return channel in self.channels

    async def outlook(self, debtor_id: UUID) -> list[tuple[ContactPoint, Verdict]]:
        """Whether and when a person may be contacted about their debts, address by address."""
        async with self.db.transaction() as session:
            debtor = await session.get_one(Debtor, debtor_id)
            return [
                (
                    point,
                    await self.verdict(
                        session, point, debtor, Purpose.COLLECTION, has_template=True
                    ),
                )
                for point in await repository.contact_points_of(session, debtor_id)
            ]

    async def stop(
        self, session: AsyncSession, debtor_id: UUID, kind: Event, *, source: str
    ) -> Stop:
        """End contact about a person until somebody lifts it; gives what stands already, too."""
        for standing in await repository.stops_of(session, debtor_id):
            if standing.kind is kind:
                return standing
        stop = Stop(
            id=uuid4(),
            debtor_id=debtor_id,
            kind=kind,
            since_at=self.clock.now(),
            source=source,
            lifted_at=None,
        )
        session.add(stop)
        return stop

    async def acknowledge(self, channel: Channel, token: str) -> None:
        """Tell a provider that a pressed button was received, where it wants to know."""
        sender = self._channel(channel)
        if isinstance(sender, Acknowledges):
            await sender.acknowledge(token)

    async def fetch_media(
        self, channel: Channel, reference: str, *, max_bytes: int
    ) -> tuple[bytes, str]:
        """The bytes and content type of a file that a person sent.

        Raises the provider errors; ProviderRefused where the channel brings no files.
        """
        sender = self._channel(channel)
        if not isinstance(sender, FetchesMedia):
            raise ProviderRefused(f"{channel.value} brings no files")
        return await sender.fetch_media(reference, max_bytes=max_bytes)

    async def schedule_callback(
        self,
        session: AsyncSession,
        point: ContactPoint,
        conversation_id: UUID,
        wanted_at: datetime,
        home: Locale,
    ) -> Callback:
        """Agree on a later contact; its moment is moved into the permitted hours."""
        now = self.clock.now()
        at = policy.next_opening(
            max(wanted_at, now),
            channel=point.channel,
            country=home.country,
            zone=home.timezone,
            profile=self.profile,
        )
        callback = await repository.callback_of_conversation(session, conversation_id)
        if callback is None:
            callback = Callback(
                id=uuid4(),
                conversation_id=conversation_id,
                contact_point_id=point.id,
                debtor_id=point.debtor_id,
                channel=point.channel,
                created_at=now,
            )
            session.add(callback)
        agreed(callback, at)
        await session.flush()
        return callback

    async def new_link_token(self, debtor_id: UUID, *, valid: timedelta) -> str:
        """A one-time word for a deep link that binds a chat to a debtor; 43 URL-safe characters."""
        token = secrets.token_urlsafe(32)
        async with self.db.transaction() as session:
            session.add(
                LinkToken(
                    token_hash=hash_token(token),
                    debtor_id=debtor_id,
                    expires_at=self.clock.now() + valid,
                    used_at=None,
                )
            )
        return token

    async def use_link_token(self, session: AsyncSession, token: str) -> UUID | None:
        """The debtor a one-time word stands for, used up by this; None where it is worthless."""
        found = await repository.link_token(session, hash_token(token))
        now = self.clock.now()
        if found is None or found.used_at is not None or now >= found.expires_at:
            return None
        found.used_at = now
        return found.debtor_id


def hash_token(token: str) -> bytes:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).digest()
