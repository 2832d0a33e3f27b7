"""Runs the graph of a loaded model without planning it anew for every message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner


class PreparedGraph:
    """The nodes that Rasa's own runner loaded, in the order in which each target needs them.

    Rasa cuts the graph to its targets and lets dask schedule it, for every message and again for
    every prediction. A model never changes while it is loaded, so that is done once per target.
    """

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._schema = runner._graph_schema
        self._nodes = runner._instantiated_nodes
        self._plans: dict[tuple[str, ...], list[tuple[str, list[str]]]] = {}

    def run(self, inputs: Mapping[str, Any], targets: Sequence[str]) -> dict[str, Any]:
        """Gives what each target node puts out; a node's error is raised as it is."""
        results: dict[str, Any] = {name: (name, value) for name, value in inputs.items()}
        for name, needs in self._plan(tuple(targets)):
            results[name] = self._nodes[name](*(results[need] for need in needs))
        return dict(results[target] for target in targets)

    def _plan(self, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        if targets not in self._plans:
            needed = self._schema.minimal_graph_schema(list(targets)).nodes
            needs = {name: list(node.needs.values()) for name, node in needed.items()}
            order = TopologicalSorter(needs).static_order()
            self._plans[targets] = [(name, needs[name]) for name in order if name in needs]
        return self._plans[targets]
