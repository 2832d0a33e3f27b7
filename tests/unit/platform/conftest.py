"""No settings of this machine."""

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither variables nor an .env file of this machine."""
    for name in list(os.environ):
        if name.startswith("ACUERDO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
