"""What a manager sees, as frozen values: no rows, no sentences."""

from dataclasses import dataclass
from datetime import date, datetime

from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.law import Reason
from acuerdo.contact.models import Purpose
from acuerdo.values.channels import Channel


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How often one rule decided in a period; `reason` where it refused."""

    reason: str | None
    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class RefusalView:
    """A contact that was refused, in the zone of the person it was about."""

    at: datetime
    timezone: str
    name: str | None
    external_id: str | None
    channel: Channel
    purpose: Purpose
    reason: str
    rule: str
    next_allowed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """What was tried in a period of whole days (UTC), both included."""

    since: date
    until: date
    allowed: tuple[VerdictCount, ...]
    refused: tuple[VerdictCount, ...]
    newest: tuple[RefusalView, ...]

    @property
    def allowed_count(self) -> int:
        """How many contacts were allowed."""
        return sum(each.count for each in self.allowed)

    @property
    def refused_count(self) -> int:
        """How many contacts were refused."""
        return sum(each.count for each in self.refused)


@dataclass(frozen=True, slots=True)
class LawView:
    """One rule about time of a country: its citation, and what it says in figures.

    `hours`: weekdays (Monday is 0) with their windows; `most`: so many contacts until `reason`.
    """

    citation: str
    channels: frozenset[Channel]
    hours: tuple[tuple[tuple[int, ...], str], ...] = ()
    no_holidays: bool = False
    most: int | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class LimitsChange:
    """One change of the house limits."""

    at: datetime
    by: str
    limits: CountryLimits


@dataclass(frozen=True, slots=True)
class LimitsView:
    """What the house allows in a country, what its law says, and who changed what."""

    country: str
    limits: CountryLimits
    law: tuple[LawView, ...]
    changes: tuple[LimitsChange, ...]
