"""Local days as moments; the answers are cached, for they are asked often."""

from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def zone_info(zone: str) -> ZoneInfo:
    """A zone by its name; raises ZoneInfoNotFoundError, a LookupError, or ValueError."""
    try:
        return ZoneInfo(zone)
    except OSError as error:
        # a name such as "America" is a folder of the zone database
        raise ZoneInfoNotFoundError(zone) from error


@lru_cache(maxsize=16384)
def moment(zone: str, day: date, wall: time) -> datetime:
    """The UTC moment of a wall clock; the end of the gap for one that the clocks jump over."""
    return datetime.combine(day, wall, zone_info(zone)).astimezone(UTC)
