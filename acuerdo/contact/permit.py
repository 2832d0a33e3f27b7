"""Permits to reach a person: whoever sends, dials or leaves a message in a mailbox shows one."""

from dataclasses import InitVar, dataclass, field
from typing import Final
from uuid import UUID

from acuerdo.values.channels import Channel

_SEAL: Final = object()


class PermitMisused(RuntimeError):
    """A permit was shown for something else than it was given for, or twice."""


@dataclass(frozen=True, slots=True)
class Permit:
    """The right to reach one person with one message or one call, once.

    `id` names the message or call, and the attempt in the ledger that allowed it; `addresses` are
    those of its contact point. Only this module can make one: the constructor refuses anybody else.
    """

    id: UUID
    channel: Channel
    addresses: frozenset[str]
    # handed in and not stored, so that a copy for another message cannot be made
    seal: InitVar[object]
    _uses: list[UUID] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only acuerdo.contact.permit makes a Permit")

    def check(self, subject_id: UUID, channel: Channel, address: str) -> None:
        """Raise PermitMisused unless it is for this message or call and was not used yet."""
        if self._uses or (subject_id, channel) != (self.id, self.channel):
            raise PermitMisused(f"the permit is for {self.id}")
        if address not in self.addresses:
            raise PermitMisused(f"the permit for {self.id} is for another address")

    def use(self, subject_id: UUID, channel: Channel, address: str) -> None:
        """Use it up; raises PermitMisused where `check` does."""
        self.check(subject_id, channel, address)
        self._uses.append(subject_id)


def permit_for(subject_id: UUID, channel: Channel, *addresses: str | None) -> Permit:
    """Make the permit for a message or call that the policy allowed and the ledger holds."""
    known = frozenset(each for each in addresses if each)
    return Permit(subject_id, channel, known, _SEAL)
