"""Who is speaking: the only maker of VerifiedParty, and the rules of proving it. Pure."""

import re
from dataclasses import InitVar, dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel

_SEAL: Final = object()
_MARKS: Final = re.compile(r"[^0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class VerifiedParty:
    """The debtor, proven, in one conversation; whoever discloses a debt asks for it.

    Only this module can make one: the constructor refuses anybody else.
    """

    debtor_id: UUID
    conversation_id: UUID
    channel: Channel
    turn_id: UUID | None
    # handed in and not kept, so that a copy with another person in it cannot be made
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only acuerdo.debts.verification makes a VerifiedParty")


def verified_party(
    *,
    debtor_id: UUID | None,
    conversation_id: UUID,
    channel: Channel,
    turn_id: UUID | None,
    verified_until_at: datetime | None,
    now: datetime,
) -> VerifiedParty:
    """The proven debtor of a conversation; IdentityNotVerified unless a proof is still fresh."""
    if debtor_id is None or verified_until_at is None or now >= verified_until_at:
        raise IdentityNotVerified
    return VerifiedParty(debtor_id, conversation_id, channel, turn_id, _SEAL)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the debtor should know."""

    document: str | None
    birth_date: date | None


def normal_document(document: str) -> str:
    """A document number without the marks people put in it: digits and letters, upper case."""
    return _MARKS.sub("", document).upper()


def proves(factor: str, answer: str, secrets: Secrets) -> bool:
    """Whether an answer (digits, or an ISO date for `birth_date`) matches what we know."""
    if factor == "birth_date":
        return secrets.birth_date is not None and answer == secrets.birth_date.isoformat()
    document = normal_document(secrets.document or "")
    given = normal_document(answer)
    if not document or not given:
        return False
    if factor == "document_last4":
        # someone who gives the whole number has proven more than was asked
        return given in (document[-4:], document) and len(given) >= 4
    return factor == "document" and given == document


def attempts_left(failed: int, max_attempts: int) -> int:
    """How many more wrong answers are allowed before the address is locked."""
    return max(0, max_attempts - failed)


def locked_until(now: datetime, minutes: int) -> datetime:
    """When a locked address may try again."""
    return now + timedelta(minutes=minutes)
