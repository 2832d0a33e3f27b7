"""`acuerdo up`: every process of the product on one machine, watched, stopped together."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from acuerdo.platform.private_files import private_append, private_folder
from acuerdo.platform.servers import Servers, with_servers
from acuerdo.platform.settings import ROOT, Settings

_READY_SECONDS: Final = 120
_STOP_SECONDS: Final = 15
# A process that dies at once again and again is not started for ever.
_MOST_RESTARTS: Final = 20
_STAYED_UP_SECONDS: Final = 20
_ENGINE_PYTHON: Final = ROOT / "rasa_server" / ".venv" / "bin" / "python"


class CannotStart(Exception):
    """What is missing, in words for the person at the terminal."""


@dataclass
class Child:
    """One process of the product and how to start it again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = field(default=0)
    early_ends: int = field(default=0)

    def start(self) -> None:
        """Start the process; its output goes to its log file."""
        with private_append(self.log) as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.started_at = time.monotonic()
        (self.log.parent / f"{self.name}.pid").write_text(str(self.process.pid))

    def dies_repeatedly(self, now: float) -> bool:
        """Tell whether it has ended soon after its start too often, counting the end just found.

        `now` is a moment of the monotonic clock, in seconds.
        """
        stayed_up = now - self.started_at >= _STAYED_UP_SECONDS
        self.early_ends = 0 if stayed_up else self.early_ends + 1
        return self.early_ends > _MOST_RESTARTS

    def ended(self) -> int | None:
        """Return the exit status where the process has ended, None while it runs."""
        return None if self.process is None else self.process.poll()

    def signal(self, number: int) -> None:
        """Send a signal to the process and all it started."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)


class Product:
    """All processes of the product."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._say = say
        self._servers: Servers | None = None
        self._children: list[Child] = []
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start everything in its order and wait until all of it answers.

        Raises CannotStart with what to do about it.
        """
        settings = self._settings
        if not settings.model_path.exists():
            raise CannotStart("Falta el modelo entrenado: ejecute `make train`.")
        if not _ENGINE_PYTHON.exists():
            raise CannotStart("Falta el entorno del motor: ejecute `make setup`.")
        for port in (settings.port, _engine_port(settings)):
            if _is_taken(port):
                raise CannotStart(f"El puerto {port} está ocupado; cambie ACUERDO_PORT o libérelo.")
        private_folder(settings.run_dir)
        self._say("base de datos y Redis")
        self._servers = with_servers(settings)
        settings = self._servers.settings
        self._servers.migrate()
        environment = self._environment(settings)
        self._say("motor de diálogo")
        self._launch("engine", _engine_command(settings), environment)
        if settings.in_development and self._servers.postgres is not None:
            self._seed(environment)
        elif settings.in_development:
            self._say("sin datos de demostración: la base de datos es la configurada")
        self._launch("actions", [sys.executable, "-m", "doors.cli", "actions"], environment)
        self._launch("web", [sys.executable, "-m", "doors.cli", "serve"], environment)
        self._launch("worker", [sys.executable, "-m", "doors.cli", "worker"], environment)
        self._wait_until_ready(settings)

    def _seed(self, environment: dict[str, str]) -> None:
        """Load the demonstration where it is not there yet; the engine loads meanwhile."""
        self._say("datos de demostración")
        command = [sys.executable, "-m", "doors.cli", "seed"]
        # named empty, it is the embedded server that runs; a configured database gets no logins
        environment = environment | {"ACUERDO_DATABASE_URL": ""}
        log = self._settings.run_dir / "seed.log"
        with private_append(log) as output:
            status = subprocess.run(  # noqa: S603 - our own command
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                start_new_session=True,
            ).returncode
        if status:
            raise CannotStart(f"La demostración no se pudo cargar; vea {log}.")

    def _environment(self, settings: Settings) -> dict[str, str]:
        secret = settings.engine.secret.get_secret_value() or secrets.token_urlsafe(32)
        actions_port = _free_port()
        environment = os.environ | {
            "ACUERDO_DATABASE_URL": settings.database_url,
            # no process of the product is given the owner's role
            "ACUERDO_DATABASE_OWNER_URL": "",
            "ACUERDO_REDIS_URL": settings.redis_url,
            "ACUERDO_ENGINE__SECRET": secret,
            "ACUERDO_ENGINE__ACTIONS_URL": f"http://127.0.0.1:{actions_port}/internal/actions",
            "ACUERDO_ENGINE__ACTIONS_PORT": str(actions_port),
            "ACUERDO_ENGINE__URL": settings.engine.url,
            "ACUERDO_RUN_DIR": str(settings.run_dir),
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
        }
        if settings.clock_start is not None:
            environment["ACUERDO_CLOCK_EPOCH"] = str(settings.clock_epoch or time.time())
        return environment

    def _launch(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        child = Child(name, command, environment, self._settings.run_dir / f"{name}.log")
        child.start()
        self._children.append(child)

    def _wait_until_ready(self, settings: Settings) -> None:
        self._say("esperando a que todo responda")
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set():
            self._fail_on_dead_children()
            if _answers(f"http://127.0.0.1:{settings.port}/health/ready"):
                return
            time.sleep(0.2)
        if not self._stopping.is_set():
            raise CannotStart(f"No respondió a tiempo; vea los registros en {settings.run_dir}.")

    def _fail_on_dead_children(self) -> None:
        for child in self._children:
            if child.ended() is not None:
                raise CannotStart(f"El proceso {child.name} terminó; vea {child.log}.")

    def watch(self) -> None:
        """Start again what dies, until asked to stop. Raises CannotStart where it keeps dying."""
        while not self._stopping.wait(0.5):
            for child in self._children:
                if child.ended() is None:
                    continue
                if child.dies_repeatedly(time.monotonic()):
                    raise CannotStart(f"{child.name} no se mantiene en pie; vea {child.log}.")
                self._say(f"se reinicia {child.name}")
                child.start()
            self._restart_servers()

    def _restart_servers(self) -> None:
        servers = self._servers
        if servers is None:
            return
        if servers.postgres is not None and not servers.postgres.alive():
            self._say("se reinicia la base de datos")
            servers.postgres.restart()
        if servers.redis is not None and not servers.redis.alive():
            self._say("se reinicia Redis")
            servers.redis.restart()

    def ask_to_stop(self) -> None:
        """Let `watch` and `start` return."""
        self._stopping.set()

    def stop(self) -> None:
        """Stop every process that was started and wait for its end."""
        for child in reversed(self._children):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for child in self._children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.signal(signal.SIGKILL)
                    child.process.wait()
        if self._servers is not None:
            self._servers.stop()


def _engine_port(settings: Settings) -> int:
    return int(settings.engine.url.rsplit(":", 1)[-1].rstrip("/"))


def _free_port() -> int:
    """Give a port of this machine that nobody listens on: products side by side do not meet."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _engine_command(settings: Settings) -> list[str]:
    return [
        str(_ENGINE_PYTHON),
        *("-m", "rasa", "run"),
        *("--model", str(settings.model_path)),
        *("--endpoints", "rasa_server/endpoints.yml"),
        *("--credentials", "rasa_server/credentials.yml"),
        *("--interface", "127.0.0.1"),
        *("--port", str(_engine_port(settings))),
    ]


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
