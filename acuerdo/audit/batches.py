"""Sealing what is too much to be sealed row by row: one link for many rows. Pure.

Each row of a batch is named with its digest, so that a check says which one was changed.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from acuerdo.audit.chain import Fault, Finding, digest

# A number of eight bytes and half a SHA-256 for each row.
_ROW: Final = struct.Struct(">q16s")
# Words of a person are sealed by their digest, so that they can be deleted and the rest be proven.
WORDS_DIGEST: Final = "text_digest"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A row of a batch: its place in the table, and what it says that may not change."""

    sequence: int
    fields: Mapping[str, Any]


def digest_of_words(words: str) -> bytes:
    """What stands for words once they are deleted, 32 bytes."""
    return hashlib.sha256(words.encode()).digest()


def packed(rows: Sequence[BatchRow]) -> bytes:
    """The rows' places and digests, 24 bytes each, in their order."""
    return b"".join(_ROW.pack(row.sequence, digest(row.fields)[:16]) for row in rows)


def compared(
    sealed: bytes, rows: Sequence[BatchRow], table: str, position: int | None = None
) -> Iterator[Finding]:
    """What is wrong with the rows of a sealed batch as they stand now."""
    before = dict(_ROW.iter_unpack(sealed))
    now = dict(_ROW.iter_unpack(packed(rows)))
    for sequence in sorted(before.keys() | now.keys()):
        if sequence not in now:
            fault = Fault.REMOVED
        elif sequence not in before:
            fault = Fault.UNSEALED
        elif before[sequence] != now[sequence]:
            fault = Fault.CHANGED
        else:
            continue
        yield Finding(fault, position, table, str(sequence))
