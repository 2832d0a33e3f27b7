"""The whole product in processes of its own, as `acuerdo up` runs it, on free ports."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Self

import httpx
import psutil
import psycopg
from psycopg.rows import dict_row

from acuerdo.platform.settings import ROOT, Settings
from doors.cli.demonstration import API_KEY
from quality import leash
from quality.clock import START
from quality.patience import DidNotHappen, eventually

_COMMAND: Final = (sys.executable, "-m", "doors.cli")
_READY: Final = "listo"


class NotReady(Exception):
    """The product did not start; the message holds what it said."""


class LeftBehind(AssertionError):
    """A process outlived the product that had started it; the message names it."""


class Product:
    """Engine, web, worker, PostgreSQL and Redis of one run; `environment` adds to the settings.

    It begins at `quality.clock.START` and ends with whoever started it, however that one ends.
    `folder` holds logs (`engine.log`, `web.log`, `worker.log`) and process ids
    (`engine.pid`...); it is removed with the product unless `keeps_folder`.
    """

    def __init__(self, *, keeps_folder: bool = False, **environment: str) -> None:
        self.keeps_folder = keeps_folder
        # short, for the sockets in it
        self.folder = Path(tempfile.mkdtemp(prefix="acuerdo-"))
        # the database server runs as a user of its own where we are root
        self.folder.chmod(0o755)
        self.port, engine_port = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        # what signatures are checked against
        self.public_url = f"http://localhost:{self.port}"
        self.environment = {
            **{name: text for name, text in os.environ.items() if _is_kept(name)},
            # what is empty is named all the same: a .env may lead to somebody's database
            "ACUERDO_ENV": "development",
            "ACUERDO_DATABASE_URL": "",
            "ACUERDO_REDIS_URL": "",
            "ACUERDO_PORT": str(self.port),
            "ACUERDO_PUBLIC_URL": self.public_url,
            "ACUERDO_ENGINE__URL": f"http://127.0.0.1:{engine_port}",
            "ACUERDO_ENGINE__ACTIONS_URL": "",
            "ACUERDO_RUN_DIR": str(self.folder),
            "ACUERDO_CLOCK_START": START.isoformat(),
            "ACUERDO_CONVERSATION__BURST_WINDOW_SECONDS": "0",
            "ACUERDO_API__KEYS": f"demo:{API_KEY}",
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
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start every process and wait until all of it answers; raises NotReady."""
        train_where_needed()
        with (self.folder / "up.log").open("w") as log:
            self._up = leash.start(
                [*_COMMAND, "up"],
                folder=ROOT,
                environment=self.environment,
                output=subprocess.PIPE,
                errors=log,
            )
        said = "" if self._up.stdout is None else self._up.stdout.readline()
        if _READY not in said:
            raise NotReady(said + self.log("up"))

    def run(self, *command: str) -> str:
        """Give the output of an `acuerdo` command on this product's database."""
        done = subprocess.run(  # noqa: S603 - our own command
            [*_COMMAND, *command],
            cwd=ROOT,
            env={**self.environment, "ACUERDO_DATABASE_URL": self.database_url},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DidNotHappen(done.stderr)
        return done.stdout

    def take_over(self, portfolio: dict[str, Any]) -> None:
        """Import a portfolio as an ERP does, and see it through; every row of it must fit."""
        answer = self.api.post("/portfolio", json=portfolio, timeout=120)
        if answer.status_code == HTTPStatus.ACCEPTED:
            place = f"/portfolio/imports/{answer.json()['id']}"
            answer = eventually(
                lambda: self._ended(place), "the portfolio is taken over", seconds=600
            )
        if answer.is_error or answer.json()["errors"]:
            raise DidNotHappen(answer.text[:1000])

    def _ended(self, place: str) -> httpx.Response | None:
        progress = self.api.get(place, timeout=30)
        return progress if progress.json().get("finished_at") else None

    @property
    def database_url(self) -> str:
        """Where the product's PostgreSQL listens, from the file the server itself keeps."""
        written = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()
        return f"postgresql://postgres@/postgres?host={written[4]}&port={written[3]}"

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """Open a connection that commits each statement; rows are dictionaries."""
        with psycopg.connect(
            self.database_url, autocommit=True, row_factory=dict_row
        ) as connection:
            yield connection

    def rows(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        """Give the rows that a query finds."""
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
            # these look, minutes later, at calls and files that were dealt with long since
            " and (task_name not in ('calls.end_if_still_dialling', 'portfolio.take_over')"
            " or status = 'doing' or scheduled_at is null or scheduled_at < now())"
            " union all select 1 from turn where state in ('open', 'answered') limit 1"
        )

    @property
    def supervisor(self) -> int:
        """The process id of `acuerdo up`."""
        leashed = [] if self._up is None else psutil.Process(self._up.pid).children()
        if not leashed:
            raise NotReady(self.log("up"))
        return int(leashed[0].pid)

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

    def reap(self) -> None:
        """Forget processes that were killed by somebody else, so that `start` can begin anew."""
        if self._up is not None:
            self._up.wait(30)
            for pipe in (self._up.stdin, self._up.stdout):
                if pipe is not None:
                    pipe.close()
            self._up = None

    def stop(self) -> None:
        """Stop as Ctrl-C does; raises LeftBehind where a process is left, and ends it."""
        for client in (self.http, self.api, self.control):
            client.close()
        if self._up is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                leash.let_go(self._up)
        _, left = psutil.wait_procs(self.processes(), timeout=3)
        named = [" ".join(each.cmdline()) for each in left if each.is_running()]
        for each in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        if not self.keeps_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        if named:
            raise LeftBehind(str(named))


def train_where_needed() -> None:
    """Train the model where there is none, as `make train` does."""
    model = Settings().model_path
    if model.exists():
        return
    subprocess.run(  # noqa: S603 - our own interpreter
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


def free_ports(count: int) -> list[int]:
    """Give so many different ports of this machine that nobody listens on."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _is_kept(variable: str) -> bool:
    """Whether a variable of whoever starts it holds for the product: another model may."""
    return not variable.startswith("ACUERDO_") or variable == "ACUERDO_MODEL_PATH"


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
