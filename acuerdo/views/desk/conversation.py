"""A conversation at the desk: who holds it, and what may be done with it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from acuerdo.contact.law import Verdict
from acuerdo.contact.models import ContactState
from acuerdo.conversations.models import Outcome, Owner, WaitingReason
from acuerdo.values.channels import Channel
from acuerdo.views.desk.verification_status import VerificationStatus


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation, who holds it, and what may be done with it now."""

    id: UUID
    name: str | None
    address: str
    channel: Channel
    owner: Owner
    held_by: str | None
    is_mine: bool
    can_be_taken: bool
    waiting_since_at: datetime | None
    reason: WaitingReason | None
    outcome: Outcome
    verification: VerificationStatus
    verified_until_at: datetime | None
    locked_until_at: datetime | None
    address_state: ContactState
    is_reported_deceased: bool
    may_write: Verdict
    window_until_at: datetime | None
    started_at: datetime
    closed_at: datetime | None
    timezone: str
    now: datetime
