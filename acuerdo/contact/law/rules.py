"""The words in which a country's contact rules are written, and those of a verdict on them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, Literal

from pydantic import ConfigDict

from acuerdo.values.channels import Channel

# A rule's citation is stored with every attempt.
CITATION_LIMIT: Final = 120


class Profile(StrEnum):
    """`law`: only what a text says; `house`: that, and our own stricter defaults."""

    LAW = "law"
    HOUSE = "house"


class Confidence(StrEnum):
    """How sure a rule is: read in the text, quoted from it, reported, remembered, or ours."""

    PRIMARY = "primary"
    QUOTED = "quoted"
    SECONDARY = "secondary"
    MEMORY = "memory"
    HOUSE = "house"


class Event(StrEnum):
    """What happened to a person or a debt that may end contact."""

    OPTED_OUT = "opted_out"
    REPRESENTED = "represented"
    DISPUTED = "disputed"
    SUED = "sued"
    INSOLVENT = "insolvent"
    DECEASED = "deceased"
    PAYMENT_CLAIMED = "payment_claimed"
    PAID = "paid"


class Reason(StrEnum):
    """The closed list of reasons for which a contact is refused.

    The last eight are the product's own; the others are what a rule of a country may say.
    """

    OPTED_OUT = "opted_out"
    REPRESENTED = "represented"
    DISPUTED = "disputed"
    SUED = "sued"
    INSOLVENT = "insolvent"
    DECEASED = "deceased"
    PAYMENT_CLAIMED = "payment_claimed"
    PAID = "paid"
    THIRD_PARTY = "third_party"
    CHANNEL_BARRED = "channel_barred"
    NO_CONSENT = "no_consent"
    HOLIDAY = "holiday"
    OUTSIDE_HOURS = "outside_hours"
    COOLDOWN = "cooldown"
    DAY_CAP = "day_cap"
    WEEK_CAP = "week_cap"
    OTHER_CHANNEL = "other_channel"
    TOO_SOON = "too_soon"
    ADDRESS_RETIRED = "address_retired"
    SERVICE_WINDOW_CLOSED = "service_window_closed"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_LAW = "unknown_law"
    NO_ADDRESS = "no_address"
    NOT_NEEDED = "not_needed"
    NOTHING_OVERDUE = "nothing_overdue"
    PROMISE_OPEN = "promise_open"


class Recipient(StrEnum):
    """Whom a contact would reach."""

    DEBTOR = "debtor"
    JOINT_DEBTOR = "joint_debtor"
    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    GUARDIAN = "guardian"
    EXECUTOR = "executor"
    ATTORNEY = "attorney"
    THIRD_PARTY = "third_party"


class Counting(StrEnum):
    """Which earlier contacts a limit counts."""

    ATTEMPT = "attempt"
    DELIVERED = "delivered"
    TWO_WAY = "two_way"


class Counted(StrEnum):
    """On which channels: all of the rule's together, the asked one only, or all but that one."""

    TOGETHER = "together"
    SAME_CHANNEL = "same_channel"
    OTHER_CHANNELS = "other_channels"


class Unit(StrEnum):
    """Local dates, weeks from Monday to Sunday, or elapsed hours."""

    DAYS = "days"
    CALENDAR_WEEKS = "calendar_weeks"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a rule's text: what it says, and the fields it would change."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    says: str
    change: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What every rule names: where it comes from, how sure it is, and what it says in our words.

    `source` tells where the text was read. The default reading is the stricter of all
    `alternatives`.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    profile: Profile
    law: str
    article: str
    source: str
    confidence: Confidence
    says: str
    channels: frozenset[Channel]
    alternatives: tuple[Alternative, ...] = ()

    @property
    def citation(self) -> str:
        """What is shown and kept as the rule that decided."""
        if self.profile is Profile.HOUSE:
            return f"house:{self.id}"
        return f"{self.law}, {self.article} ({self.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRule(Basis):
    """No contact once `event` happened; a reply only where `binds_replies` is not set."""

    kind: Literal["stop"]
    event: Event
    binds_replies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients(Basis):
    """No contact with anybody else."""

    kind: Literal["recipients"]
    allowed: frozenset[Recipient]


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred(Basis):
    """Never by these channels."""

    kind: Literal["barred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Basis):
    """No contact without consent; `unknown_refuses` where a law wants it given beforehand."""

    kind: Literal["consent"]
    unknown_refuses: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays(Basis):
    """No contact on public holidays of `calendar`, an ISO country code, moved ones included."""

    kind: Literal["holidays"]
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Basis):
    """Contact only inside half-open windows; one tuple for each weekday, Monday first."""

    kind: Literal["hours"]
    windows: tuple[tuple[tuple[time, time], ...], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in one unit."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    unit: Unit
    length: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Basis):
    """At most `limit` counted contacts within each of `periods`: caps, gaps and cool-downs."""

    kind: Literal["limit"]
    reason: Reason
    limit: int
    periods: tuple[Period, ...]
    counting: Counting
    counted: Counted = Counted.TOGETHER


Rule = StopRule | Recipients | Barred | Consent | Holidays | Hours | Limit
Absolute = StopRule | Recipients | Barred | Consent
Calendar = Holidays | Hours


@dataclass(frozen=True, slots=True)
class Duty:
    """What else a text asks of a contact: to be said first, never said or asked, paid, kept."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    kind: Literal["say_first", "never", "pay_to", "records", "rights", "exception"]
    profile: Profile
    law: str
    article: str
    source: str
    confidence: Confidence
    says: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What a limit counts before a contact by one channel."""

    limit: Limit
    channels: frozenset[Channel]
    attempts: bool
    deliveries: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """The rules that bind one channel under one profile, the more absolute first."""

    absolute: tuple[Absolute, ...]
    calendar: tuple[Calendar, ...]
    tallies: tuple[Tally, ...]
    timed: tuple[Calendar | Limit, ...]
    basis: str


@dataclass(frozen=True, eq=False)
class Jurisdiction:
    """A country's rules. `zones`: its time zones, the most populous first; `silence`: what is
    cited for a contact that no rule about time binds."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    country: str
    name: str
    read_on: date
    zones: tuple[str, ...]
    silence: str
    counsel: tuple[str, ...]
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    bound: dict[tuple[Profile, Channel], Bound] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the rules by profile and channel, once."""
        table = {(p, c): self._bound(p, c) for p in Profile for c in Channel}
        object.__setattr__(self, "bound", table)

    def _bound(self, profile: Profile, channel: Channel) -> Bound:
        mine = [
            rule
            for rule in self.rules
            if channel in rule.channels and (profile is Profile.HOUSE or rule.profile is profile)
        ]
        # a refusal cites the law before our own rule
        mine.sort(key=lambda rule: rule.profile is Profile.HOUSE)
        ordered = sorted((r for r in mine if isinstance(r, Absolute)), key=_absoluteness)
        timed = tuple(rule for rule in mine if isinstance(rule, Calendar | Limit))
        hours = [rule.citation for rule in timed if isinstance(rule, Hours)]
        return Bound(
            absolute=tuple(ordered),
            calendar=tuple(rule for rule in timed if isinstance(rule, Calendar)),
            tallies=tuple(_tally(rule, channel) for rule in timed if isinstance(rule, Limit)),
            timed=timed,
            basis=hours[0] if hours else self.silence,
        )


def _tally(limit: Limit, channel: Channel) -> Tally:
    counted = {
        Counted.TOGETHER: limit.channels,
        Counted.SAME_CHANNEL: frozenset({channel}),
        Counted.OTHER_CHANNELS: limit.channels - {channel},
    }[limit.counted]
    return Tally(
        limit=limit,
        channels=counted,
        attempts=limit.counting is Counting.ATTEMPT,
        deliveries=limit.counting is Counting.DELIVERED,
    )


def _absoluteness(rule: Absolute) -> tuple[int, int]:
    order = list(Event)
    if isinstance(rule, StopRule):
        return 0, order.index(rule.event)
    return 1 + (Recipients, Barred, Consent).index(type(rule)), 0


@dataclass(frozen=True, slots=True)
class PastContact:
    """An earlier contact on our side, at an aware moment.

    `direct_contact`: the person took part; `delivered`: it reached a device, true where unknown.
    """

    at: datetime
    channel: Channel
    direct_contact: bool = False
    delivered: bool = True


@dataclass(frozen=True, slots=True)
class ContactContext:
    """What is known of the person; every default is the careful one.

    `zones`: where the person may be, several where that is unsure: then all must allow it. None:
    the country's zone that has the offset of the asked moment, or else all its zones.
    `consent`: None where unknown, which is no consent where a law wants it beforehand.
    `reply`: it answers what this person has just written or said.
    """

    zones: tuple[str, ...] = ()
    consent: bool | None = None
    recipient: Recipient = Recipient.DEBTOR
    events: frozenset[Event] = frozenset()
    reply: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rule` cites what decided; `next_allowed_at`: the first allowed moment, in the person's
    own zone, None where waiting does not help."""

    allowed: bool
    rule: str
    reason: Reason | None = None
    next_allowed_at: datetime | None = None
