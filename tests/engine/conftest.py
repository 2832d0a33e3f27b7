"""Tests of the engine: `rasa_server/.venv/bin/python -m pytest tests/engine`.

Elsewhere (the root environment has no Rasa) every file of this folder is skipped by name.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

HAS_RASA = importlib.util.find_spec("rasa") is not None

if TYPE_CHECKING or HAS_RASA:
    from tests.engine.builders import AnEngine
    from tests.engine.fake_actions import FakeActions

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"


class _NeedsRasa(pytest.Module):
    def collect(self) -> Iterable[Any]:
        """Skips the file."""
        raise pytest.skip.Exception(
            "needs rasa, which lives in rasa_server/.venv", allow_module_level=True
        )


def pytest_pycollect_makemodule(module_path: Path, parent: Any) -> pytest.Module | None:
    """Skips test files where Rasa is not installed, instead of failing on their imports."""
    if HAS_RASA or not module_path.name.startswith("test_"):
        return None
    module: pytest.Module = _NeedsRasa.from_parent(parent, path=module_path)
    return module


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture assistant, trained with the product's own `config.yml`."""
    from rasa.model_training import train

    result = train(
        domain=str(FIXTURES / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(FIXTURES / "data")],
        output=str(tmp_path_factory.mktemp("models")),
        fixed_model_name="fixture",
    )
    assert result.model is not None
    return Path(result.model)


@pytest.fixture(scope="session")
def agent(model: Path) -> Any:
    """The trained assistant as Rasa loads it, without stores."""
    from rasa.core.agent import Agent

    from rasa_server.logs import quieten

    quieten()
    return Agent.load(str(model))


@pytest.fixture
async def actions() -> AsyncIterator[FakeActions]:
    """An action server that answers as it should until a test says otherwise."""
    server = FakeActions()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def engine(agent: Any, actions: FakeActions) -> AsyncIterator[AnEngine]:
    """An engine on the fixture assistant, with conversations in memory."""
    running = AnEngine(agent, actions.url)
    yield running
    await running.close()
