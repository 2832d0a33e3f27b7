"""Rasa's rule policy, with an end to every turn and without work that is thrown away."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, InvalidRule, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

RULE_CONFIDENCE = 1.0


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class TurnRulePolicy(RulePolicy):
    """Rules decide; where none does, a message is not understood, and an action ends the turn.

    Rasa's policy falls back whenever no rule matches: also after an action that another asked for
    (`FollowupAction`), and after the fallback itself, without end. Here the fallback action only
    answers a message. After an action without a rule the form in progress goes on, or, if there is
    none, the assistant listens.
    """

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Learns the rules; refuses those that are about exact words instead of intents."""
        resource = super().train(training_trackers, domain, **kwargs)
        if any('"text": ' in rule for rule in self.lookup[RULES]):
            raise InvalidRule("A rule is about the exact words of a message; name its intent.")
        return resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Gives the next action of the turn."""
        prediction = super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        answers_message = tracker.latest_action_name == ACTION_LISTEN_NAME
        if answers_message or prediction.max_confidence >= RULE_CONFIDENCE:
            return prediction
        form = tracker.active_loop_name
        return self._rule_prediction(
            self._prediction_result(form or ACTION_LISTEN_NAME, tracker, domain),
            "no rule goes on",
            returning_from_unhappy_path=form is not None,
        )

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input:
            return None, None, False  # `train` refuses rules about words
        found: tuple[str | None, str | None, bool] = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found

    @staticmethod
    def format_tracker_states(states: list[dict[str, Any]]) -> str:
        """Nothing: Rasa prepares this text for a debug line in every prediction."""
        return ""
