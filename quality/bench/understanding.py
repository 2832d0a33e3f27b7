"""How long the model takes to learn, and to hear one message."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from acuerdo.platform.settings import ROOT, Settings

_PYTHON: Final = ROOT / "rasa_server" / ".venv" / "bin" / "python"
_SAID: Final = ROOT / "data" / "evaluation" / "intents.jsonl"


def measured() -> dict[str, Any]:
    """Seconds of one training from nothing; milliseconds of a message at the median."""
    return {"training_seconds": _training_seconds(), **_hearing()}


def _training_seconds() -> float:
    with tempfile.TemporaryDirectory(prefix="acuerdo-bench-") as folder:
        command = [
            str(_PYTHON), "-m", "rasa", "train", "--force", "--config", "config.yml",
            "--domain", "domain.yml", "--data", "data", "--out", folder,
        ]  # fmt: skip
        begun = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own interpreter and files
            command,
            cwd=ROOT,
            env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT)},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return round(time.perf_counter() - begun, 1)


def _hearing() -> dict[str, Any]:
    said = "\n".join(_one_line(line) for line in Path(_SAID).read_text("utf-8").splitlines())
    command = [str(_PYTHON), "-m", "rasa_server.tools.speed", "--model", str(Settings().model_path)]
    run = subprocess.run(  # noqa: S603 - our own interpreter and files
        command, cwd=ROOT, input=said, capture_output=True, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def _one_line(line: str) -> str:
    return " ".join(str(json.loads(line)["text"]).split())
