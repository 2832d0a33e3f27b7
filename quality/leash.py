"""Keeps a command from outliving whoever started it: `python -m quality.leash COMMAND...`.

Standard input is the leash. The starter holds its other end, and the kernel lets go of it however
the starter ends, by SIGKILL too; then the command is asked to stop as Ctrl-C does.
"""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, Final

import psutil

_STOP_SECONDS: Final = 40
_QUIT: Final = """
import contextlib, os, shutil, signal, sys, time
sys.stdin.read()
with contextlib.suppress(ProcessLookupError):
    os.kill(int(sys.argv[1]), signal.SIGQUIT)
    for _ in range(50):
        time.sleep(0.1)
        os.kill(int(sys.argv[1]), 0)
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""


def start(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    output: int | IO[str] | IO[bytes],
    errors: int | IO[str] | IO[bytes],
) -> "subprocess.Popen[str]":
    """Start a command on a leash, in `folder`, away from the terminal's Ctrl-C.

    Its standard input is the leash: `let_go` ends the command, and so does the end of this process.
    """
    return subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, "-m", "quality.leash", *command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=errors,
        start_new_session=True,
        text=True,
    )


def hold(pid: int, folder: Path) -> "subprocess.Popen[str]":
    """Keep a process from outliving us that somebody else started, as a server's own program does.

    It gets SIGQUIT, at which PostgreSQL ends at once, when it is let go and at our end; then the
    folder is removed that it works in, which may take up memory.
    """
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", _QUIT, str(pid), str(folder)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def let_go(process: "subprocess.Popen[str]", *, seconds: float = _STOP_SECONDS + 5) -> None:
    """Let a command stop and wait for its end; raises TimeoutExpired where it does not."""
    if process.stdin is not None:
        process.stdin.close()
    process.wait(seconds)
    if process.stdout is not None:
        process.stdout.close()


def main() -> int:
    """Run the command until it ends or the leash is let go; its exit status."""
    command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)  # noqa: S603 - our own

    def pass_on(number: int, _: FrameType | None) -> None:
        command.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, pass_on)
    threading.Thread(target=_hold, args=(command,), daemon=True).start()
    return command.wait()


def _hold(command: "subprocess.Popen[bytes]") -> None:
    """Wait for the end of standard input, then end the command."""
    sys.stdin.read()
    end(command)


def end(command: "subprocess.Popen[bytes]", *, seconds: float = _STOP_SECONDS) -> None:
    """Stop a command; where it does not stop in time, kill it and all that it has started."""
    command.send_signal(signal.SIGINT)
    try:
        command.wait(seconds)
    except subprocess.TimeoutExpired:
        for each in _family(command.pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()


def _family(pid: int) -> list[psutil.Process]:
    """A process and all that it has started, itself first: nothing is started again."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


if __name__ == "__main__":
    sys.exit(main())
