"""How many requests a caller's key may make: a bucket that fills evenly and is emptied by requests.

Each process of the product counts for itself; there is one that answers requests.
"""

from dataclasses import dataclass, field
from math import ceil
from typing import Final

_MINUTE: Final = 60.0


@dataclass(slots=True)
class _Bucket:
    """What is left of a caller's requests, as it was at a moment in seconds."""

    left: float
    at: float


@dataclass(frozen=True, slots=True)
class RequestRate:
    """So many requests a minute for each caller, at once or spread over it."""

    a_minute: int
    buckets: dict[str, _Bucket] = field(default_factory=dict)

    def seconds_until_free(self, caller: str, now: float) -> int:
        """Count a request made at `now`, in seconds of any clock that only goes forward.

        Gives 0 where it may be answered; else it is not counted, and how many seconds to wait.
        """
        bucket = self.buckets.setdefault(caller, _Bucket(self.a_minute, now))
        each_second = self.a_minute / _MINUTE
        bucket.left = min(self.a_minute, bucket.left + (now - bucket.at) * each_second)
        bucket.at = now
        if bucket.left < 1:
            return max(1, ceil((1 - bucket.left) / each_second))
        bucket.left -= 1
        return 0
