"""One turn of the dialogue: understand, decide, act, until the assistant listens again.

Rasa's own loop (`MessageProcessor.handle_message`) goes on after an action failed, stops without a
word when it predicts too much, and saves whatever it has by then. This one is the same loop with
every failure raised, and it saves nothing: who runs a turn keeps the tracker or throws it away.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import (
    ActionExecutionRejected,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_server.action_endpoint import ActionEndpoint
from rasa_server.components.intent_classifier import ASKED
from rasa_server.contract import Answer, Json, TurnRequest, call_cue
from rasa_server.errors import EngineMisconfigured, TurnFailed, UnknownIntent
from rasa_server.remote_actions import actions_of
from rasa_server.wording import FreshWording

NOT_UNDERSTOOD = "nlu_fallback"
KEPT_WORDS = "kept_words"
_SCALARS = (str, int, float, bool, type(None))


class Replies(OutputChannel):
    """Collects what the assistant says.

    Its name is the medium, so that a response can have a variant with `channel: voice`.
    """

    def __init__(self, medium: str) -> None:
        self._medium = medium
        self.messages: list[Json] = []

    def name(self) -> str:
        """Gives the medium of the conversation."""
        return self._medium

    async def send_response(self, recipient_id: str, message: Json) -> None:
        """Keeps a message; refuses one without text, or with a wish that the telephone does not
        know."""
        text = message.get("text")
        if not text or not text.strip():
            raise TurnFailed("the assistant said something without words")
        reply: Json = {"text": text}
        buttons = message.get("buttons")
        if buttons:
            reply["buttons"] = [{k: button[k] for k in ("title", "payload")} for button in buttons]
        try:
            cue = call_cue(message.get("custom"))
        except ValueError as error:
            raise TurnFailed(f"{message.get('utter_action')}: {error}") from None
        if cue:
            reply["call"] = cue
        self.messages.append(reply)


class Dialogue:
    """The trained model, able to take a tracker through one turn."""

    def __init__(
        self,
        processor: MessageProcessor,
        endpoint: ActionEndpoint,
        fact_slots: Collection[str] = (),
    ) -> None:
        self._processor = processor
        self._domain = processor.domain
        self._wording = FreshWording(self._domain.responses)
        self._actions = actions_of(self._domain, endpoint)
        unknown = set(fact_slots) - {slot.name for slot in self._domain.slots}
        if unknown:
            raise EngineMisconfigured(f"fact_slots are not slots of the domain: {sorted(unknown)}")
        self._fact_slots = tuple(fact_slots)

    async def take_turn(self, tracker: DialogueStateTracker, request: TurnRequest) -> Answer:
        """Brings the tracker from one listening to the next and gives the answer.

        Raises a `TurnError` if anything failed; the tracker is then in between and worthless.
        """
        replies = Replies(request.medium)
        understood = await self._understand(request, _asked(tracker))
        self._note_facts(tracker, request)
        tracker.update(
            UserUttered(
                understood["text"],
                understood["intent"],
                understood["entities"],
                understood,
                input_channel=request.medium,
                message_id=request.message_id,
                metadata=request.metadata(),
            ),
            self._domain,
        )
        await self._processor.run_action_extract_slots(replies, tracker)
        await self._act(tracker, replies)
        mask_proofs(tracker)
        intent = understood["intent"]
        return Answer(replies.messages, intent["name"], float(intent["confidence"]))

    async def _understand(self, request: TurnRequest, asked: str | None) -> Json:
        if request.intent is not None:
            if request.intent not in self._domain.intents:
                raise UnknownIntent("the model knows no such intent")
            return _parsed(request, request.intent, 1.0)
        # A text that begins with "/" would be taken by Rasa as a command that names its intent.
        text = (request.text or "").lstrip("/ \t\n")
        if not text:
            return _parsed(request, NOT_UNDERSTOOD, 0.0)
        parsed: Json = await self._processor.parse_message(
            UserMessage(text, metadata={ASKED: asked})
        )
        if not parsed["intent"].get("name"):
            raise TurnFailed("the model names no intent")
        parsed["text"] = request.text
        return parsed

    def _note_facts(self, tracker: DialogueStateTracker, request: TurnRequest) -> None:
        facts = {**request.facts, "medium": request.medium, "locale": request.locale}
        for name in self._fact_slots:
            # A fact that is not told stays as it was; one that is null is no longer so.
            told = name in facts and isinstance(facts[name], _SCALARS)
            if told and facts[name] != tracker.get_slot(name):
                tracker.update(SlotSet(name, facts[name]), self._domain)

    async def _act(self, tracker: DialogueStateTracker, replies: Replies) -> None:
        for _ in range(self._processor.max_number_of_predictions):
            action, prediction = self._next_action(tracker)
            await self._run(action, prediction, tracker, replies)
            if action.name() == ACTION_LISTEN_NAME:
                return
        raise TurnFailed("the turn does not come to an end")

    def _next_action(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        wanted = tracker.followup_action
        if wanted and wanted not in self._actions:
            raise TurnFailed(f"an action asked for {wanted}, which is not in the domain")
        prediction = self._processor._predict_next_with_tracker(tracker)
        if prediction.max_confidence <= 0:
            raise TurnFailed("no rule says what to do")
        name = self._domain.action_names_or_texts[prediction.max_confidence_index]
        return self._actions[name], prediction

    async def _run(
        self,
        action: Action,
        prediction: PolicyPrediction,
        tracker: DialogueStateTracker,
        replies: Replies,
    ) -> None:
        # The action sees the prediction's events, which are dropped if it rejects to run.
        seen = tracker.copy()
        seen.update_with_events(prediction.events, self._domain)
        try:
            events: list[Any] = await action.run(replies, self._wording, seen, self._domain)
        except ActionExecutionRejection:
            tracker.update(
                ActionExecutionRejected(
                    action.name(), prediction.policy_name, prediction.max_confidence
                )
            )
            return
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, self._domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self._domain)
        for event in events:
            if isinstance(event, BotUttered):
                await replies.send_response(tracker.sender_id, event.message())


def mask_proofs(tracker: DialogueStateTracker) -> None:
    """Replaces the words of the turn, wherever they stand, by what an action said to keep of them.

    The actions of this turn have read them; no later one needs a proof of identity again.
    """
    kept = tracker.slots.get(KEPT_WORDS)
    if kept is None or not kept.value:
        return
    safe, kept.value = str(kept.value), None
    said = next(e for e in reversed(tracker.events) if isinstance(e, UserUttered))
    words = said.text or ""
    said.text = safe
    said.parse_data["text"] = safe
    for event in tracker.events:
        if isinstance(event, SlotSet) and event.key == KEPT_WORDS:
            event.value = None
        elif isinstance(event, SlotSet) and isinstance(event.value, str) and words:
            event.value = event.value.replace(words, safe)
    for slot in tracker.slots.values():
        if isinstance(slot.value, str) and words:
            slot.value = slot.value.replace(words, safe)


def _asked(tracker: DialogueStateTracker) -> str | None:
    """Gives the slot that the form in progress has asked for."""
    return tracker.get_slot(REQUESTED_SLOT) if tracker.active_loop_name else None


def _parsed(request: TurnRequest, intent: str, confidence: float) -> Json:
    return {
        "text": request.text or "",
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}],
        "entities": [],
    }
