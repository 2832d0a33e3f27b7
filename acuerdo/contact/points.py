"""Whether an address may be used: every change of it. The caller holds the row.

What a person said about an address (an opt-out, "not me", "not here") gives way to what they say
next, and to nothing that a provider reports.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from acuerdo.contact.models import PASSING, ContactPoint, ContactState

# Nothing weaker takes the place of what is known already: it was never this person's address.
NOT_THEIRS: Final = frozenset({ContactState.WRONG_PERSON, ContactState.THIRD_PARTY})


def reached_again(point: ContactPoint, now: datetime) -> None:
    """Bring an address back into use from which its person writes or calls; an opt-out stays."""
    if point.state in PASSING:
        _move(point, ContactState.ACTIVE, now)


def unblocked(point: ContactPoint, now: datetime) -> None:
    """Bring an address back into use whose person has let us in again."""
    if point.state is ContactState.BLOCKED:
        _move(point, ContactState.ACTIVE, now)


def blocked(point: ContactPoint, now: datetime) -> None:
    """Take an address out of use whose person has blocked us, until they come back."""
    _pass_by(point, ContactState.BLOCKED, now)


def unreachable(point: ContactPoint, now: datetime) -> None:
    """Take an address out of use at which nobody can be reached, until its person comes back."""
    _pass_by(point, ContactState.UNREACHABLE, now)


def opted_out(point: ContactPoint, now: datetime) -> bool:
    """Silence an address as its person asked; whether that changed anything.

    An address of somebody else stays what it is: nobody begins a contact there either.
    """
    changed = point.consent or point.state is not ContactState.OPTED_OUT
    point.consent = False
    if point.state not in NOT_THEIRS:
        _move(point, ContactState.OPTED_OUT, now)
    return changed


def wrong_person(point: ContactPoint, now: datetime) -> None:
    """Take an address out of use for good: it is not the debtor's."""
    _move(point, ContactState.WRONG_PERSON, now)


def third_party(point: ContactPoint, now: datetime) -> None:
    """Begin no contact at an address that somebody else answers; what stands stronger stays."""
    if point.state is ContactState.ACTIVE:
        _move(point, ContactState.THIRD_PARTY, now)


def expected_there(point: ContactPoint, now: datetime) -> None:
    """Bring an address back into use at which somebody else told us when to find the debtor."""
    if point.state is ContactState.THIRD_PARTY:
        _move(point, ContactState.ACTIVE, now)


def proven_theirs(point: ContactPoint, now: datetime) -> None:
    """Bring an address into use whose person has just proven to be the debtor."""
    _move(point, ContactState.ACTIVE, now)


def owned_by(point: ContactPoint, owners: Collection[UUID], now: datetime) -> None:
    """Take over whose address it is: one person's, or nobody's alone where several share it.

    A consent was that of its former owner and goes with them; an opt-out stays with the address. An
    address that was somebody else's comes back into use once its owner is known.
    """
    if point.state is ContactState.WRONG_PERSON:
        if not owners:
            # it is remembered whose it was thought to be
            return
        _move(point, ContactState.ACTIVE, now)
    sole = next(iter(owners)) if len(owners) == 1 else None
    if point.debtor_id is not None and point.debtor_id != sole:
        point.consent = False
    point.debtor_id = sole


def _pass_by(point: ContactPoint, state: ContactState, now: datetime) -> None:
    if point.state is ContactState.ACTIVE:
        _move(point, state, now)


def _move(point: ContactPoint, state: ContactState, now: datetime) -> None:
    if point.state is not state:
        point.state, point.state_since_at = state, now
