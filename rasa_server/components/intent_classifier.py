"""The intent model as a component of Rasa's pipeline."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_server.components.intent_model import IntentModel, IntentSettings, Understood
from rasa_server.components.understanding import hear

RANKED_INTENTS = 5
# In the message's metadata: the slot whose question is answered. In what is put out: the intents
# of other parts of the message.
ASKED = "asked"
ALSO = "also"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Names the intent of a message, or `nlu_fallback` below the threshold.

    The ranking always holds the real intents, so that an action can ask "did you mean". Its
    settings in `config.yml` are those of `IntentSettings`.
    """

    def __init__(
        self,
        settings: IntentSettings,
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._settings = settings
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See `IntentSettings`."""
        defaults = IntentSettings()
        return {name: getattr(defaults, name) for name in IntentSettings.__dataclass_fields__}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained classifier; a setting it does not know is a `TypeError`."""
        known = IntentSettings.__dataclass_fields__
        return cls(
            IntentSettings(**{name: config[name] for name in known}), model_storage, resource
        )

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on every example that has a text and an intent, and saves the model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        self._model = IntentModel.train(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            self._settings,
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
        """The trained classifier; fails where the model is not there, rather than guess."""
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder)
        known = IntentSettings.__dataclass_fields__
        settings = IntentSettings(**{name: config[name] for name in known})
        return cls(settings, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, ranking and what is also meant of each message; see `hearing.hear`."""
        if self._model is None:
            raise RuntimeError("the classifier was neither trained nor loaded")
        for message in messages:
            asked = (message.get(METADATA) or {}).get(ASKED)
            _set_intent(message, hear(self._model, message.get(TEXT) or "", asked))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves training data as it is: nothing after this component learns from intents."""
        return training_data


def _set_intent(message: Message, understood: Understood) -> None:
    intent = {"name": understood.intent, "confidence": understood.confidence}
    ranking = [
        {"name": name, "confidence": confidence}
        for name, confidence in understood.ranking[:RANKED_INTENTS]
    ]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(ALSO, list(understood.also), add_to_output=True)
