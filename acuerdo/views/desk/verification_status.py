"""What holds for a conversation at this moment: who was proven, what may be written. Pure."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from acuerdo.contact.policy import SERVICE_WINDOW
from acuerdo.conversations.models import Owner
from acuerdo.values.channels import Channel


class VerificationStatus(StrEnum):
    """Whether the person on the other side has proven to be the debtor."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    LOCKED = "locked"
    UNKNOWN = "unknown"


def verification_status(
    debtor_id: UUID | None,
    verified_until_at: datetime | None,
    locked_until_at: datetime | None,
    now: datetime,
) -> VerificationStatus:
    """Whether the person has proven to be the debtor; a lock outweighs a missing proof."""
    if debtor_id is None:
        return VerificationStatus.UNKNOWN
    if verified_until_at is not None and now < verified_until_at:
        return VerificationStatus.VERIFIED
    if locked_until_at is not None and now < locked_until_at:
        return VerificationStatus.LOCKED
    return VerificationStatus.UNVERIFIED


def window_until(
    channel: Channel, last_inbound_at: datetime | None, now: datetime
) -> datetime | None:
    """Until when WhatsApp lets us write freely; None on other channels and when it is over."""
    if channel is not Channel.WHATSAPP or last_inbound_at is None:
        return None
    until = last_inbound_at + SERVICE_WINDOW
    return until if now < until else None


def can_be_taken(owner: Owner, agent_id: UUID | None) -> bool:
    """Whether no person holds a conversation and it is still going on."""
    return owner is Owner.BOT or (owner is Owner.AGENT and agent_id is None)
