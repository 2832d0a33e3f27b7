"""The intent model as a component of Rasa's pipeline."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_server.components.intent_facts import intents_in
from rasa_server.components.intent_model import IntentModel, IntentSettings, Understood
from rasa_server.components.understanding import understand

RANKED_INTENTS = 5
# In the message's metadata: the slot whose question is answered. In what is put out: the intents
# of other parts of the message.
ASKED = "asked"
ALSO = "also"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Names the intent of a message, or `nlu_fallback` below the threshold.

    The ranking always holds the real intents, so that an action can ask "did you mean". Its
    settings in `config.yml` are those of `IntentSettings`, and `domain`: the file whose intents are
    trained into the model.
    """

    def __init__(
        self,
        settings: IntentSettings,
        model_storage: ModelStorage,
        resource: Resource,
        domain: str,
        model: IntentModel | None = None,
    ) -> None:
        self._settings = settings
        self._domain = domain
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Gives what may be set: `IntentSettings`, and the file of the domain."""
        return {**asdict(IntentSettings()), "domain": "domain.yml"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa train anew where the intents of the domain say something else.

        The configuration of a node whose output Rasa has kept from before is that output alone.
        """
        return json.dumps(intents_in({**cls.get_default_config(), **config}["domain"]))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Makes an untrained classifier."""
        return cls(_settings(config), model_storage, resource, config["domain"])

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on every example that has a text and an intent, and saves the model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        self._model = IntentModel.train(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            self._settings,
            intents_in(self._domain),
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Makes the trained classifier; fails where the model is not there, rather than guess."""
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder)
        return cls(_settings(config), model_storage, resource, config["domain"], model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, ranking and what else is meant of each message; see `understand`."""
        if self._model is None:
            raise RuntimeError("the classifier was neither trained nor loaded")
        for message in messages:
            asked = (message.get(METADATA) or {}).get(ASKED)
            _set_intent(message, understand(self._model, message.get(TEXT) or "", asked))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves training data as it is: nothing after this component learns from intents."""
        return training_data


def _settings(config: dict[str, Any]) -> IntentSettings:
    return IntentSettings(**{name: config[name] for name in IntentSettings.__dataclass_fields__})


def _set_intent(message: Message, understood: Understood) -> None:
    intent = {"name": understood.intent, "confidence": understood.confidence}
    ranking = [
        {"name": name, "confidence": confidence}
        for name, confidence in understood.ranking[:RANKED_INTENTS]
    ]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(ALSO, list(understood.also), add_to_output=True)
