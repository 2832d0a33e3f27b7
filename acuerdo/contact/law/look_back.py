"""How far back the contact history must be read so that no limit misses a contact. Pure."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from acuerdo.contact.law.rules import Limit, Period, Rule, Unit

# A local day ends up to this much later than the same day elsewhere, and may have 25 hours.
_LOCAL_TIME: Final = timedelta(days=1)
_NOTHING: Final = timedelta()


def look_back(rules: Iterable[Rule]) -> timedelta:
    """The longest time for which a contact counts under any limit among `rules`."""
    limits = (rule for rule in rules if isinstance(rule, Limit))
    return max((_length(period) for each in limits for period in each.periods), default=_NOTHING)


def _length(period: Period) -> timedelta:
    if period.unit is Unit.HOURS:
        return timedelta(hours=period.length)
    days = 7 * period.length if period.unit is Unit.CALENDAR_WEEKS else period.length
    return timedelta(days=days) + _LOCAL_TIME
