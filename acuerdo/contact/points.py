"""Whether an address may be used: every change of it. The caller holds the row.

What a person said about an address (an opt-out, "not me", "not here") gives way to what they say
next, and to nothing that a provider reports.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from acuerdo.contact.models import PASSING, ContactPoint, ContactState
from acuerdo.values.channels import Channel

# Nothing weaker takes the place of what is known already: it was never this person's address.
NOT_THEIRS: Final = frozenset({ContactState.WRONG_PERSON, ContactState.THIRD_PARTY})

# The address of a caller who showed no number: one for each call, never a person's.
WITHHELD: Final = "anonymous-"


def is_withheld(point: ContactPoint) -> bool:
    """Whether it stands for a caller who showed no number."""
    return point.channel is Channel.VOICE and point.address.startswith(WITHHELD)


def owner_of(point: ContactPoint) -> UUID | None:
    """Whose address it is thought to be; nobody's once somebody else answers or writes there."""
    in_doubt = point.other_user_id is not None or point.state is ContactState.WRONG_PERSON
    return None if in_doubt else point.debtor_id


def written_by(point: ContactPoint, user_id: str | None, *, elsewhere: bool = False) -> bool:
    """Note which person of the provider's writes from an address; whether it is another one.

    Numbers are given to other people and accounts are made anew: another id is another person until
    they prove who they are, and while they write whose address it is stands in doubt. A message
    without an id tells nothing. `elsewhere`: the id is that of another address already.
    """
    if user_id is None or user_id == (point.other_user_id or point.external_user_id):
        return False
    if user_id == point.external_user_id:
        point.other_user_id = None
        return True
    if point.external_user_id is None and not elsewhere:
        another = point.other_user_id is not None
        point.external_user_id, point.other_user_id = user_id, None
        return another
    point.other_user_id = user_id
    return True


def bind(point: ContactPoint, debtor_id: UUID, now: datetime) -> None:
    """Make an address that of a person who has just proven to be there; bring it into use.

    The id under which they write becomes the address's own, unless it is another address's.
    """
    if point.debtor_id != debtor_id or point.other_user_id is not None:
        point.bound_at = now
    point.debtor_id, point.other_user_id = debtor_id, None
    proven_theirs(point, now)


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
