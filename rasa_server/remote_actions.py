"""The actions a turn can run, made once per model, with what Rasa's own would hide made visible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.actions.action import (
    Action,
    ActionBotResponse,
    RemoteAction,
    action_for_name_or_text,
)
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from rasa_server import history
from rasa_server.action_endpoint import ActionEndpoint
from rasa_server.errors import TurnFailed

# An action may look at what was said a moment ago; what it must know for certain is in a slot.
SENT_TURNS = 3


def actions_of(domain: Domain, endpoint: ActionEndpoint) -> Mapping[str, Action]:
    """Gives every action of the domain by name, ready to run."""
    actions: dict[str, Action] = {}
    for name in domain.action_names_or_texts:
        action = action_for_name_or_text(name, domain, endpoint)
        if type(action) is RemoteAction:
            action = ActionCall(name, endpoint)
        elif type(action) is FormAction:
            action = Form(name, endpoint, actions)
        elif type(action) is ActionBotResponse:
            action = Response(name)
        actions[name] = action
    return actions


class ActionCall(RemoteAction):
    """An action run by the action server, sent only what our actions read."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        state = tracker.current_state(EventVerbosity.NONE)
        recent = history.last_turns(list(tracker.events), SENT_TURNS)
        state["events"] = history.to_json(recent)
        # The SDK wants a domain to be there, and no action of ours reads it.
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": state,
            "domain": {},
        }

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True  # the endpoint has done it, with a validator compiled once

    @staticmethod
    async def _utter_responses(
        responses: list[dict[str, Any]],
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
    ) -> list[BotUttered]:
        names = [response.get("response") for response in responses]
        uttered = await RemoteAction._utter_responses(responses, output_channel, nlg, tracker)
        if len(uttered) != len(names):
            raise TurnFailed(f"no response for one of {names} on {output_channel.name()}")
        return list(uttered)


class Response(ActionBotResponse):
    """A response of the domain; it fails where the domain has none for this medium."""

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Utters the response."""
        events = await super().run(output_channel, nlg, tracker, domain)
        if not events:
            raise TurnFailed(f"no response {self.name()} on {output_channel.name()}")
        return list(events)


class Form(FormAction):
    """A form whose validation and questions are run by our actions."""

    def __init__(self, name: str, endpoint: ActionEndpoint, actions: Mapping[str, Action]) -> None:
        super().__init__(name, endpoint)
        self._actions = actions

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """Runs `validate_<form>`, if there is one, on a tracker that holds the candidates."""
        validate = self._actions.get(f"validate_{self.name()}")
        if validate is None:
            return []
        candidates = [SlotSet(name, value) for name, value in slot_candidates.items()]
        candidate_tracker = self._temporary_tracker(tracker, candidates, domain)
        return list(await validate.run(output_channel, nlg, candidate_tracker, domain))

    async def _ask_for_slot(
        self,
        domain: Domain,
        nlg: NaturalLanguageGenerator,
        output_channel: OutputChannel,
        slot_name: str,
        tracker: DialogueStateTracker,
    ) -> list[Event]:
        question = self._name_of_utterance(domain, slot_name)
        if question is None:
            return []
        return list(await self._actions[question].run(output_channel, nlg, tracker, domain))
