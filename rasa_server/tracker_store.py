"""Keeps conversations for a short time: Rasa's tracker together with the turns just answered.

One record per conversation holds both, written at once: a turn is saved with its answer or not at
all. When the store cannot be reached the turn fails; Rasa's own stores would begin a new
conversation instead, and the person would be asked who they are again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server import history
from rasa_server.contract import Answer
from rasa_server.errors import TrackerUnavailable
from rasa_server.records import MemoryRecords, Records, RedisRecords

DEFAULT_TTL_HOURS = 24.0
KEPT_ANSWERS = 8

# The number changes with the record's shape: an engine never reads what another shape wrote.
KEY_PREFIX = "acuerdo:engine:1:"


@dataclass
class ConversationRecord:
    """A conversation between two turns."""

    tracker: DialogueStateTracker
    answers: dict[str, Answer]

    def remember(self, message_id: str, answer: Answer) -> None:
        """Notes the turn's answer, to be given again if the same message comes again."""
        self.answers[message_id] = answer
        for oldest in list(self.answers)[:-KEPT_ANSWERS]:
            del self.answers[oldest]


class ShortLivedTrackerStore(TrackerStore):
    """Conversations in Redis (`redis://`, `rediss://`, `unix://`), or in memory without a URL.

    A conversation is forgotten `ttl_hours` after its last turn. `load` and `store` raise
    `TrackerUnavailable` when records cannot be read or written.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: Any = None,
        ttl_hours: float = DEFAULT_TTL_HOURS,
        records: Records | None = None,
    ) -> None:
        super().__init__(domain, event_broker)
        self.records: Records = records or (RedisRecords(host) if host else MemoryRecords())
        self._ttl_seconds = float(ttl_hours) * 3600

    async def load(self, conversation: str) -> ConversationRecord:
        """Gives the conversation as it was saved last, or one that is just beginning."""
        record = await self.records.get(KEY_PREFIX + conversation)
        if record is None:
            return ConversationRecord(self._tracker(conversation, history.session_start()), {})
        try:
            data = json.loads(record)
            events = history.from_json(data["events"], self.domain)
            answers = {key: Answer.from_json(body) for key, body in data["answers"].items()}
        except (ValueError, KeyError, TypeError) as error:
            raise TrackerUnavailable("the saved conversation cannot be read") from error
        return ConversationRecord(self._tracker(conversation, events), answers)

    async def store(self, conversation: ConversationRecord) -> None:
        """Saves the tracker, compacted, and the latest answers, in one write."""
        tracker = conversation.tracker
        data = {
            "events": history.to_json(history.compact(tracker, self.domain)),
            "answers": {key: answer.as_json() for key, answer in conversation.answers.items()},
        }
        record = json.dumps(data, separators=(",", ":")).encode()
        await self.records.put(KEY_PREFIX + tracker.sender_id, record, self._ttl_seconds)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rasa's own way to ask for a tracker; None if there was no turn yet."""
        if await self.records.get(KEY_PREFIX + sender_id) is None:
            return None
        return (await self.load(sender_id)).tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Rasa's own way to save a tracker; the answers given so far are kept."""
        conversation = await self.load(tracker.sender_id)
        await self.store(ConversationRecord(tracker, conversation.answers))

    def _tracker(self, conversation: str, events: list[Any]) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(conversation, events, self.domain.slots)
