"""The whole product in processes of its own, as `acuerdo up` runs it, on free ports."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import httpx
import psutil
import psycopg
from psycopg.rows import dict_row

from acuerdo.platform.settings import ROOT, Settings
from doors.cli.demonstration import API_KEY

# A Tuesday: nine in the morning in Mexico City, ten in Lima and Bogotá, noon in Buenos Aires.
CLOCK_START: Final = "2026-11-24T15:00:00+00:00"
_PAUSE_SECONDS: Final = 0.02
_STOP_SECONDS: Final = 40

_Found = TypeVar("_Found")


class DidNotHappen(AssertionError):
    """Something that was waited for did not come about in time."""


def eventually(look: Callable[[], _Found | None], what: str, *, seconds: float = 15) -> _Found:
    """The first truthy thing that `look` finds; raises DidNotHappen naming `what`."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise DidNotHappen(what)
        time.sleep(_PAUSE_SECONDS)


class RunningProduct:
    """Engine, web, worker, PostgreSQL and Redis of one run; `environment` adds to the settings.

    `folder` holds logs (`engine.log`, `web.log`, `worker.log`) and process ids
    (`engine.pid`...); it is removed with the product.
    """

    def __init__(self, **environment: str) -> None:
        # short, for the sockets in it
        self.folder = Path(tempfile.mkdtemp(prefix="acuerdo-"))
        self.port, engine_port = _free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{name: text for name, text in os.environ.items() if _is_kept(name)},
            "ACUERDO_PORT": str(self.port),
            "ACUERDO_ENGINE__URL": f"http://127.0.0.1:{engine_port}",
            "ACUERDO_RUN_DIR": str(self.folder),
            "ACUERDO_CLOCK_START": CLOCK_START,
            "ACUERDO_CONVERSATION__BURST_WINDOW_SECONDS": "0",
            **environment,
        }
        self._up: subprocess.Popen[str] | None = None
        self.http = httpx.Client(base_url=self.url, timeout=30)
        self.api = httpx.Client(
            base_url=f"{self.url}/api/v1",
            headers={"Authorization": f"Bearer {API_KEY}"},
            timeout=30,
        )
        self.control = httpx.Client(base_url=f"{self.url}/simulator/control", timeout=70)

    def __enter__(self) -> Self:
        train_where_needed()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _start(self) -> None:
        with (self.folder / "up.log").open("w") as log:
            self._up = subprocess.Popen(
                [sys.executable, "-m", "doors.cli", "up"],
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                text=True,
            )
        assert self._up.stdout is not None
        ready = self._up.stdout.readline()
        assert "listo" in ready, self.log("up")

    def run(self, *command: str) -> str:
        """The output of an `acuerdo` command on this product's database."""
        done = subprocess.run(
            [sys.executable, "-m", "doors.cli", *command],
            cwd=ROOT,
            env={**self._environment, "ACUERDO_DATABASE_URL": self.database_url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def database_url(self) -> str:
        """Where the product's PostgreSQL listens, from the file the server itself keeps."""
        written = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()
        return f"postgresql://postgres@/postgres?host={written[4]}&port={written[3]}"

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """A connection that commits each statement; rows are dictionaries."""
        with psycopg.connect(
            self.database_url, autocommit=True, row_factory=dict_row
        ) as connection:
            yield connection

    def rows(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        """The rows that a query finds."""
        with self.database() as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def settle(self, *, seconds: float = 15) -> None:
        """Wait until no webhook is under way, no job is due soon and no turn is unfinished."""
        self.control.post("/settle").raise_for_status()
        eventually(self._is_quiet, "the product came to rest", seconds=seconds)

    def _is_quiet(self) -> bool:
        return not self.rows(
            "select 1 from procrastinate_jobs where status in ('todo', 'doing')"
            # reminders and the like wait for hours and days
            " and (scheduled_at is null or scheduled_at < now() + interval '3 minutes')"
            " union all select 1 from turn where state in ('open', 'answered') limit 1"
        )

    def process(self, name: str) -> int:
        """The process id of `engine`, `web` or `worker`."""
        return int((self.folder / f"{name}.pid").read_text())

    def signal(self, name: str, number: int) -> None:
        """Send a signal to `engine`, `web` or `worker` and all it started."""
        os.killpg(self.process(name), number)

    def is_ready(self) -> bool:
        """Whether every part answers."""
        with contextlib.suppress(httpx.HTTPError):
            return self.http.get("/health/ready").status_code == httpx.codes.OK
        return False

    def log(self, name: str) -> str:
        """What a process wrote: `up`, `engine`, `web` or `worker`."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def processes(self) -> list[psutil.Process]:
        """Every process that was started for this product and is alive, PostgreSQL's too."""
        return [each for each in psutil.process_iter() if _belongs(each, self.folder)]

    def stop(self) -> None:
        """Stop as Ctrl-C does; fails where a process is left behind, and ends it."""
        for client in (self.http, self.api, self.control):
            client.close()
        if self._up is not None:
            self._up.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._up.wait(_STOP_SECONDS)
            if self._up.stdout is not None:
                self._up.stdout.close()
        _, left = psutil.wait_procs(self.processes(), timeout=3)
        named = [" ".join(each.cmdline()) for each in left if each.is_running()]
        for each in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        assert not named, f"left behind: {named}"


def train_where_needed() -> None:
    """Train the model where there is none, as `make train` does."""
    model = Settings().model_path
    if model.exists():
        return
    subprocess.run(
        [
            str(ROOT / "rasa_server" / ".venv" / "bin" / "python"),
            *("-m", "rasa", "train"),
            *("--out", str(model.parent)),
            *("--fixed-model-name", model.name.removesuffix(".tar.gz")),
        ],
        cwd=ROOT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _is_kept(variable: str) -> bool:
    """Whether a variable of whoever runs the tests holds for the product: another model may."""
    return not variable.startswith("ACUERDO_") or variable == "ACUERDO_MODEL_PATH"


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _belongs(process: psutil.Process, folder: Path) -> bool:
    """Whether a process names the run's folder in its command line or its environment."""
    if process.pid == os.getpid():
        return False
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        named = (*process.cmdline(), *process.environ().values())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return any(str(folder) in each for each in named)
