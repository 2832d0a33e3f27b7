"""What a portfolio file says about addresses: whose each is, and whose no more.

The newest file is the truth about the addresses that files of its creditors brought. What people
gave themselves stays, and so does what they asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.contact import consent, owners
from acuerdo.contact.models import AddressOwner, ContactPoint, ContactState
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.portfolio import repository
from acuerdo.portfolio.schema import ContactRow
from acuerdo.values.channels import Channel

Address = tuple[Channel, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses of one person as a file lists them, and whose file it is.

    `complete`: the person has no others.
    """

    debtor_id: UUID
    creditors: frozenset[UUID]
    contacts: tuple[ContactRow, ...]
    complete: bool

    @property
    def addresses(self) -> frozenset[Address]:
        """What it lists."""
        return frozenset((each.channel, each.address) for each in self.contacts)


@dataclass(slots=True)
class _Known:
    points: dict[Address, ContactPoint]
    pairs: dict[UUID, list[AddressOwner]] = field(default_factory=dict)

    def pair(self, point: ContactPoint, debtor_id: UUID) -> AddressOwner | None:
        return next(
            (each for each in self.pairs.get(point.id, []) if each.debtor_id == debtor_id), None
        )


async def take(session: AsyncSession, listings: Sequence[Listing], now: datetime) -> None:
    """Take over the addresses of several people; only what changes is held."""
    wanted = frozenset(address for each in listings for address in each.addresses)
    known = await _known(session, wanted, listings)
    missing = [address for address in wanted if address not in known.points]
    if missing:
        await repository.add_points(session, [_a_point(each, now) for each in sorted(missing)])
        known = await _known(session, wanted, listings)
    changed = {
        known.points[each.channel, each.address].id
        for listing in listings
        for each in listing.contacts
        if _changes(known, listing, each)
    }
    gone = _gone(known, listings)
    held = await repository.lock_points(session, changed | {each.contact_point_id for each in gone})
    if not held:
        return
    # what was looked at may have changed before it was held
    known = await _known(session, wanted, listings)
    for pair in _gone(known, listings):
        owners.left_out(pair, _whose_file(listings, pair.debtor_id))
    newly: list[tuple[ContactPoint, UUID]] = []
    for listing in listings:
        for each in listing.contacts:
            point = known.points[each.channel, each.address]
            if point.id in held and _changes(known, listing, each):
                newly += _brought(session, known, point, listing, each, now)
    for point in held.values():
        owners.settle(known.pairs.get(point.id, []), point, now)
    await session.flush()
    for point, debtor_id in newly:
        await consent.enforce(session, point, debtor_id, now=now)
    await _give_consents(session, known, listings, held, now)


async def _known(
    session: AsyncSession, wanted: frozenset[Address], listings: Sequence[Listing]
) -> _Known:
    known = _Known(await repository.points_at(session, wanted) if wanted else {})
    found = await repository.ownerships(
        session,
        [each.id for each in known.points.values()],
        [each.debtor_id for each in listings],
    )
    for pair in found:
        known.pairs.setdefault(pair.contact_point_id, []).append(pair)
    # of what is listed no more all owners must be known, too, before it is settled whose it is
    more = await repository.ownerships(session, list(known.pairs), [])
    known.pairs = {}
    for pair in more:
        known.pairs.setdefault(pair.contact_point_id, []).append(pair)
    return known


def _changes(known: _Known, listing: Listing, row: ContactRow) -> bool:
    """Whether a row says anything new about its address."""
    point = known.points[row.channel, row.address]
    pair = known.pair(point, listing.debtor_id)
    if pair is None or not listing.creditors.issubset(pair.brought_by):
        return True
    if row.workplace and not point.workplace:
        return True
    return row.consent and _can_consent(point, pair)


def _can_consent(point: ContactPoint, pair: AddressOwner) -> bool:
    return not point.consent and point.state is ContactState.ACTIVE and pair.is_current


def _gone(known: _Known, listings: Sequence[Listing]) -> list[AddressOwner]:
    """What the files of the same creditors brought before and this one does not have any more."""
    address_of = {point.id: address for address, point in known.points.items()}
    by_debtor = {each.debtor_id: each for each in listings if each.complete}
    return [
        pair
        for pairs in known.pairs.values()
        for pair in pairs
        if (listing := by_debtor.get(pair.debtor_id)) is not None
        and not listing.creditors.isdisjoint(pair.brought_by)
        and address_of.get(pair.contact_point_id) not in listing.addresses
    ]


def _whose_file(listings: Iterable[Listing], debtor_id: UUID) -> frozenset[UUID]:
    return next(each.creditors for each in listings if each.debtor_id == debtor_id)


def _brought(
    session: AsyncSession,
    known: _Known,
    point: ContactPoint,
    listing: Listing,
    row: ContactRow,
    now: datetime,
) -> list[tuple[ContactPoint, UUID]]:
    """Note the owner; gives the address where it has just become known as this person's."""
    pairs = known.pairs.setdefault(point.id, [])
    before = known.pair(point, listing.debtor_id)
    pair = owners.brought(pairs, point, listing.debtor_id, listing.creditors, now)
    if before is None:
        pairs.append(pair)
        session.add(pair)
    point.workplace = point.workplace or row.workplace
    return [(point, listing.debtor_id)] if before is None else []


async def _give_consents(
    session: AsyncSession,
    known: _Known,
    listings: Sequence[Listing],
    held: dict[UUID, ContactPoint],
    now: datetime,
) -> None:
    """Keep the consents that come with it; none undoes what a person has asked for."""
    brought = consent.ConsentEvidence(ConsentSource.PORTFOLIO)
    for listing in listings:
        for row in listing.contacts:
            point = known.points[row.channel, row.address]
            pair = known.pair(point, listing.debtor_id)
            if row.consent and point.id in held and pair is not None and _can_consent(point, pair):
                await consent.give(session, point, brought, now=now)


def _a_point(address: Address, now: datetime) -> dict[str, object]:
    return {
        "id": uuid4(),
        "channel": address[0],
        "address": address[1],
        "state": ContactState.ACTIVE,
        "state_since_at": now,
        "consent": False,
        "workplace": False,
        "created_at": now,
    }
