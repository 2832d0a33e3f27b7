"""Every action, for the executor and for the test that holds it against domain.yml."""

from actions import (
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

_TOPICS = (identity, information, promise, plan, payment, dispute, contact, reminder, smalltalk)


def all_actions(core: Acuerdo) -> list[CoreAction | FormReader]:
    """One of each, on a core."""
    return [kind(core) for topic in _TOPICS for kind in topic.ACTIONS]
