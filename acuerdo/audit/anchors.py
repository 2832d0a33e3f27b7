"""The ledger's head, noted outside the database: a line of a file and of the log, each time."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from acuerdo.audit.chain import Head
from acuerdo.platform.clock import Clock
from acuerdo.platform.logging import get_logger

Occasion = Literal["schedule", "night", "export", "verified", "command"]
_log = get_logger()


@dataclass(frozen=True, slots=True)
class Anchors:
    """Appends heads to a file and reads them again; a line is `MOMENT POSITION:HASH OCCASION`.

    Who sets the database back or cuts its end cannot do so here, if they cannot write this file or
    the place to which the log goes.
    """

    file: Path
    clock: Clock

    def note(self, head: Head, occasion: Occasion) -> str:
        """Write a head down and give the line, which can be sent by e-mail as it is."""
        line = f"{self.clock.now().isoformat(timespec='seconds')} {head} {occasion}"
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
        _log.info("ledger_head", position=head.position, head=str(head), reason=occasion)
        return line

    def noted(self) -> list[Head]:
        """Every head that was noted, the oldest first; a line that is none raises ValueError."""
        return list(self._heads())

    def last(self) -> Head | None:
        """The head that was noted last."""
        heads = self.noted()
        return heads[-1] if heads else None

    def _heads(self) -> Iterator[Head]:
        if not self.file.exists():
            return
        for line in self.file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                _, head, *_ = line.split()
                yield Head.parse(head)
