"""Every action, for the executor and for the test that holds it against domain.yml."""

from actions import (
    clarification,
    contact,
    dispute,
    identity,
    information,
    payment,
    plan,
    promise,
    reminder,
    smalltalk,
)
from actions.action import CoreAction, FormReader
from acuerdo.bootstrap import Acuerdo

_TOPICS = (
    identity,
    information,
    promise,
    plan,
    payment,
    dispute,
    contact,
    reminder,
    smalltalk,
    clarification,
)


def all_actions(core: Acuerdo) -> list[CoreAction | FormReader]:
    """One of each, on a core."""
    by_name: dict[str, CoreAction] = {}
    made: list[CoreAction | FormReader] = []
    for kind in (kind for topic in _TOPICS for kind in topic.ACTIONS):
        if issubclass(kind, CoreAction):
            by_name[kind.action] = action = kind(core, by_name)
            made.append(action)
        else:
            made.append(kind(core))
    return made
