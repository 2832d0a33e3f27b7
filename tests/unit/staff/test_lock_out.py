"""M4: a lock is one of a login at a source; nobody locks an agent out from elsewhere."""

from datetime import timedelta

import pytest

from acuerdo.staff.lock_out import (
    LOCK_OUT,
    MAX_FAILED_LOGINS,
    MAX_FAILURES_EVERYWHERE,
    Tries,
    after_failure,
    may_try,
    source_of,
)
from tests.clock import NOW

SECOND = timedelta(seconds=1)


def failed(times: int, most: int) -> Tries:
    tries = Tries()
    for _ in range(times):
        tries = after_failure(tries, most, NOW)
    return tries


def test_the_fifth_failure_locks_until_fifteen_minutes_are_over() -> None:
    assert may_try(failed(MAX_FAILED_LOGINS - 1, MAX_FAILED_LOGINS), Tries(), None, NOW)
    locked = failed(MAX_FAILED_LOGINS, MAX_FAILED_LOGINS)
    assert not may_try(locked, Tries(), None, NOW + LOCK_OUT - SECOND)
    assert may_try(locked, Tries(), None, NOW + LOCK_OUT)
    assert after_failure(locked, MAX_FAILED_LOGINS, NOW + LOCK_OUT).failures == 1


def test_slow_failures_are_forgotten() -> None:
    tries = failed(MAX_FAILED_LOGINS - 1, MAX_FAILED_LOGINS)
    assert after_failure(tries, MAX_FAILED_LOGINS, NOW + LOCK_OUT).failures == 1


def test_many_failures_from_everywhere_stop_strangers_and_not_those_who_are_known() -> None:
    everywhere = failed(MAX_FAILURES_EVERYWHERE, MAX_FAILURES_EVERYWHERE)
    assert not may_try(Tries(), everywhere, None, NOW)
    assert not may_try(Tries(), everywhere, NOW - SECOND, NOW)
    assert may_try(Tries(), everywhere, NOW + SECOND, NOW)
    # being known is no key to one's own lock
    here = failed(MAX_FAILED_LOGINS, MAX_FAILED_LOGINS)
    assert not may_try(here, everywhere, NOW + SECOND, NOW)


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("testclient", "unknown"),
        ("1.2.3.4; drop table", "unknown"),
    ],
)
def test_a_source_is_an_address_or_a_customers_network(address: str | None, source: str) -> None:
    assert source_of(address) == source
