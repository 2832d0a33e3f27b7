"""Chooses between the wordings of a response, so that nothing is said twice in a row."""

from __future__ import annotations

import copy
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server.history import last_turns

# So far back a wording counts as just said; the conversation's record keeps a little more.
_REMEMBERED_TURNS = 4


class FreshWording(TemplatedNaturalLanguageGenerator):
    """The responses of the domain; of several wordings the first that was not said lately.

    Rasa draws one at random. Here the same conversation gets the same words when a turn is run
    again, and the first wording stands first in `domain.yml`. When all were said, the one that
    was said longest ago comes again.
    """

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The response with its values filled in; None where there is none for the channel."""
        if utter_action not in self.responses:
            return None
        slots = tracker.current_slot_values()
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        wordings = [self._fill_response(copy.deepcopy(each), slots, **kwargs) for each in suitable]
        said = _said_lately(tracker)
        return min(wordings, key=lambda each: said.get(each.get("text"), -1), default=None)


def _said_lately(tracker: DialogueStateTracker) -> dict[str | None, int]:
    """The texts of the last turns, with how late each was said."""
    recent = last_turns(list(tracker.events), _REMEMBERED_TURNS)
    uttered = [event.text for event in recent if isinstance(event, BotUttered)]
    return {text: place for place, text in enumerate(uttered)}
