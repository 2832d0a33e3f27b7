"""What Rasa is trained on, as `make train` puts it together: domain, rules and responses."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from acuerdo.platform.settings import ROOT

TOPICS = sorted(path.stem for path in (ROOT / "data" / "nlu").glob("*.yml"))


@cache
def domain() -> dict[str, Any]:
    """The domain without its responses."""
    return _read(ROOT / "domain.yml")


def intents() -> list[str]:
    """The names of all intents, in the order in which they are answered."""
    return [each if isinstance(each, str) else next(iter(each)) for each in domain()["intents"]]


def rules(topic: str | None = None) -> list[dict[str, Any]]:
    """The rules of one topic, or all of them."""
    return [rule for each in _of("rules", topic) for rule in each["rules"]]


def responses(topic: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """The responses of one topic, or all of them."""
    return {
        name: said for each in _of("responses", topic) for name, said in each["responses"].items()
    }


def utterances(topic: str) -> dict[str, list[str]]:
    """What the intents of a topic are trained on."""
    return {
        each["intent"]: each["examples"].splitlines()
        for content in _of("nlu", topic)
        for each in content["nlu"]
    }


def _of(folder: str, topic: str | None) -> list[dict[str, Any]]:
    return [
        _read(ROOT / "data" / folder / f"{each}.yml") for each in ([topic] if topic else TOPICS)
    ]


@cache
def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content
