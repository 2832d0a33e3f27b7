"""Reaching people: nothing goes out without a permit, and only the policy gives one."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import policy, repository
from acuerdo.contact.facts import gather
from acuerdo.contact.law import Event, Profile, Reason, Verdict
from acuerdo.contact.locale import Locale
from acuerdo.contact.models import (
    Attempt,
    Callback,
    ContactPoint,
    LinkToken,
    Purpose,
    Stop,
)
from acuerdo.contact.permit import Permit, permit_for
from acuerdo.contact.ports import (
    Acknowledges,
    FetchesMedia,
    Lookup,
    OutboundCall,
    OutboundMessage,
    Sender,
    Sent,
    Telephone,
    Voicemail,
)
from acuerdo.contact.transitions import agreed
from acuerdo.debts.models import Debtor
from acuerdo.platform.clock import Clock
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import ProviderMisused, ProviderRefused
from acuerdo.values.channels import Channel

# How far back a provider is asked for a message whose sending was interrupted.
LOOK_BACK = timedelta(hours=6)
_OF_ONES_DEBTS: Final = frozenset({Reason.PAID, Reason.DISPUTED, Reason.PAYMENT_CLAIMED})


@dataclass(frozen=True, slots=True)
class Contact:
    """Use cases of reaching people."""

    db: Database
    clock: Clock
    channels: Mapping[Channel, Sender]
    profile: Profile = Profile.HOUSE
    telephone: Telephone | None = None

    async def permit(
        self,
        session: AsyncSession,
        point: ContactPoint,
        debtor: Debtor | None,
        purpose: Purpose,
        subject_id: UUID,
        *,
        has_template: bool = False,
        part_of: UUID | None = None,
    ) -> Permit | Verdict:
        """Write the attempt of a message or call and return its permit, or the refusal.

        At an address that several people share, what one of them may not receive nobody does; only
        debts are each one's own. `subject_id`: the id of the message or call, which names the
        attempt. `part_of`: the call
        inside which it happens, whose own attempt stands not in its way. The permit is to be used
        after the caller's transaction, never inside it.
        """
        people: list[Debtor | None] = [debtor]
        if debtor is None:
            people = [*await repository.sharers_of(session, point)] or people
        verdicts = [
            await self.verdict(
                session, point, each, purpose, has_template=has_template, part_of=part_of
            )
            for each in people
        ]
        verdict = strictest(verdicts)
        await self.record(session, point, purpose, verdict, message_id=subject_id, debtor=debtor)
        if not verdict.allowed:
            return verdict
        return permit_for(subject_id, point.channel, point.address, point.reply_address)

    async def send(self, permit: Permit, message: OutboundMessage) -> Sent:
        """Send the one message that a permit is for; raises the provider errors of the channel."""
        permit.use(message.id, message.channel, message.address)
        return await self._channel(message.channel).send(message)

    async def look_up(
        self, permit: Permit, message: OutboundMessage, *, known: frozenset[str]
    ) -> Lookup:
        """Ask the provider for a message whose sending was interrupted, before it is sent again.

        `known` are the provider's ids of other messages. Raises ProviderUnavailable.
        """
        permit.check(message.id, message.channel, message.address)
        since = self.clock.now() - LOOK_BACK
        return await self._channel(message.channel).look_up(message, since=since, known=known)

    async def dial(self, permit: Permit, call: OutboundCall) -> str:
        """Place the one call that a permit is for and return the provider's name for it.

        Raises the provider errors as the telephone raises them.
        """
        telephone = self._telephone()
        permit.use(call.id, Channel.VOICE, call.address)
        return await telephone.place(call)

    async def leave_message(self, permit: Permit, voicemail: Voicemail) -> None:
        """Speak into the mailbox that answered a call, and hang up; raises the provider errors."""
        permit.use(voicemail.id, Channel.VOICE, voicemail.address)
        await self._telephone().leave_message(voicemail)

    async def hang_up(self, provider_id: str) -> None:
        """End a call without a word, for which nobody needs a permit; raises provider errors."""
        await self._telephone().hang_up(provider_id)

    @property
    def telephone_number(self) -> str:
        """The number of ours that is shown where a country asks for no other; "" without one."""
        return "" if self.telephone is None else self.telephone.number

    def _telephone(self) -> Telephone:
        if self.telephone is None:
            raise ProviderMisused("no telephone is configured")
        return self.telephone

    def _channel(self, channel: Channel) -> Sender:
        if channel not in self.channels:
            raise ProviderMisused(f"no provider is configured for {channel.value}")
        return self.channels[channel]

    async def verdict(
        self,
        session: AsyncSession,
        point: ContactPoint,
        debtor: Debtor | None,
        purpose: Purpose,
        *,
        debt_id: UUID | None = None,
        has_template: bool = False,
        part_of: UUID | None = None,
    ) -> Verdict:
        """Judge whether an address may be contacted now; nothing is written."""
        facts = await gather(
            session,
            point,
            debtor,
            purpose,
            now=self.clock.now(),
            profile=self.profile,
            debt_id=debt_id,
            has_template=has_template,
            part_of=part_of,
        )
        return policy.judge(facts, self.clock.now())

    async def record(
        self,
        session: AsyncSession,
        point: ContactPoint,
        purpose: Purpose,
        verdict: Verdict,
        *,
        message_id: UUID | None = None,
        debtor: Debtor | None = None,
    ) -> None:
        """Write a verdict into the ledger of attempts; `debtor`: whom it means, if not the owner of
        the address alone."""
        await repository.record_attempt(
            session,
            Attempt(
                contact_point_id=point.id,
                debtor_id=point.debtor_id if debtor is None else debtor.id,
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
        debtor_id: UUID | None,
        wanted_at: datetime,
        home: Locale,
    ) -> Callback:
        """Agree on a later contact with `debtor_id`, or with whoever is at the address where nobody
        knows; its moment is moved into the permitted hours."""
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
                debtor_id=debtor_id,
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


def strictest(verdicts: Sequence[Verdict]) -> Verdict:
    """What holds at an address of several people: a refusal of one of them, the latest first.

    That one of them owes nothing, or nothing that may be asked for, is no reason for the others.
    """
    own = [each for each in verdicts if each.reason not in _OF_ONES_DEBTS]
    refused = [each for each in own or verdicts if not each.allowed]
    if not refused:
        return (own or verdicts)[0]
    for_good = [each for each in refused if each.next_allowed_at is None]
    return for_good[0] if for_good else max(refused, key=_until)


def _until(verdict: Verdict) -> datetime:
    return verdict.next_allowed_at or datetime.max.replace(tzinfo=UTC)


def hash_token(token: str) -> bytes:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).digest()
