"""M12: what is left out of the engine's environment is not needed, and what stays is."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (
    "tensorflow_text tensorflow_hub tensorboard_data_server clang grpc skops"
    " sklearn_crfsuite confluent_kafka mattermostwrapper rocketchat_API psycopg2 fire pydantic"
    " markdown werkzeug colorclass google_auth_oauthlib"
)
CODE = """
import sys


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split():
            raise ModuleNotFoundError(f"left out: {name}", name=name)


sys.meta_path.insert(0, Missing())
import rasa.__main__
import rasa.core.run
import rasa.model_training
import rasa_server.channel
import rasa_server.startup
import rasa_server.components.intent_classifier
import rasa_server.components.rule_policy
"""


def imported_without(modules: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", CODE, modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_imports_what_is_left_out() -> None:
    ended = imported_without(LEFT_OUT)
    assert ended.returncode == 0, ended.stderr[-2000:]


@pytest.mark.parametrize("module", ["tensorflow"])
def test_rasa_does_not_start_without_tensorflow(module: str) -> None:
    """The day that this fails, it can be left out, too."""
    ended = imported_without(module)
    assert ended.returncode != 0
    assert f"left out: {module}" in ended.stderr
    assert "rasa/utils/" in ended.stderr
