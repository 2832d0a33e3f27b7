"""Whose an address is: brought by files, given by people, taken back by either.

A number may have several owners, and who of them speaks is asked by proof. Every function is called
inside a transaction that holds the address.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import points, repository
from acuerdo.contact.models import AddressOwner, ContactPoint, ContactState


def brought(
    owners: Sequence[AddressOwner],
    point: ContactPoint,
    debtor_id: UUID,
    creditors: Collection[UUID],
    now: datetime,
) -> AddressOwner:
    """Note that the newest files of some creditors have an address for a person.

    `owners` are all that are known of the address. What was said to be a wrong number stays one.
    """
    pair = _of(owners, debtor_id) or _new(point, debtor_id, now)
    if not pair.is_current:
        pair.since_at = now
    pair.brought_by = sorted({*pair.brought_by, *creditors})
    return pair


def left_out(pair: AddressOwner, creditors: Collection[UUID]) -> None:
    """Note that the newest files of some creditors have an address no more for a person."""
    pair.brought_by = [each for each in pair.brought_by if each not in creditors]


def settle(owners: Sequence[AddressOwner], point: ContactPoint, now: datetime) -> None:
    """Let an address belong to those who own it now; `owners` are all that are known of it."""
    current = [each.debtor_id for each in owners if each.is_current]
    noted = _of(owners, point.debtor_id)
    in_use = point.state is not ContactState.WRONG_PERSON
    if point.debtor_id is not None and noted is None and in_use:
        # known before it was noted whence
        current.append(point.debtor_id)
    points.owned_by(point, current, now)


async def given(session: AsyncSession, point: ContactPoint, debtor_id: UUID, now: datetime) -> None:
    """Note that a person has shown to be at an address: it is theirs, beside others' who share it.

    An address of one person alone comes into use as theirs.
    """
    owners = list(await repository.owners_of(session, [point.id]))
    pair = _of(owners, debtor_id)
    if pair is None:
        pair = _new(point, debtor_id, now)
        session.add(pair)
        owners.append(pair)
    if not pair.is_current:
        pair.since_at = now
    pair.given_at, pair.wrong_person_at = now, None
    others = [each for each in owners if each.is_current and each is not pair]
    if others:
        points.owned_by(point, [each.debtor_id for each in (pair, *others)], now)
    else:
        points.bind(point, debtor_id, now)


async def denied(session: AsyncSession, point: ContactPoint, now: datetime) -> None:
    """Note that whoever is there is none of those whose address it was thought to be."""
    owners = list(await repository.owners_of(session, [point.id]))
    if point.debtor_id is not None and _of(owners, point.debtor_id) is None:
        pair = _new(point, point.debtor_id, now)
        session.add(pair)
        owners.append(pair)
    for each in owners:
        each.wrong_person_at = each.wrong_person_at or now
    points.wrong_person(point, now)


def _of(owners: Sequence[AddressOwner], debtor_id: UUID | None) -> AddressOwner | None:
    return next((each for each in owners if each.debtor_id == debtor_id), None)


def _new(point: ContactPoint, debtor_id: UUID, now: datetime) -> AddressOwner:
    return AddressOwner(
        contact_point_id=point.id,
        debtor_id=debtor_id,
        brought_by=[],
        given_at=None,
        wrong_person_at=None,
        since_at=now,
    )
