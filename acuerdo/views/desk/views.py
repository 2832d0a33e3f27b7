"""What the desk shows, as frozen values: no rows, no sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from acuerdo.agreements.models import PlanState, PromiseState
from acuerdo.calls.models import CallResult
from acuerdo.contact.law import Verdict
from acuerdo.contact.models import ContactState, Purpose
from acuerdo.conversations.models import (
    Author,
    MessageState,
    Outcome,
    Owner,
    WaitingReason,
)
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.debts.policies import CreditorPolicy
from acuerdo.debts.service import DebtView
from acuerdo.values.channels import Channel
from acuerdo.values.money import Money
from acuerdo.values.requests import DisputeReason, Wish
from acuerdo.views.cases.views import CaseLine


class VerificationStatus(StrEnum):
    """Whether the person on the other side has proven to be the debtor."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    LOCKED = "locked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One conversation in a list.

    `name` is None for people we do not know. `unanswered`: the person spoke last.
    """

    id: UUID
    name: str | None
    address: str
    channel: Channel
    owner: Owner
    held_by: str | None
    is_mine: bool
    waiting_since_at: datetime | None
    reason: WaitingReason | None
    outcome: Outcome
    last_author: Author | None
    last_text: str
    last_has_media: bool
    last_activity_at: datetime
    unanswered: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The lists of the desk: the longest wait first, then by what happened last."""

    waiting: tuple[QueueEntry, ...]
    mine: tuple[QueueEntry, ...]
    others: tuple[QueueEntry, ...]
    recent: tuple[QueueEntry, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file of a message; `file` is its name in the media folder, None until it was fetched."""

    index: int
    kind: str
    content_type: str
    file: str | None
    bytes: int | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message as the thread shows it; `chosen` when a button was pressed or typed."""

    id: UUID
    at: datetime
    author: Author
    author_name: str | None
    text: str
    chosen: bool
    buttons: tuple[str, ...]
    media: tuple[MediaView, ...]
    state: MessageState
    problem: str | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """What a colleague noted; the debtor never sees it."""

    id: UUID
    at: datetime
    author_name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation in the order it happened; `cut` when older messages are left out."""

    entries: Sequence[MessageView | NoteView]
    name: str | None
    country: str
    timezone: str
    today: date
    cut: bool


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
    standing: VerificationStatus
    proven_until_at: datetime | None
    locked_until_at: datetime | None
    point_state: ContactState
    is_reported_deceased: bool
    may_write: Verdict
    window_until_at: datetime | None
    started_at: datetime
    closed_at: datetime | None
    timezone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class PointView:
    """An address with what policy says about answering there now (`may_write`), and about a
    contact that begins with us (`outlook`); None where nobody knows whose address it is."""

    id: UUID
    channel: Channel
    address: str
    state: ContactState
    consent: bool
    may_write: Verdict
    outlook: Verdict | None
    window_until_at: datetime | None
    locked_until_at: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise to pay; `overdue` when its date passed and it is still open."""

    amount: Money
    due_on: date
    settles: bool
    state: PromiseState
    overdue: bool
    channel: Channel
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """One part of a plan."""

    number: int
    due_on: date
    amount: Money
    paid: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A payment plan with its parts."""

    total: Money
    frequency: str
    state: PlanState
    recorded_at: datetime
    instalments: tuple[InstalmentView, ...]


@dataclass(frozen=True, slots=True)
class DisputeView:
    """Why the debt is not accepted, in the person's words."""

    reason: DisputeReason
    words: str
    state: CaseState
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A payment that the person says was made."""

    amount: Money | None
    paid_on: date | None
    has_proof: bool
    words: str
    state: CaseState
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Money that arrived."""

    amount: Money
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class DebtCard:
    """A debt with everything that was said, agreed and paid about it."""

    debt: DebtView
    status: DebtStatus
    promises: tuple[PromiseView, ...]
    plans: tuple[PlanView, ...]
    disputes: tuple[DisputeView, ...]
    claims: tuple[ClaimView, ...]
    payments: tuple[PaymentView, ...]

    @property
    def policy(self) -> CreditorPolicy:
        """What the creditor allows."""
        return self.debt.policy


@dataclass(frozen=True, slots=True)
class CallbackView:
    """A later contact that was agreed."""

    at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One wish to reach the person, with the verdict and, of a call, how it ended."""

    at: datetime
    channel: Channel
    purpose: Purpose
    allowed: bool
    rule: str
    result: CallResult | None = None


@dataclass(frozen=True, slots=True)
class FormerConversation:
    """Another conversation with the same person."""

    id: UUID
    channel: Channel
    owner: Owner
    outcome: Outcome
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """All we know about the person of a conversation; no `name` for people we do not know."""

    name: str | None
    external_id: str | None
    country: str | None
    timezone: str
    now: datetime
    today: date
    deceased_reported_at: datetime | None
    points: tuple[PointView, ...]
    preference: Wish | None
    debts: tuple[DebtCard, ...]
    cases: tuple[CaseLine, ...]
    callbacks: tuple[CallbackView, ...]
    attempts: tuple[AttemptView, ...]
    former: tuple[FormerConversation, ...]
