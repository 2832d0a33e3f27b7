"""Wrong settings are told in words, without the values: some of them are passwords."""

import os
import subprocess
import sys

import pytest

from acuerdo.platform.settings import ROOT


def migrate_with(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "doors.cli", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        (
            {
                "ACUERDO_ENV": "production",
                "ACUERDO_DATABASE_URL": "postgresql://acuerdo:hidden-word@127.0.0.1/x",
            },
            "ACUERDO_SECRET_KEY es un valor publicado",
        ),
        (
            {"ACUERDO_PUBLIC_URL": "https://hidden-word.org"},
            "  · para personas de verdad ponga ACUERDO_ENV=production",
        ),
        ({"ACUERDO_PORT": "hidden-word"}, "ACUERDO_PORT: Input should be a valid integer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_else(environment: dict[str, str], said: str) -> None:
    # when
    ended = migrate_with(**environment)
    # then
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "hidden-word" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
