"""Chooses between the wordings of a response, so that nothing is said twice in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server.errors import TurnFailed
from rasa_server.history import last_turns

# So far back a wording counts as just said; the conversation's record keeps a little more.
_REMEMBERED_TURNS = 4
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_LEAST_WORDS = 5
_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}")


class FreshWording(TemplatedNaturalLanguageGenerator):
    """The responses of the domain; of several wordings the first that was not said lately.

    Rasa draws one at random. Here the same conversation gets the same words when a turn is run
    again, and the first wording stands first in its file. When all were said, the one that
    was said longest ago comes again.
    """

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """Gives the response with its values filled in; None where the channel has none.

        Raises TurnFailed where the chosen wording has a place for which there is no value.
        """
        if utter_action not in self.responses:
            return None
        slots = tracker.current_slot_values()
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        values = {**slots, **kwargs}
        said = _said_lately(tracker)

        def how_late(wording: dict[str, Any]) -> int:
            text, _ = _filled(wording.get("text") or "", values)
            return max(said.get(each, -1) for each in _marks(text))

        chosen = min(suitable, key=how_late, default=None)
        if chosen is None:
            return None
        response, lacking = _filled(chosen, values)
        if lacking:
            raise TurnFailed(f"{utter_action} lacks a value")
        return dict(response)


def _filled(wording: Any, values: Mapping[str, Any]) -> tuple[Any, bool]:
    """Gives a wording with its places filled, and whether there is a place without a value.

    In one go, so that a value is never looked through for places: people and companies may be
    called by a name with braces. Rasa's own fills by `str.format`, and fails where they are.
    """
    lacking = False

    def value(place: re.Match[str]) -> str:
        nonlocal lacking
        found = values.get(place[1])
        lacking = lacking or found is None
        return "" if found is None else str(found)

    def fill(part: Any) -> Any:
        if isinstance(part, str):
            return _PLACE.sub(value, part)
        if isinstance(part, Mapping):
            return {name: fill(each) for name, each in part.items()}
        return [fill(each) for each in part] if isinstance(part, list) else part

    return fill(wording), lacking


def _said_lately(tracker: DialogueStateTracker) -> dict[str, int]:
    """By what the texts of the last turns are known again, with how late each was said."""
    recent = last_turns(list(tracker.events), _REMEMBERED_TURNS)
    uttered = [event.text or "" for event in recent if isinstance(event, BotUttered)]
    return {mark: place for place, text in enumerate(uttered) for mark in _marks(text)}


def _marks(text: str) -> list[str]:
    """Gives what a text is known again by: all of it, and its first sentence of some length."""
    first = _SENTENCE_ENDS.split(text, maxsplit=1)[0]
    return [text, first] if len(first.split()) >= _LEAST_WORDS else [text]
