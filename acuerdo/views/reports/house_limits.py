"""What the house allows in a country beside its law, and who changed what. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import Reason
from acuerdo.contact.law.rules import Holidays, Hours, Limit, Rule
from acuerdo.values.channels import Channel


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
class HouseLimitsReport:
    """What the house allows in a country, what its law says, and who changed what."""

    country: str
    limits: CountryLimits
    law: tuple[LawView, ...]
    changes: tuple[LimitsChange, ...]


def house_limits_report(country: str, changes: Sequence[LimitsChange]) -> HouseLimitsReport:
    """The report of a country; `changes`: the newest first, which is in force."""
    return HouseLimitsReport(
        country=country,
        limits=changes[0].limits if changes else CountryLimits(),
        law=tuple(view for rule in load(country).rules if (view := _law(rule)) is not None),
        changes=tuple(changes),
    )


def _law(rule: Rule) -> LawView | None:
    """A rule about time in figures; None for one about something else."""
    channels = frozenset(rule.channels)
    if isinstance(rule, Hours):
        return LawView(rule.citation, channels, hours=_grouped(rule))
    if isinstance(rule, Holidays):
        return LawView(rule.citation, channels, no_holidays=True)
    if isinstance(rule, Limit):
        return LawView(rule.citation, channels, most=rule.limit, reason=rule.reason)
    return None


def _grouped(rule: Hours) -> tuple[tuple[tuple[int, ...], str], ...]:
    """The weekdays with the same windows together: Monday is 0."""
    by_hours: dict[str, list[int]] = {}
    for day, windows in enumerate(rule.windows):
        written = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in windows)
        by_hours.setdefault(written, []).append(day)
    return tuple((tuple(days), written) for written, days in by_hours.items() if written)
