"""The house limits that a manager sets for a country: stricter than its law, never wider. Pure.

They are more rules beside the law's: a contact must be allowed by all of them.
"""

from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from acuerdo.contact.law.rules import (
    Counted,
    Counting,
    Holidays,
    Hours,
    Limit,
    Period,
    Reason,
    Rule,
    Unit,
)
from acuerdo.contact.preference import house_basis
from acuerdo.platform.errors import LimitsContradict
from acuerdo.values.channels import Channel

WEEK: Final = range(7)
_EVERYTHING: Final = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class CountryLimits:
    """What the house allows in a country; None sets no limit of its own.

    `weekdays`: Monday is 0; `opens`, `closes`: of the person's own clock, half-open;
    `most_a_day`, `most_a_week`: contacts of any channel that begin with us; `gap_hours`: the
    least between two of them. Raises LimitsContradict.
    """

    weekdays: frozenset[int] = frozenset(WEEK)
    opens: time | None = None
    closes: time | None = None
    holidays: bool = True
    most_a_day: int | None = None
    most_a_week: int | None = None
    gap_hours: int | None = None

    def __post_init__(self) -> None:
        """Refuse what would allow nothing, or means nothing."""
        begins, ends = self.opens or time.min, self.closes or time.max
        counts = (self.most_a_day, self.most_a_week, self.gap_hours)
        if (
            begins >= ends
            or not self.weekdays
            or not self.weekdays <= set(WEEK)
            or any(count is not None and count < 1 for count in counts)
        ):
            raise LimitsContradict


def rules_of(limits: CountryLimits, country: str) -> tuple[Rule, ...]:
    """The limits as house rules of a country, by its ISO code."""
    found: list[Rule] = []
    if limits.opens is not None or limits.closes is not None or len(limits.weekdays) < len(WEEK):
        window = ((limits.opens or time.min, limits.closes or time.max),)
        windows = tuple(window if day in limits.weekdays else () for day in WEEK)
        found.append(Hours(kind="hours", windows=windows, **_basis(country, "hours")))
    if not limits.holidays:
        found.append(Holidays(kind="holidays", calendar=country, **_basis(country, "holidays")))
    caps = (
        ("day", limits.most_a_day, Reason.DAY_CAP, (Period(Unit.DAYS),)),
        (
            "week",
            limits.most_a_week,
            Reason.WEEK_CAP,
            (Period(Unit.CALENDAR_WEEKS), Period(Unit.DAYS, 7)),
        ),
        ("gap", limits.gap_hours and 1, Reason.TOO_SOON, (_hours(limits.gap_hours),)),
    )
    found += [
        Limit(
            kind="limit",
            reason=reason,
            limit=most,
            periods=periods,
            counting=Counting.ATTEMPT,
            counted=Counted.TOGETHER,
            **_basis(country, name),
        )
        for name, most, reason, periods in caps
        if most
    ]
    return tuple(found)


def _hours(count: int | None) -> Period:
    return Period(Unit.HOURS, count or 1)


def _basis(country: str, name: str) -> Any:
    return house_basis(f"limits.{name}.{country.lower()}", _EVERYTHING)
