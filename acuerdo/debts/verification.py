"""Who is speaking: the only maker of VerifiedParty, and the rules of proving it. Pure."""

import re
from dataclasses import InitVar, dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from acuerdo.debts.factors import ACCOUNT_LAST4, BIRTH_DATE, DOCUMENT, DOCUMENT_LAST4
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
    """What only the debtor should know; `accounts` are the numbers of their debts."""

    document: str | None
    birth_date: date | None
    accounts: tuple[str, ...] = ()


def normal_document(document: str) -> str:
    """A document number without the marks people put in it: digits and letters, upper case."""
    return _MARKS.sub("", document).upper()


def proves(factor: str, answer: str, secrets: Secrets) -> bool:
    """Whether an answer (digits and letters, or an ISO date for `birth_date`) matches what we know.

    Someone who gives a whole number where its ending was asked has proven more than that.
    """
    if factor == BIRTH_DATE:
        return secrets.birth_date is not None and answer == secrets.birth_date.isoformat()
    given, document = normal_document(answer), normal_document(secrets.document or "")
    if factor == DOCUMENT:
        return bool(given) and given == document
    if factor == DOCUMENT_LAST4:
        return _ends(document, given)
    accounts = (normal_document(each) for each in secrets.accounts)
    return factor == ACCOUNT_LAST4 and any(_ends(each, given) for each in accounts)


def _ends(number: str, given: str) -> bool:
    return len(given) >= 4 and given in (number[-4:], number)
