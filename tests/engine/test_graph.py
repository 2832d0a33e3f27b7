"""What was changed in how Rasa runs a model changes nothing in what comes out."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import InvalidRule
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.model_training import train
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server.graph import PreparedGraph
from tests.engine.conftest import FIXTURES, ROOT


def outcomes(runner: Any, metadata: Any, domain: Any, text: str) -> Any:
    """The intent of a text, and the next action at the start of a conversation."""
    tracker = DialogueStateTracker.from_events("c", [], domain.slots)
    nlu = runner.run(
        inputs={PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker},
        targets=[metadata.nlu_target],
    )[metadata.nlu_target]
    core = runner.run(inputs={PLACEHOLDER_TRACKER: tracker}, targets=[metadata.core_target])
    return nlu[0].as_dict(only_output_properties=True), core[metadata.core_target].probabilities


def test_the_prepared_graph_gives_what_rasas_runner_gives(model: Path) -> None:
    processor = Agent.load(str(model)).processor
    stock = processor.graph_runner
    assert isinstance(stock, DaskGraphRunner)
    prepared = PreparedGraph(stock)
    for text in ("hola", "cuánto debo", "zzz"):
        one, other = (
            outcomes(runner, processor.model_metadata, processor.domain, text)
            for runner in (stock, prepared)
        )
        assert one == other


async def test_rules_about_exact_words_are_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    nlu = (FIXTURES / "data" / "nlu.yml").read_text(encoding="utf-8")
    rules = (FIXTURES / "data" / "rules.yml").read_text(encoding="utf-8")
    words = "\n  - rule: words\n    steps:\n      - user: hola\n      - action: utter_greet\n"
    (data / "nlu.yml").write_text(nlu, encoding="utf-8")
    (data / "rules.yml").write_text(rules.rstrip() + "\n" + words, encoding="utf-8")
    with pytest.raises(InvalidRule):
        await asyncio.to_thread(
            train,
            domain=str(FIXTURES / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=[str(data)],
            output=str(tmp_path / "models"),
        )
