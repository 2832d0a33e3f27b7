"""Chooses between the wordings of a response, so that nothing is said twice in a row."""

from __future__ import annotations

import copy
import re
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server.history import last_turns

# So far back a wording counts as just said; the conversation's record keeps a little more.
_REMEMBERED_TURNS = 4
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_LEAST_WORDS = 5


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
        """Gives the response with its values filled in; None where the channel has none."""
        if utter_action not in self.responses:
            return None
        slots = tracker.current_slot_values()
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        wordings = [self._fill_response(copy.deepcopy(each), slots, **kwargs) for each in suitable]
        said = _said_lately(tracker)

        def how_late(wording: dict[str, Any]) -> int:
            return max(said.get(each, -1) for each in _marks(wording.get("text") or ""))

        return min(wordings, key=how_late, default=None)


def _said_lately(tracker: DialogueStateTracker) -> dict[str, int]:
    """By what the texts of the last turns are known again, with how late each was said."""
    recent = last_turns(list(tracker.events), _REMEMBERED_TURNS)
    uttered = [event.text or "" for event in recent if isinstance(event, BotUttered)]
    return {mark: place for place, text in enumerate(uttered) for mark in _marks(text)}


def _marks(text: str) -> list[str]:
    """Gives what a text is known again by: all of it, and its first sentence of some length."""
    first = _SENTENCE_ENDS.split(text, maxsplit=1)[0]
    return [text, first] if len(first.split()) >= _LEAST_WORDS else [text]
