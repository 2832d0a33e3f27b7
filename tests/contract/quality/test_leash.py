"""What is started for a test ends with it, however the test ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from acuerdo.platform.settings import ROOT
from quality import leash
from quality.patience import eventually

# Says its process id, then waits; a product stops in such a way when it is interrupted.
COMMAND = (
    "import os, signal, sys\n"
    "def stop(*_):\n"
    "    open(sys.argv[1], 'w').write('stopped')\n"
    "    sys.exit(0)\n"
    "signal.signal(signal.SIGINT, stop)\n"
    "print(os.getpid(), flush=True)\n"
    "signal.pause()\n"
)
# Does not stop when it is interrupted, and has started another process in a session of its own.
DEAF = (
    "import signal, subprocess, sys\n"
    "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    "started = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'],\n"
    "    start_new_session=True)\n"
    "print(started.pid, flush=True)\n"
    "signal.pause()\n"
)
# Whoever starts it: holds it, says its id, and waits to be killed.
STARTER = (
    "import os, signal, sys, pathlib\n"
    "from quality import leash\n"
    "leash.start(sys.argv[1:], folder=pathlib.Path('.'), environment=os.environ,\n"
    "    output=sys.stdout, errors=sys.stderr)\n"
    "signal.pause()\n"
)
# The same for a process that it did not start itself.
HOLDER = (
    "import pathlib, signal, sys\n"
    "from quality import leash\n"
    "leash.hold(int(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
    "print('held', flush=True)\n"
    "signal.pause()\n"
)


def test_it_stops_when_it_is_let_go(tmp_path: Path) -> None:
    note = tmp_path / "note"
    process = leash.start(
        [sys.executable, "-c", COMMAND, str(note)],
        folder=ROOT,
        environment=os.environ,
        output=subprocess.PIPE,
        errors=subprocess.STDOUT,
    )
    assert process.stdout is not None
    command = int(process.stdout.readline())
    leash.let_go(process)
    assert process.returncode == 0
    assert note.read_text() == "stopped"
    assert not psutil.pid_exists(command)


def test_it_stops_when_its_starter_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "note"
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, sys.executable, "-c", COMMAND, str(note)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    command = int(starter.stdout.readline())
    # when nothing of the starter can do anything any more
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    eventually(lambda: not _lives(command), "the command ended")
    assert note.read_text() == "stopped"


def test_what_does_not_stop_is_killed_with_all_that_it_started() -> None:
    command = subprocess.Popen(
        [sys.executable, "-c", DEAF], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    assert command.stdout is not None
    started = int(command.stdout.readline())
    leash.end(command, seconds=0.1)
    command.stdout.close()
    assert command.wait(20) == -signal.SIGKILL
    eventually(lambda: not _lives(started), "what it started ended")


def test_what_was_started_by_another_ends_with_whoever_holds_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as server:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(server.pid), str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert server.poll() is None
        holder.kill()
        holder.wait()
        holder.stdout.close()
        assert server.wait(20) == -signal.SIGQUIT
    eventually(lambda: not folder.exists(), "its folder is removed")


def test_nothing_is_left_of_a_hold_that_is_let_go(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as server:
        leash.let_go(leash.hold(server.pid, tmp_path))
        assert server.wait(20) == -signal.SIGQUIT
    # what has ended before is nothing to end
    leash.let_go(leash.hold(server.pid, tmp_path))


def test_the_status_of_what_ends_by_itself_is_given_on() -> None:
    process = leash.start(
        [sys.executable, "-c", "raise SystemExit(3)"],
        folder=ROOT,
        environment=os.environ,
        output=subprocess.DEVNULL,
        errors=subprocess.DEVNULL,
    )
    assert process.wait(20) == 3
    leash.let_go(process)


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
