"""Puts the engine together from what Rasa loaded, and refuses what Rasa replaced in silence.

When a class named in `endpoints.yml` cannot be imported, Rasa warns and goes on with a store in
memory; when a model cannot be loaded, it goes on without one. The engine does not start then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.engine.runner.dask import DaskGraphRunner

from rasa_server.action_endpoint import ActionEndpoint
from rasa_server.dialogue import Dialogue
from rasa_server.errors import EngineMisconfigured
from rasa_server.graph import PreparedGraph
from rasa_server.lock_store import ProcessLockStore
from rasa_server.tracker_store import ShortLivedTrackerStore
from rasa_server.turns import Turns


@dataclass(frozen=True)
class Engine:
    """The running engine; `parts` says which model and stores are live."""

    turns: Turns
    tracker_store: ShortLivedTrackerStore
    endpoint: ActionEndpoint
    parts: dict[str, str | None]

    async def close(self, within_seconds: float) -> None:
        """Lets running turns end, then closes connections."""
        await self.turns.finish(within_seconds)
        await self.endpoint.close()
        await self.tracker_store.records.close()


def assemble(agent: Agent, fact_slots: Collection[str], turn_timeout_seconds: float) -> Engine:
    """Puts the engine around a loaded agent; `EngineMisconfigured` if a part is not as wanted."""
    if not agent.is_ready() or not agent.processor.model_metadata.core_target:
        raise EngineMisconfigured("no model with rules was loaded")
    tracker_store = agent.tracker_store
    if isinstance(tracker_store, FailSafeTrackerStore):
        # It would answer every failure with an empty conversation.
        tracker_store = tracker_store._tracker_store
    if not isinstance(tracker_store, ShortLivedTrackerStore):
        raise EngineMisconfigured(f"tracker_store is {type(tracker_store).__name__}")
    if not isinstance(agent.lock_store, ProcessLockStore):
        raise EngineMisconfigured(f"lock_store is {type(agent.lock_store).__name__}")
    endpoint = ActionEndpoint.from_config(agent.action_endpoint)
    if isinstance(agent.processor.graph_runner, DaskGraphRunner):
        agent.processor.graph_runner = PreparedGraph(agent.processor.graph_runner)
    dialogue = Dialogue(agent.processor, endpoint, fact_slots)
    return Engine(
        turns=Turns(dialogue, tracker_store, agent.lock_store, turn_timeout_seconds),
        tracker_store=tracker_store,
        endpoint=endpoint,
        parts={
            "model": agent.processor.model_filename,
            "model_id": agent.model_id,
            "tracker_store": tracker_store.records.kind,
            "lock_store": "process",
        },
    )
