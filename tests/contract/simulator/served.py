"""Serves an application on loopback, in a thread, with a port of its own."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp


@contextlib.contextmanager
def listening() -> Iterator[socket.socket]:
    """A listening socket on a free port of the loopback interface."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def url_of(listener: socket.socket) -> str:
    """The base URL of what is served on the socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextlib.contextmanager
def served(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve the application on the socket until the block ends."""
    config = uvicorn.Config(app, log_config=None, ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(5)
