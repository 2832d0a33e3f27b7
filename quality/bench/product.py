"""A product of the bench's own: fresh database, free ports, nobody else's settings."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from acuerdo.platform.settings import ROOT
from quality.bench.processes import Part, children_of
from quality.bench.provider import ACCOUNT, SENDER, TOKEN

API_KEY: Final = "bench-key"
_READY_SECONDS: Final = 180
_STOP_SECONDS: Final = 30


class NotReady(Exception):
    """The product did not start; the message holds what it said."""


class Product:
    """`acuerdo up` in a folder that goes away with it.

    Without `provider_url` the product's own simulator stands in for the providers. `more` are
    further settings.
    """

    def __init__(self, provider_url: str | None = None, **more: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="acuerdo-bench-"))
        # the database server runs as a user of its own where we are root
        self.folder.chmod(0o755)
        web, engine = _free_port(), _free_port()
        self.url = f"http://127.0.0.1:{web}"
        self._environment = _environment(provider_url, web, engine, self.folder) | more
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start every process and wait until all of it answers. Raises NotReady."""
        with (self.folder / "up.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "doors.cli", "up"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + _READY_SECONDS
        while not _answers(f"{self.url}/health/ready"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NotReady((self.folder / "up.log").read_text(errors="replace"))
            time.sleep(0.2)

    def parts(self) -> list[Part]:
        """The processes, by the names under which they are reported."""
        if self._process is None:
            return []
        up = self._process.pid
        named = {name: _pid_in(self.folder / f"{name}.pid") for name in ("engine", "web", "worker")}
        (redis,) = set(children_of(up)) - set(named.values())
        postgres = _pid_in(self.folder / "postgres" / "postmaster.pid")
        return [
            *(Part(name, pid) for name, pid in named.items()),
            Part("postgres", postgres, with_children=True),
            Part("redis", redis),
            Part("supervisor", up),
        ]

    def stop(self, *, keep_logs: bool) -> None:
        """Stop every process; the folder goes too, unless its logs are wanted."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if not keep_logs:
            shutil.rmtree(self.folder, ignore_errors=True)


def _environment(provider_url: str | None, web: int, engine: int, folder: Path) -> dict[str, str]:
    foreign = {name: value for name, value in os.environ.items() if "ACUERDO_" not in name}
    # what is left empty is set all the same, so that a .env cannot lead to somebody's database
    return foreign | {
        "ACUERDO_ENV": "development",
        "ACUERDO_DATABASE_URL": "",
        "ACUERDO_REDIS_URL": "",
        "ACUERDO_RUN_DIR": str(folder),
        "ACUERDO_PORT": str(web),
        "ACUERDO_PUBLIC_URL": f"http://127.0.0.1:{web}",
        "ACUERDO_ENGINE__URL": f"http://127.0.0.1:{engine}",
        "ACUERDO_ENGINE__ACTIONS_URL": "",
        "ACUERDO_CONVERSATION__BURST_WINDOW_SECONDS": "0",
        **(_twilio(provider_url) if provider_url else {}),
        "ACUERDO_API__KEYS": f"bench:{API_KEY}",
        "ACUERDO_LOG_LEVEL": "warning",
    }


def _twilio(provider_url: str) -> dict[str, str]:
    return {
        "ACUERDO_TWILIO__ACCOUNT_SID": ACCOUNT,
        "ACUERDO_TWILIO__AUTH_TOKEN": TOKEN,
        "ACUERDO_TWILIO__SIGNING_SECRET": "",
        "ACUERDO_TWILIO__WHATSAPP_FROM": SENDER,
        "ACUERDO_TWILIO__VOICE_FROM": SENDER,
        "ACUERDO_TWILIO__BASE_URL": provider_url,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _pid_in(file: Path) -> int:
    return int(file.read_text().split()[0])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
