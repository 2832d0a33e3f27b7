"""How our processes serve HTTP: limits of connections and of patience, the same for all."""

import asyncio
import resource
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from acuerdo.bootstrap import build
from acuerdo.platform import logging
from acuerdo.platform.settings import Settings
from doors.cli.stand_ins import with_stand_ins
from doors.web import with_actions

# More than the desks, streams and webhooks of a large house; beyond it, 503.
_MOST_CONNECTIONS: Final = 1_000
# Files that a process needs beside its connections: pools, logs, media.
_SPARE_FILES: Final = 200
_HEADER_SECONDS: Final = 10
# Longer than the engine keeps an idle connection of its own (rasa_server/action_endpoint.py).
_KEEP_ALIVE_SECONDS: Final = 5
_LONGEST_STREAM_MESSAGE: Final = 65_536
_STREAM_PING_SECONDS: Final = 20


def create_actions() -> FastAPI:
    """Return the application of the engine's actions; what uvicorn runs."""
    settings = Settings()
    logging.configure(settings.log_level, process="actions")
    return with_actions(build(with_stand_ins(settings)))


class PatientForSomeSeconds(HttpToolsProtocol):
    """A connection that is closed where the head of a request does not arrive in time.

    uvicorn waits for it for ever: half a request costs the sender nothing, and us a connection.
    """

    _head_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a request's head."""
        super().on_message_begin()
        if self._head_due is None:
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        """Wait no longer: how long a body may take is decided by doors.limits."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        self._head_due = self.loop.call_later(_HEADER_SECONDS, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None


def serve(app: str, settings: Settings, port: int) -> None:
    """Serve an application until the process is asked to stop."""
    uvicorn.run(app, **options(settings, port, _room_for_connections()))


def options(settings: Settings, port: int, connections: int) -> dict[str, Any]:
    """Return how uvicorn is run."""
    return {
        "factory": True,
        "host": "0.0.0.0" if settings.env == "production" else "127.0.0.1",  # noqa: S104 - behind a proxy
        "port": port,
        "http": PatientForSomeSeconds,
        "limit_concurrency": connections,
        "timeout_keep_alive": _KEEP_ALIVE_SECONDS,
        "ws_max_size": _LONGEST_STREAM_MESSAGE,
        "ws_ping_interval": _STREAM_PING_SECONDS,
        "ws_ping_timeout": _STREAM_PING_SECONDS,
        "log_config": None,
        "access_log": False,
        "forwarded_allow_ips": settings.desk.trusted_proxies,
        "timeout_graceful_shutdown": 5,
    }


def _room_for_connections() -> int:
    """Give the most connections for which there are files, raising the limit where that may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _SPARE_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(100, min(_MOST_CONNECTIONS, soft - _SPARE_FILES))
