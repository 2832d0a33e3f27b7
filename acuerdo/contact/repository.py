"""All questions asked about addresses and attempts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.audit import ledger
from acuerdo.contact.law import PastContact
from acuerdo.contact.models import (
    ANSWERS,
    OUTREACH,
    AddressOwner,
    Attempt,
    Callback,
    ConsentEvent,
    ContactPoint,
    ContactState,
    DataCase,
    HouseLimits,
    LinkToken,
    Preference,
    Stop,
)
from acuerdo.debts.models import Debtor
from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DataRight, Scope

_BY_PHONE: Final = frozenset(channel for channel, traits in TRAITS.items() if traits.by_phone)
_IS_CURRENT: Final = and_(
    AddressOwner.wrong_person_at.is_(None),
    or_(AddressOwner.given_at.is_not(None), func.cardinality(AddressOwner.brought_by) > 0),
)


async def contact_point_of(
    session: AsyncSession, channel: Channel, address: str, user_id: str | None
) -> ContactPoint | None:
    """The address, or the same person under the provider's id; held until the transaction ends."""
    same = ContactPoint.address == address
    if user_id is not None:
        same = or_(same, ContactPoint.external_user_id == user_id)
    found = await session.scalars(
        select(ContactPoint)
        .where(ContactPoint.channel == channel, same)
        .order_by(ContactPoint.address != address)
        .limit(1)
        .with_for_update()
    )
    return found.first()


async def is_user_elsewhere(
    session: AsyncSession, point: ContactPoint, user_id: str | None
) -> bool:
    """Whether the provider's id of a person is that of another address than this."""
    if user_id is None or user_id in (point.external_user_id, point.other_user_id):
        return False
    found = await session.scalar(
        select(ContactPoint.id).where(
            ContactPoint.channel == point.channel,
            ContactPoint.external_user_id == user_id,
            ContactPoint.id != point.id,
        )
    )
    return found is not None


async def give_user_id(session: AsyncSession, point: ContactPoint, user_id: str) -> None:
    """Make the provider's id of a person that of this address, and of no other any more."""
    await session.execute(
        update(ContactPoint)
        .where(
            ContactPoint.channel == point.channel,
            ContactPoint.external_user_id == user_id,
            ContactPoint.id != point.id,
        )
        .values(external_user_id=None)
    )
    point.external_user_id = user_id


async def lock_contact_point(session: AsyncSession, contact_point_id: UUID) -> ContactPoint:
    """An address, held until the transaction ends."""
    return await session.get_one(ContactPoint, contact_point_id, with_for_update=True)


async def add_contact_point(
    session: AsyncSession, channel: Channel, address: str, *, now: datetime
) -> ContactPoint:
    """The contact point of an address, made where there was none, held by this transaction."""
    await session.execute(
        insert(ContactPoint)
        .values(
            id=uuid4(),
            channel=channel,
            address=address,
            state=ContactState.ACTIVE,
            state_since_at=now,
            consent=False,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["channel", "address"])
    )
    found = await session.scalars(
        select(ContactPoint)
        .where(ContactPoint.channel == channel, ContactPoint.address == address)
        .with_for_update()
    )
    return found.one()


async def contact_points_of(
    session: AsyncSession, debtor_id: UUID, *, lock: bool = False
) -> Sequence[ContactPoint]:
    """The addresses of a person, shared ones too, of each channel the newest first.

    With `lock` held until the transaction ends, in the order in which all who hold several do.
    """
    asked = select(ContactPoint).where(is_theirs(debtor_id)).limit(100)
    if lock:
        held = asked.order_by(ContactPoint.channel, ContactPoint.address).with_for_update()
        return (await session.scalars(held)).all()
    since = (
        select(AddressOwner.since_at)
        .where(
            AddressOwner.contact_point_id == ContactPoint.id, AddressOwner.debtor_id == debtor_id
        )
        .scalar_subquery()
    )
    newest = func.coalesce(since, ContactPoint.created_at).desc()
    found = await session.scalars(
        asked.order_by(ContactPoint.channel, newest, ContactPoint.address)
    )
    return found.all()


async def same_number(
    session: AsyncSession, point: ContactPoint, *, lock: bool = False
) -> Sequence[ContactPoint]:
    """The same telephone number on the other channels that go by numbers.

    With `lock` held until the transaction ends, in the order in which all who hold several do.
    """
    if point.channel not in _BY_PHONE:
        return []
    asked = (
        select(ContactPoint)
        .where(
            ContactPoint.address == point.address,
            ContactPoint.channel.in_(_BY_PHONE),
            ContactPoint.id != point.id,
        )
        .order_by(ContactPoint.channel)
    )
    return (await session.scalars(asked.with_for_update() if lock else asked)).all()


async def is_number_silenced(session: AsyncSession, point: ContactPoint) -> bool:
    """Whether somebody at the same number refused every channel, and it is silent there still."""
    silent = [
        each.id
        for each in await same_number(session, point)
        if each.state is ContactState.OPTED_OUT
    ]
    found = await session.scalar(
        select(ConsentEvent.id)
        .where(
            ConsentEvent.contact_point_id.in_(silent),
            ConsentEvent.given.is_(False),
            ConsentEvent.scope == Scope.ALL,
        )
        .limit(1)
    )
    return found is not None


def is_theirs(debtor_id: UUID) -> ColumnElement[bool]:
    """The condition under which an address is a person's, alone or with others."""
    shared = (
        exists()
        .where(
            AddressOwner.contact_point_id == ContactPoint.id,
            AddressOwner.debtor_id == debtor_id,
            _IS_CURRENT,
        )
        .correlate(ContactPoint)
    )
    return or_(ContactPoint.debtor_id == debtor_id, and_(ContactPoint.debtor_id.is_(None), shared))


async def owners_of(
    session: AsyncSession, contact_point_ids: Collection[UUID]
) -> Sequence[AddressOwner]:
    """All who are, or were, known as owners of some addresses."""
    found = await session.scalars(
        select(AddressOwner)
        .where(AddressOwner.contact_point_id.in_(contact_point_ids))
        .order_by(AddressOwner.since_at, AddressOwner.debtor_id)
        .limit(10_000)
    )
    return found.all()


async def sharers_of(session: AsyncSession, point: ContactPoint) -> Sequence[Debtor]:
    """The people who share an address that is nobody's alone."""
    if point.debtor_id is not None:
        return []
    found = await session.scalars(
        select(Debtor)
        .join(AddressOwner, AddressOwner.debtor_id == Debtor.id)
        .where(AddressOwner.contact_point_id == point.id, _IS_CURRENT)
        .order_by(Debtor.external_id)
        .limit(50)
    )
    return found.all()


async def consents_of(session: AsyncSession, debtor_id: UUID) -> Sequence[ConsentEvent]:
    """Every consent and withdrawal of a person, the oldest first."""
    found = await session.scalars(
        select(ConsentEvent)
        .where(ConsentEvent.debtor_id == debtor_id)
        .order_by(ConsentEvent.id)
        .limit(1000)
    )
    return found.all()


async def preference_of(session: AsyncSession, debtor_id: UUID) -> Preference | None:
    """How and when a person asked to be contacted."""
    return await session.get(Preference, debtor_id)


async def house_limits(session: AsyncSession, country: str) -> HouseLimits | None:
    """The house limits in force in a country."""
    return await session.scalar(
        select(HouseLimits)
        .where(HouseLimits.country == country)
        .order_by(HouseLimits.id.desc())
        .limit(1)
    )


async def open_data_case(
    session: AsyncSession, conversation_id: UUID, right: DataRight
) -> DataCase | None:
    """A request of a conversation that waits for its answer."""
    return await session.scalar(
        select(DataCase).where(
            DataCase.conversation_id == conversation_id,
            DataCase.right == right,
            DataCase.closed_at.is_(None),
        )
    )


async def debtors_with_phone(session: AsyncSession, phone: str) -> Sequence[UUID]:
    """The people to whom a canonical number belongs, on any channel; two are enough to know."""
    alone = select(ContactPoint.debtor_id).where(
        ContactPoint.address == phone,
        ContactPoint.debtor_id.is_not(None),
        ContactPoint.state.not_in([ContactState.WRONG_PERSON]),
    )
    together = (
        select(AddressOwner.debtor_id)
        .join(ContactPoint, ContactPoint.id == AddressOwner.contact_point_id)
        .where(ContactPoint.address == phone, ContactPoint.debtor_id.is_(None), _IS_CURRENT)
    )
    found = await session.scalars(union(alone, together).limit(2))
    return [debtor for debtor in found.all() if debtor is not None]


async def link_token(session: AsyncSession, token_hash: bytes) -> LinkToken | None:
    """A one-time word, held until the transaction ends."""
    return await session.scalar(
        select(LinkToken).where(LinkToken.token_hash == token_hash).with_for_update()
    )


async def record_attempt(session: AsyncSession, attempt: Attempt) -> None:
    """Write an attempt; the same message judged the same way again is not a second attempt."""
    recorded = await session.scalar(
        insert(Attempt)
        .values(
            contact_point_id=attempt.contact_point_id,
            debtor_id=attempt.debtor_id,
            message_id=attempt.message_id,
            channel=attempt.channel,
            purpose=attempt.purpose,
            at=attempt.at,
            allowed=attempt.allowed,
            reason=attempt.reason,
            rule=attempt.rule,
            next_allowed_at=attempt.next_allowed_at,
        )
        .on_conflict_do_nothing(index_elements=["message_id", "allowed"])
        .returning(Attempt)
    )
    if recorded is not None:
        ledger.append(session, recorded)


def concerns(debtor_id: UUID) -> ColumnElement[bool]:
    """The condition under which an attempt was one to reach a person: at an address that several
    share it is everybody's."""
    theirs = select(AddressOwner.contact_point_id).where(AddressOwner.debtor_id == debtor_id)
    return or_(
        Attempt.debtor_id == debtor_id,
        and_(Attempt.debtor_id.is_(None), Attempt.contact_point_id.in_(theirs)),
    )


async def history_of(
    session: AsyncSession, debtor_id: UUID, since: datetime, *, apart_from: UUID | None = None
) -> tuple[PastContact, ...]:
    """What a person was reached with since a moment; each day's talk on a channel counts once.

    `apart_from`: the message or call whose own attempt is left out.
    """
    other = true() if apart_from is None else Attempt.message_id.is_distinct_from(apart_from)
    reached = concerns(debtor_id)
    began = await session.execute(
        select(Attempt.at, Attempt.channel)
        .where(
            reached,
            Attempt.allowed,
            Attempt.at >= since,
            Attempt.purpose.in_(OUTREACH),
            other,
        )
        .order_by(Attempt.at.desc())
        .limit(1000)
    )
    talked = await session.execute(
        select(func.max(Attempt.at), Attempt.channel)
        .where(
            reached,
            Attempt.allowed,
            Attempt.at >= since,
            Attempt.purpose.in_(ANSWERS),
        )
        .group_by(Attempt.channel, func.date_trunc("day", Attempt.at))
        .limit(1000)
    )
    return tuple(
        [PastContact(at, channel) for at, channel in began.all()]
        + [PastContact(at, channel, direct_contact=True) for at, channel in talked.all()]
    )


async def stops_of(session: AsyncSession, debtor_id: UUID) -> Sequence[Stop]:
    """What ends contact about a person and was not lifted."""
    found = await session.scalars(
        select(Stop)
        .where(Stop.debtor_id == debtor_id, Stop.lifted_at.is_(None))
        .order_by(Stop.since_at)
        .limit(50)
    )
    return found.all()


async def callback_of_conversation(session: AsyncSession, conversation_id: UUID) -> Callback | None:
    """The later contact agreed in a conversation."""
    return await session.scalar(
        select(Callback).where(Callback.conversation_id == conversation_id).with_for_update()
    )
