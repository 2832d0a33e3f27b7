"""Every action, for the executor and for the tests that compare it with data/."""

from typing import Final

from actions import (
    clarification,
    contact,
    conversation,
    debt,
    dispute,
    distress,
    identity,
    offer,
    payment,
    plan,
    promise,
    trust,
)
from actions.action import CoreAction
from actions.form import FormReader
from acuerdo.bootstrap import Acuerdo

# The topics of data/nlu, data/rules and data/responses.
TOPICS: Final = {
    "clarification": clarification,
    "contact": contact,
    "conversation": conversation,
    "debt": debt,
    "dispute": dispute,
    "distress": distress,
    "identity": identity,
    "offer": offer,
    "payment": payment,
    "plan": plan,
    "promise": promise,
    "trust": trust,
}


def kinds(topic: str) -> tuple[type[CoreAction] | type[FormReader], ...]:
    """Give the actions of a topic."""
    found: tuple[type[CoreAction] | type[FormReader], ...] = TOPICS[topic].ACTIONS
    return found


def all_actions(core: Acuerdo) -> list[CoreAction | FormReader]:
    """Make one of each, on a core."""
    by_intent: dict[str, CoreAction] = {}
    made: list[CoreAction | FormReader] = []
    for kind in (kind for topic in TOPICS for kind in kinds(topic)):
        if issubclass(kind, CoreAction):
            action = kind(core, by_intent)
            by_intent |= dict.fromkeys(action.intents, action)
            made.append(action)
        else:
            made.append(kind(core))
    return made
