"""What holds for a conversation at this moment: who was proven, what may be written. Pure."""

from datetime import datetime

from acuerdo.contact.models import ContactPoint
from acuerdo.contact.policy import SERVICE_WINDOW
from acuerdo.conversations.models import Conversation, Owner
from acuerdo.values.channels import Channel
from acuerdo.views.desk.views import VerificationStatus


def standing(conversation: Conversation, point: ContactPoint, now: datetime) -> VerificationStatus:
    """Whether the person has proven to be the debtor; a lock outweighs a missing proof."""
    if conversation.debtor_id is None:
        return VerificationStatus.UNKNOWN
    if conversation.verified_until_at is not None and now < conversation.verified_until_at:
        return VerificationStatus.VERIFIED
    if point.locked_until_at is not None and now < point.locked_until_at:
        return VerificationStatus.LOCKED
    return VerificationStatus.UNVERIFIED


def window_until(point: ContactPoint, now: datetime) -> datetime | None:
    """Until when WhatsApp lets us write freely; None on other channels and when it is over."""
    if point.channel is not Channel.WHATSAPP or point.last_inbound_at is None:
        return None
    until = point.last_inbound_at + SERVICE_WINDOW
    return until if now < until else None


def can_be_taken(conversation: Conversation) -> bool:
    """Whether no person holds it and it is still going on."""
    return conversation.owner is Owner.BOT or (
        conversation.owner is Owner.AGENT and conversation.agent_id is None
    )
