"""How a message is heard: by the model, as an answer, for harm first, and in all its parts."""

from __future__ import annotations

from rasa_server.components.expected_answer import as_answer
from rasa_server.components.harm import harm_first
from rasa_server.components.intent_model import IntentModel, Understood
from rasa_server.components.multiple_intents import in_full


def understand(model: IntentModel, text: str, asked: str | None = None) -> Understood:
    """Tells what a message means after the question for the slot `asked`, or without a question."""
    heard = as_answer(text, model.understand(text), asked, model.threshold, model.facts)
    return harm_first(text, in_full(text, heard, model.understand, model.facts))
