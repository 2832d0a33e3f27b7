"""What is shown of cases, as frozen values: no rows, no sentences."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from acuerdo.cases.kinds import CaseKind
from acuerdo.cases.models import CaseStep
from acuerdo.cases.money_news import MoneyNews
from acuerdo.debts.models import CaseState
from acuerdo.values.countries import Country
from acuerdo.values.money import Money
from acuerdo.values.requests import DataRight, DisputeReason


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are wanted; `assigned_to_id`: only those of a person of the desk."""

    kind: CaseKind | None = None
    state: CaseState | None = None
    assigned_to_id: UUID | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list; `days_left` is negative once its last day has passed.

    `assigned_to` is the name, `assigned_login` the login of who looks into it. `money`: the news
    that a case about money is about. `concerns_debtor`: whether the answer, as far as it is given,
    is for the person to know.
    """

    id: UUID
    kind: CaseKind
    state: CaseState
    name: str | None
    debtor: str | None
    debt: str | None
    product: str | None
    conversation_id: UUID | None
    words: str
    rule: str
    due_on: date
    days_left: int
    opened_at: datetime
    assigned_to: str | None
    assigned_login: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None
    informed_at: datetime | None
    timezone: str
    concerns_debtor: bool
    money: MoneyNews | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody must still look into it."""
        return self.state is CaseState.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its last day has passed without an answer."""
        return self.is_open and self.days_left < 0


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases, the nearest deadline first; `cursor` names the place after the last of them."""

    lines: tuple[CaseLine, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that the person sent; `url` is its page at the desk."""

    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the person said or sent; `seen_by`: who looked at it, and when."""

    id: UUID
    text: str
    files: tuple[EvidenceFile, ...]
    at: datetime
    seen_by: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the work on a case."""

    step: CaseStep
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One case with what it is about, its evidence and what was done."""

    line: CaseLine
    evidence: tuple[Evidence, ...]
    steps: tuple[StepView, ...]
    now: datetime
    locale: Country
    balance: Money | None = None
    surplus: Money | None = None
    withheld: Money | None = None
    dispute_reason: DisputeReason | None = None
    claimed: Money | None = None
    paid_on: date | None = None
    has_proof: bool | None = None
    right: DataRight | None = None
    stop_lifted_at: datetime | None = None
    has_stop: bool = False
