"""The memory of a conversation, kept small: what happened lately, and what still holds from before.

Rasa works through the whole history several times in every turn. So a conversation is saved as its
last turns, and in front of them one event for every slot that was set and for the form in progress
when those turns began. Replayed, that gives the same slots, form, last message and last action as
the full history; only older states are gone, and no rule looks back further than a turn or two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

KEPT_TURNS = 5

# Looked up once: `Event.resolve_by_type` walks all classes again for every single event.
_EVENT_TYPES: dict[str, type[Event]] = {}
for _event_type in all_subclasses(Event):
    _EVENT_TYPES.setdefault(_event_type.type_name, _event_type)

# What is said about an old message beyond its text and intent serves nobody.
_KEPT_PARSE_DATA = ("text", "intent", "entities", "message_id", "metadata")


def session_start() -> list[Event]:
    """Gives the events that every conversation begins with; no slot comes from another one."""
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def last_turns(events: Sequence[Event], turns: int) -> list[Event]:
    """Gives the events of the last `turns` turns, each from the message that began it."""
    starts = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    return list(events[starts[-turns] :]) if len(starts) > turns else list(events)


def compact(tracker: DialogueStateTracker, domain: Domain, turns: int = KEPT_TURNS) -> list[Event]:
    """Gives the tracker's events, all but the last `turns` turns replaced by what they left behind.

    The tracker must be listening (between turns).
    """
    events = list(tracker.events)
    kept = last_turns(events, turns)
    if len(kept) == len(events):
        return events
    # Slots set at the start of a turn stand before its message, and go with what came before.
    before = DialogueStateTracker.from_events(
        tracker.sender_id, events[: len(events) - len(kept)], domain.slots
    )
    return [*session_start()[:2], *_left_behind(before), ActionExecuted(ACTION_LISTEN_NAME), *kept]


def _left_behind(tracker: DialogueStateTracker) -> Iterable[Event]:
    for name, slot in tracker.slots.items():
        if slot.value != slot.initial_value:
            yield SlotSet(name, slot.value)
    if tracker.active_loop_name:
        yield ActiveLoop(tracker.active_loop_name)
        if tracker.is_active_loop_rejected:
            yield ActionExecutionRejected(tracker.active_loop_name)


def to_json(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Gives the events as plain values, without what is only of use within their own turn."""
    return [_event_to_json(event) for event in events]


def _event_to_json(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = event.as_dict()
    if isinstance(event, UserUttered):
        parse_data = data["parse_data"]
        data["parse_data"] = {k: parse_data[k] for k in _KEPT_PARSE_DATA if k in parse_data}
    if isinstance(event, BotUttered):
        data["data"] = {name: value for name, value in event.data.items() if value}
    return {name: value for name, value in data.items() if value is not None}


def from_json(data: Iterable[dict[str, Any]], domain: Domain) -> list[Event]:
    """Reads the events that `to_json` wrote, without slots and forms the model no longer has."""
    slots = {slot.name for slot in domain.slots}
    forms = {None, *domain.form_names}
    events = []
    for item in data:
        event = _EVENT_TYPES[item["event"]]._from_parameters(item)
        if isinstance(event, SlotSet) and event.key not in slots:
            continue
        if isinstance(event, ActiveLoop) and event.name not in forms:
            continue
        events.append(event)
    return events
