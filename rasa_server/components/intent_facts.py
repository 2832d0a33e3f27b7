"""What is known of the intents besides how they are said: read from `domain.yml` when training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]


@dataclass(frozen=True)
class IntentFacts:
    """The intents in the order in which they are answered, and what sets some of them apart.

    `leading` ones take the place of a `yielding` one that stands before them. `answers` says, by
    the slot that was asked for, how many times likelier an intent is than without the question,
    `means` which intent another one is taken as.
    """

    order: tuple[str, ...] = ()
    leading: frozenset[str] = frozenset()
    yielding: frozenset[str] = frozenset()
    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    means: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, intents: Sequence[str | Mapping[str, Any]]) -> IntentFacts:
        """Reads `intents` as they stand in `domain.yml`: names, or names with what is known."""
        known: dict[str, Mapping[str, Any]] = {}
        for each in intents:
            known |= {each: {}} if isinstance(each, str) else each
        return cls(
            order=tuple(known),
            leading=frozenset(name for name, facts in known.items() if facts.get("leads")),
            yielding=frozenset(name for name, facts in known.items() if facts.get("gives_way")),
            answers=_by_slot(known, "answers"),
            means=_by_slot(known, "means"),
        )


def intents_in(domain: str) -> list[str | dict[str, Any]]:
    """Gives the `intents` of a domain file; `ValueError` where it has none."""
    content = yaml.safe_load(Path(domain).read_text(encoding="utf-8"))
    intents = content.get("intents") if isinstance(content, dict) else None
    if not intents:
        raise ValueError(f"{domain} names no intents")
    return list(intents)


def _by_slot(known: Mapping[str, Mapping[str, Any]], fact: str) -> dict[str, dict[str, Any]]:
    slots: dict[str, dict[str, Any]] = {}
    for intent, facts in known.items():
        for slot, value in facts.get(fact, {}).items():
            slots.setdefault(slot, {})[intent] = value
    return slots
