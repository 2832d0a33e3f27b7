"""How often a proof may fail, and how long nothing is tried after that. Pure.

Failures count twice over: for the address they come from, and for the person they mean, from
whatever addresses and channels they come. Source: OWASP ASVS 5.0, 2.2 and 6.3.1 (limits against
guessing, per account); NIST SP 800-63B 3.2.2 (throttling).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class LockRule:
    """`most` failures within `window` lock for `first`; each lock after that is twice as long.

    Nothing is locked for more than `longest`; a lock is forgotten after `memory`.
    """

    most: int
    window: timedelta
    first: timedelta
    longest: timedelta
    memory: timedelta


PERSON: Final = LockRule(
    most=5,
    window=timedelta(days=1),
    first=timedelta(days=1),
    longest=timedelta(days=30),
    memory=timedelta(days=90),
)


def of_address(most: int, lock_out: timedelta) -> LockRule:
    """The rule for one address: the creditor's number of tries, and the installation's time."""
    return LockRule(
        most=most,
        window=lock_out,
        first=lock_out,
        longest=max(lock_out, timedelta(days=1)),
        memory=timedelta(days=30),
    )


@dataclass(frozen=True, slots=True)
class LockState:
    """What failures led to: until when nothing is tried, and how many may still fail.

    `until` may lie in the past: the lock is over then.
    """

    until: datetime | None
    left: int

    def holds(self, now: datetime) -> bool:
        """Whether nothing is tried at `now`."""
        return self.until is not None and now < self.until


def lock_state(failures: Sequence[datetime], rule: LockRule, now: datetime) -> LockState:
    """What `failures` (any order) led to by `now`; those inside a lock count for nothing."""
    until: datetime | None = None
    counted: list[datetime] = []
    locks = 0
    for at in sorted(each for each in failures if now - each < rule.memory):
        if until is not None and at < until:
            continue
        counted = [each for each in counted if at - each < rule.window]
        counted.append(at)
        if len(counted) >= rule.most:
            until = at + min(rule.first * 2**locks, rule.longest)
            locks, counted = locks + 1, []
    recent = sum(1 for each in counted if now - each < rule.window)
    return LockState(until, max(0, rule.most - recent))
