"""The `acuerdo` command, run as a person runs it."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from doors.cli.main import app


def acuerdo(*arguments: str) -> tuple[int, str]:
    """Run a command; gives the exit status and what is on standard output."""
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.stdout


def a_file(tmp_path: Path, content: Any) -> str:
    """Write a portfolio, or the bytes that should be one; gives its path."""
    path = tmp_path / "portfolio.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(path)
