"""When a login may be tried again. Pure.

Five failures from one source lock the login for that source only: nobody locks an agent out from
elsewhere. Many failures from many sources slow strangers down, not a source where this person is
known.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

MAX_FAILED_LOGINS: Final = 5
LOCK_OUT: Final = timedelta(minutes=15)
# From all sources together; the window is as long as the lock.
MAX_FAILURES_EVERYWHERE: Final = 50
# So long after a login a source is known as this person's.
KNOWN_FOR: Final = timedelta(days=30)
# One customer's network: within it addresses are changed at will.
_IPV6_NETWORK_BITS: Final = 64


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures that count together, since when, and until when they lock."""

    failures: int = 0
    first_at: datetime | None = None
    locked_until_at: datetime | None = None


def may_try(
    here: Tries, everywhere: Tries, trusted_until_at: datetime | None, now: datetime
) -> bool:
    """Tell whether a login may be tried now from here."""
    if _is_locked(here, now):
        return False
    is_known_here = trusted_until_at is not None and now < trusted_until_at
    return is_known_here or not _is_locked(everywhere, now)


def after_failure(before: Tries, most: int, now: datetime) -> Tries:
    """Count one more failure; those before a lock or a window that is over count no more."""
    is_over = before.locked_until_at is not None and now >= before.locked_until_at
    is_old = before.first_at is None or now - before.first_at >= LOCK_OUT
    if is_over or (is_old and before.locked_until_at is None):
        before = Tries()
    failures = before.failures + 1
    return Tries(failures, before.first_at or now, now + LOCK_OUT if failures >= most else None)


def source_of(address: str | None) -> str:
    """The source that an address counts as: itself, of IPv6 its network; `unknown` for none."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found, _IPV6_NETWORK_BITS), strict=False))
    return str(found)


def _is_locked(tries: Tries, now: datetime) -> bool:
    return tries.locked_until_at is not None and now < tries.locked_until_at
