"""The product beside providers that outlive it, and what can be done to its processes."""

import contextlib
import shutil
import signal
import subprocess
import sys
import time
from typing import Any, Final, Self

import httpx
import psutil
import psycopg

from acuerdo.platform.settings import ROOT
from quality import leash
from quality.patience import eventually
from quality.product import Product, free_ports
from simulator.config import SimulatorConfig

_PROVIDER: Final = SimulatorConfig()
# How often is looked whether something came back: looking takes the time of what is looked at.
PAUSE_SECONDS: Final = 0.25
_DATABASE_AWAY: Final = (psycopg.OperationalError, OSError, IndexError)
_DATABASE_AWAY_SECONDS: Final = 60.0
# What the processes of the last campaign wrote stays here.
LOGS: Final = ROOT / ".run" / "soak"
QUICK: Final = {
    "ACUERDO_WORKER__HEARTBEAT_SECONDS": "0.5",
    "ACUERDO_WORKER__STALLED_AFTER_SECONDS": "2",
    # an apology has an episode of its own; elsewhere every word must be as without a fault
    "ACUERDO_ENGINE__APOLOGISE_AFTER_SECONDS": "600",
}


class SoakProduct(Product):
    """A running product whose phones and providers are in another process.

    What is asked of the product over HTTP while its web process is away is asked again, and so is
    what is looked up in its database while that one is away.
    """

    def __init__(self, **environment: str) -> None:
        (own_port,) = free_ports(1)
        provider = f"http://127.0.0.1:{own_port}"
        super().__init__(
            **{
                **QUICK,
                "ACUERDO_CLOCK_EPOCH": str(time.time()),
                "ACUERDO_TWILIO__ACCOUNT_SID": _PROVIDER.twilio_account_sid,
                "ACUERDO_TWILIO__AUTH_TOKEN": _PROVIDER.twilio_auth_token,
                "ACUERDO_TWILIO__WHATSAPP_FROM": _PROVIDER.twilio_whatsapp_from,
                "ACUERDO_TWILIO__BASE_URL": f"{provider}/twilio",
                "ACUERDO_TELEGRAM__TOKEN": _PROVIDER.telegram_token,
                "ACUERDO_TELEGRAM__WEBHOOK_SECRET": _PROVIDER.telegram_webhook_secret,
                "ACUERDO_TELEGRAM__USERNAME": _PROVIDER.telegram_username,
                "ACUERDO_TELEGRAM__BASE_URL": f"{provider}/telegram",
                **environment,
            }
        )
        self.control.close()
        # a provider that was frozen drops the connections it kept, with what was asked on them
        self.control = httpx.Client(
            base_url=f"{provider}/control",
            timeout=120,
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=0),
        )
        self._own_port = own_port
        self._providers: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._start_provider()
        try:
            return super().__enter__()
        except BaseException:
            self._stop_provider()
            raise

    def _start_provider(self) -> None:
        with (self.folder / "provider.log").open("wb") as log:
            self._providers = leash.start(
                [
                    *(sys.executable, "-m", "quality.providers"),
                    *(str(self._own_port), str(self.port)),
                ],
                folder=ROOT,
                environment=self.environment,
                output=log,
                errors=subprocess.STDOUT,
            )
        eventually(self._provider_answers, "the providers answer", seconds=60)

    @property
    def provider(self) -> psutil.Process:
        """The providers' process."""
        assert self._providers is not None
        (leashed,) = psutil.Process(self._providers.pid).children()
        return leashed

    def _provider_answers(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return self.control.get("/faults").status_code == httpx.codes.OK
        return False

    def _stop_provider(self) -> None:
        if self._providers is not None:
            self.provider.resume()
            leash.let_go(self._providers)
            self._providers = None

    def stop(self) -> None:
        """Stop the providers, then the product as Ctrl-C does."""
        self._stop_provider()
        kept = LOGS / self.folder.name
        kept.mkdir(parents=True, exist_ok=True)
        for log in self.folder.glob("*.log"):
            shutil.copy(log, kept)
        super().stop()

    def redis_process(self) -> psutil.Process | None:
        """The embedded Redis, where it runs."""
        for each in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                if "redis-server" in each.name():
                    return each
        return None

    def kill_postgres(self) -> None:
        """SIGKILL the embedded PostgreSQL's first process; the others follow it."""
        number = int((self.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        psutil.Process(number).kill()

    def database_answers(self) -> bool:
        """Whether PostgreSQL takes a question."""
        with contextlib.suppress(*_DATABASE_AWAY):
            return bool(super().rows("select 1"))
        return False

    def rows(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        """Give the rows that a query finds, once the database answers; raises what it raised."""
        deadline = time.monotonic() + _DATABASE_AWAY_SECONDS
        while True:
            try:
                return super().rows(query, *parameters)
            except _DATABASE_AWAY:
                if time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE_SECONDS)

    def restart_all(self, hours: float) -> None:
        """SIGKILL every process but the providers, and start all again on the same data.

        The product's clock is `hours` ahead of what it would show, or behind.
        """
        assert self._providers is not None
        spared = {self._providers.pid, self.provider.pid}
        killed = [each for each in self.processes() if each.pid not in spared]
        for each in killed:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(killed, timeout=30)
        self.reap()
        self.environment["ACUERDO_CLOCK_EPOCH"] = str(
            float(self.environment["ACUERDO_CLOCK_EPOCH"]) - hours * 3600
        )
        self.start()

    def kill(self, name: str) -> bool:
        """SIGKILL `engine`, `web` or `worker` and all it started; False where it was dead."""
        with contextlib.suppress(ProcessLookupError):
            self.signal(name, signal.SIGKILL)
            return True
        return False

    def process(self, name: str) -> int:
        """The process id of `engine`, `web` or `worker`."""
        # the file is empty for a moment while it is written again
        return eventually(lambda: self._pid(name), f"the process id of {name}")

    def _pid(self, name: str) -> int:
        return int((self.folder / f"{name}.pid").read_text() or 0)

    def is_at_work(self, name: str) -> bool:
        """Whether `engine`, `web` or `worker` does what it is there for, and not only starts."""
        if name != "worker":
            return self.is_ready()
        with contextlib.suppress(*_DATABASE_AWAY):
            return bool(
                super().rows(
                    "select 1 from procrastinate_workers"
                    " where last_heartbeat > now() - interval '1 s'"
                )
            )
        return False

    def faults(self, **changes: Any) -> None:
        """Change what goes wrong at the providers; only what is named."""
        self.control.patch("/faults", json=changes).raise_for_status()

    def heal(self) -> None:
        """Let every part run and answer again."""
        for name in ("engine", "actions", "web", "worker"):
            with contextlib.suppress(ProcessLookupError):
                self.signal(name, signal.SIGCONT)
        redis = self.redis_process()
        if redis is not None:
            redis.resume()
        self.provider.resume()
        self.control.delete("/faults").raise_for_status()
        eventually(
            self.is_ready, "every part answers again", seconds=120, pause_seconds=PAUSE_SECONDS
        )
