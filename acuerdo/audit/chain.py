"""The chain: each link is sealed with our key over the one before it. Pure.

Who can edit the database and has no key cannot mend a link. Who restores an older state of the
whole database shows an older head: it is compared with one that was noted elsewhere.
"""

import hashlib
import hmac
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import orjson

# What stands before the first link.
START: Final = bytes(32)


class Fault(StrEnum):
    """The closed list of what can be wrong with the ledger."""

    CHANGED = "changed"
    REMOVED = "removed"
    UNSEALED = "unsealed"
    MISSING = "missing"
    BROKEN = "broken"
    HEAD = "head"
    NOTED = "noted"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends."""

    position: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.position}:{self.hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """A head as it was noted, `POSITION:HASH`; raises ValueError."""
        position, _, digest = text.strip().partition(":")
        head = cls(int(position), bytes.fromhex(digest))
        if head.position < 0 or len(head.hash) != len(START):
            raise ValueError("a head is POSITION:HASH")
        return head


@dataclass(frozen=True, slots=True)
class Link:
    """One recorded row: its table and key, what it said (`digest`), and the seal over it all.

    `adopted`: the row was taken into the chain later than it was recorded.
    """

    position: int
    at: datetime
    subject: str
    key: str
    digest: bytes
    adopted: bool
    hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where: a position of the chain, a row, or both."""

    fault: Fault
    position: int | None = None
    subject: str | None = None
    key: str | None = None


def digest(fields: Mapping[str, Any]) -> bytes:
    """What a row says, in 32 bytes. A field without a value is left out, so that a column that is
    added later changes nothing that was sealed before."""
    said = {name: _plain(value) for name, value in fields.items() if value is not None}
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()


def _plain(value: Any) -> Any:
    """A value as JSON, the same before it is stored and after it is read."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case StrEnum():
            return value.value
        case bytes():
            return value.hex()
        case _:
            return value


def seal(key: bytes, previous: bytes, link: Link) -> bytes:
    """The hash of a link that follows `previous`."""
    said = [
        previous.hex(),
        link.position,
        _plain(link.at),
        link.subject,
        link.key,
        link.digest.hex(),
        link.adopted,
    ]
    return hmac.digest(key, orjson.dumps(said), hashlib.sha256)


class Walk:
    """Follows a chain from its beginning and says what does not fit.

    After a link that does not fit it goes on from what that one claims, so that one change is
    found once. `keys`: all that may have sealed it, the newest first. Each is good for a range:
    once a newer one has sealed, an older one seals no more, and none after its end in `ends`, which
    has the last position of each old key, or fewer.
    """

    def __init__(self, keys: Sequence[bytes], ends: Sequence[int] = ()) -> None:
        self._keys = keys
        self._ends = ends
        self._newest = len(keys) - 1
        self._hash = START
        self._position = 0

    def step(self, link: Link) -> Iterator[Finding]:
        """What is wrong with the next link."""
        for position in range(self._position + 1, min(link.position, self._position + 1001)):
            yield Finding(Fault.MISSING, position)
        age = self._age_of_key(link)
        if age is None:
            yield Finding(Fault.BROKEN, link.position, link.subject, link.key)
        elif age > self._newest or link.position > self._end_of_key(age):
            yield Finding(Fault.RETIRED, link.position, link.subject, link.key)
        else:
            self._newest = age
        self._position, self._hash = link.position, link.hash

    def _age_of_key(self, link: Link) -> int | None:
        """Which key sealed a link, 0 for that of now; None for none of ours."""
        for age, key in enumerate(self._keys):
            if hmac.compare_digest(seal(key, self._hash, link), link.hash):
                return age
        return None

    def _end_of_key(self, age: int) -> float:
        return self._ends[age - 1] if 0 < age <= len(self._ends) else math.inf

    def end(self, head: Head) -> Iterator[Finding]:
        """Whether the chain ends where its head says."""
        if (self._position, self._hash) != (head.position, head.hash):
            yield Finding(Fault.HEAD, head.position)
