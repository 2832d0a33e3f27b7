"""One debtor's file as frozen values, from which every answer about a person is made. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from acuerdo.agreements.models import InstalmentState, PlanState, PromiseState
from acuerdo.calls.models import CallResult
from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import CaseStep
from acuerdo.contact.models import ContactState, Purpose
from acuerdo.contact.opt_out import ConsentSource
from acuerdo.conversations.models import Author, Direction, MessageState, Outcome, Owner
from acuerdo.debts.models import CaseState, DebtStatus
from acuerdo.values.channels import Channel
from acuerdo.values.money import Money
from acuerdo.values.requests import DataRight, DisputeReason, Scope, Wish
from acuerdo.views.debtor_file.money import MoneyEventRecord, PaymentRecord


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Who it is; the document as it is stored, encrypted."""

    id: UUID
    external_id: str
    name: str
    country: str
    timezone: str
    document_encrypted: bytes | None
    deceased_reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class CreditorRecord:
    """Who is owed; `policy` as the portfolio gave it."""

    external_id: str
    name: str
    agency: str
    payment_methods: str
    complaints: str
    policy: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DebtRecord:
    """What is owed to one creditor for one product, as it stands now.

    `surplus` was paid above it and is the debtor's; `withheld` is asked for above it by the file.
    """

    id: UUID
    external_id: str
    creditor: CreditorRecord
    product: str
    currency: str
    balance: Money
    overdue: Money
    interest: Money
    fees: Money
    due_on: date
    status: DebtStatus
    updated_at: datetime
    surplus: Money
    withheld: Money

    @property
    def principal(self) -> Money:
        """The balance without interest and fees."""
        return self.balance - self.interest - self.fees


@dataclass(frozen=True, slots=True)
class AddressRecord:
    """An address on a channel, and whether it may be used; `is_theirs`: whether it is still
    thought to be the person's, by the newest file or by what they gave."""

    id: UUID
    channel: Channel
    address: str
    state: ContactState
    state_since_at: datetime
    consent: bool
    last_inbound_at: datetime | None
    locked_until_at: datetime | None
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """A promise to pay; `left` has not come of it yet."""

    debt_id: UUID
    amount: Money
    left: Money
    due_on: date
    settles: bool
    state: PromiseState
    channel: Channel
    words: str
    recorded_at: datetime

    def is_overdue(self, today: date) -> bool:
        """Whether its date has passed while it is open; `today` by the person's calendar."""
        return self.state is PromiseState.OPEN and self.due_on < today


@dataclass(frozen=True, slots=True)
class InstalmentRecord:
    """One part of a plan; `left` has not come of it yet."""

    number: int
    due_on: date
    amount: Money
    left: Money
    state: InstalmentState

    @property
    def paid(self) -> bool:
        """Whether it was paid."""
        return self.state is InstalmentState.PAID


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A payment plan with its parts in order."""

    debt_id: UUID
    total: Money
    frequency: str
    state: PlanState
    channel: Channel
    words: str
    recorded_at: datetime
    instalments: tuple[InstalmentRecord, ...]

    def is_overdue(self, part: InstalmentRecord, today: date) -> bool:
        """Whether the date of a part has passed unpaid while the plan is being paid."""
        return self.state is PlanState.ACTIVE and not part.paid and part.due_on < today


@dataclass(frozen=True, slots=True)
class DisputeRecord:
    """Why a debt is not accepted, in the person's words."""

    debt_id: UUID
    reason: DisputeReason
    words: str
    state: CaseState
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A payment that the person says was made."""

    debt_id: UUID
    amount: Money | None
    paid_on: date | None
    has_proof: bool
    words: str
    state: CaseState
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CallbackRecord:
    """A later contact that was agreed and is still to come."""

    at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """One conversation with the person."""

    id: UUID
    channel: Channel
    owner: Owner
    verified: bool
    outcome: Outcome
    started_at: datetime


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message, with the outcome of its conversation: it may be another person's words."""

    conversation_id: UUID
    conversation_outcome: Outcome
    channel: Channel
    direction: Direction
    author: Author
    text: str
    has_media: bool
    state: MessageState
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One wish to reach the person, with the verdict and, of a call, how it ended."""

    address_id: UUID
    channel: Channel
    purpose: Purpose
    at: datetime
    allowed: bool
    reason: str | None
    rule: str
    next_allowed_at: datetime | None
    result: CallResult | None


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """A consent given or withdrawn; `words` prove it where there are any."""

    channel: Channel
    given: bool
    scope: Scope
    source: ConsentSource
    words: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PreferenceRecord:
    """How and when the person asked to be contacted."""

    wish: Wish
    words: str
    learned_at: datetime


@dataclass(frozen=True, slots=True)
class DataRequestRecord:
    """A request about the person's data; `due_on` is the last local day for the answer."""

    right: DataRight
    words: str
    rule: str
    due_on: date
    opened_at: datetime
    closed_at: datetime | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case; `due_on` is the last local day for the answer."""

    id: UUID
    kind: CaseKind
    state: CaseState
    due_on: date
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CaseStepRecord:
    """One step of the work on a case, whose kind, state and rule it has; `reason` if it ends it."""

    kind: CaseKind
    state: CaseState
    rule: str
    step: CaseStep
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """Why something was allowed or refused."""

    at: datetime
    kind: str
    allowed: bool
    rule: str
    facts: Mapping[str, Any]


class StopKind(StrEnum):
    """What keeps us from contacting: the person, an address or a debt."""

    DECEASED = "deceased"
    ADDRESS = "address"
    DISPUTE = "dispute"
    PAYMENT_CLAIM = "payment_claim"


@dataclass(frozen=True, slots=True)
class StopRecord:
    """A stop in force; `address` or `debt_id` where it concerns only that."""

    kind: StopKind
    since_at: datetime
    address: AddressRecord | None = None
    debt_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of moments."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a file is fetched; 0 and False fetch none.

    `conversations`: the newest. Of a `period` the oldest `attempts`, `messages` and `decisions`;
    without one the newest `attempts`, the newest `messages` of each conversation that is fetched,
    and the oldest `decisions`. `requests`: consents, requests about
    data, and what was done about cases.
    """

    period: Period | None = None
    conversations: int = 0
    messages: int = 0
    attempts: int = 0
    decisions: int = 0
    requests: bool = False


@dataclass(frozen=True, slots=True)
class DebtorFile:
    """Everything known about one person, the oldest first; callbacks by their moment.

    Every `debt_id` in it is the id of one of its debts.
    """

    person: PersonRecord
    debts: tuple[DebtRecord, ...]
    addresses: tuple[AddressRecord, ...]
    promises: tuple[PromiseRecord, ...]
    plans: tuple[PlanRecord, ...]
    disputes: tuple[DisputeRecord, ...]
    claims: tuple[ClaimRecord, ...]
    payments: tuple[PaymentRecord, ...]
    money_events: tuple[MoneyEventRecord, ...]
    callbacks: tuple[CallbackRecord, ...]
    cases: tuple[CaseRecord, ...]
    preference: PreferenceRecord | None
    conversations: tuple[ConversationRecord, ...]
    messages: tuple[MessageRecord, ...]
    attempts: tuple[AttemptRecord, ...]
    consents: tuple[ConsentRecord, ...]
    data_requests: tuple[DataRequestRecord, ...]
    case_steps: tuple[CaseStepRecord, ...]
    decisions: tuple[DecisionRecord, ...]

    @property
    def debt_names(self) -> Mapping[UUID, str]:
        """What the portfolio calls each debt."""
        return {debt.id: debt.external_id for debt in self.debts}

    @property
    def stops(self) -> tuple[StopRecord, ...]:
        """What keeps us from contacting the person now: a death, addresses, disputes, claims."""
        return tuple(self._stops())

    def _stops(self) -> Iterator[StopRecord]:
        deceased_at = self.person.deceased_reported_at
        if deceased_at is not None:
            yield StopRecord(StopKind.DECEASED, deceased_at)
        for address in self.addresses:
            if address.is_theirs and address.state is not ContactState.ACTIVE:
                yield StopRecord(StopKind.ADDRESS, address.state_since_at, address=address)
        for dispute in self.disputes:
            if dispute.state is CaseState.OPEN:
                yield StopRecord(StopKind.DISPUTE, dispute.opened_at, debt_id=dispute.debt_id)
        for claim in self.claims:
            if claim.state is CaseState.OPEN:
                yield StopRecord(StopKind.PAYMENT_CLAIM, claim.opened_at, debt_id=claim.debt_id)
