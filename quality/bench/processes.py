"""What the product's processes use, read from /proc."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quality.product import Product

_PROC: Final = Path("/proc")
_TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Stat:
    parent: int
    seconds: float
    reaped_seconds: float


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the product: a process, with its children where it is a family of them."""

    name: str
    pid: int
    with_children: bool = False

    def cpu_seconds(self) -> float:
        """Processor time used since the start, that of children who ended included."""
        stat = _stat(self.pid)
        if stat is None:
            return 0.0
        if not self.with_children:
            return stat.seconds
        children = (_stat(pid) for pid in children_of(self.pid))
        living = sum(child.seconds for child in children if child is not None)
        return stat.seconds + stat.reaped_seconds + living

    def memory_mib(self) -> float:
        """Resident memory in MiB; what a family shares is counted once."""
        if not self.with_children:
            return _resident(self.pid) / _MEBIBYTE
        family = [self.pid, *children_of(self.pid)]
        return sum(_proportional(pid) for pid in family) / _MEBIBYTE


def parts_of(product: Product) -> list[Part]:
    """Give the processes of a running product, by the names under which they are reported."""
    named = {name: product.process(name) for name in ("engine", "actions", "web", "worker")}
    (redis,) = set(children_of(product.supervisor)) - set(named.values())
    postgres = int((product.folder / "postgres" / "postmaster.pid").read_text().split()[0])
    return [
        *(Part(name, pid) for name, pid in named.items()),
        Part("postgres", postgres, with_children=True),
        Part("redis", redis),
        Part("supervisor", product.supervisor),
    ]


def cpu_of(parts: Sequence[Part]) -> dict[str, float]:
    """Processor seconds of every part."""
    return {part.name: part.cpu_seconds() for part in parts}


def spent(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Processor seconds between two readings."""
    return {name: after[name] - before[name] for name in after}


def children_of(pid: int) -> list[int]:
    """The living children of a process."""
    return [
        int(entry.name)
        for entry in _PROC.iterdir()
        if entry.name.isdigit() and (stat := _stat(int(entry.name))) and stat.parent == pid
    ]


def _stat(pid: int) -> _Stat | None:
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    # the name in parentheses may hold anything; the numbers follow the last one
    fields = text.rpartition(")")[2].split()
    user, system, reaped_user, reaped_system = (int(field) for field in fields[11:15])
    return _Stat(
        parent=int(fields[1]),
        seconds=(user + system) / _TICKS_PER_SECOND,
        reaped_seconds=(reaped_user + reaped_system) / _TICKS_PER_SECOND,
    )


def _resident(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
