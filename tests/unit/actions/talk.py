"""Actions called as the engine calls them, on a core that fails where nothing may be asked."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action import CoreAction
from actions.form import FormReader
from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.preferences import StoredPreference
from acuerdo.debts.verification import VerifiedParty
from acuerdo.language.contact_preferences import contact_preference
from acuerdo.language.opt_out import scope_of
from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel
from acuerdo.values.requests import DataRight, Scope
from tests.clock import FixedClock


class NobodyProven:
    """An identity that has not been proven, or not any more."""

    async def party(self, conversation_id: UUID, turn_id: UUID | None = None) -> VerifiedParty:
        raise IdentityNotVerified


class Silent:
    """Use cases that write things down and tell nothing."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def __getattr__(self, name: str) -> Any:
        async def called(*_: object, **__: object) -> None:
            self.called.append(name)

        return called


class Wishes:
    """Takes every wish, as of somebody nobody knows."""

    async def opt_out(self, conversation_id: UUID, words: str) -> Scope:
        return scope_of(words)

    async def prefer(self, conversation_id: UUID, words: str) -> StoredPreference | None:
        wish = contact_preference(words, Channel.WHATSAPP)
        return (
            None
            if wish.is_empty
            else StoredPreference(wish, reachable=wish.channel is not Channel.EMAIL)
        )

    async def data_request(self, conversation_id: UUID, words: str) -> tuple[DataRight, date]:
        return DataRight.ACCESS, date(2026, 12, 21)


class Opening(Silent, Wishes):
    """Takes every case, as of somebody nobody knows."""


class Core:
    """The core as seen by somebody unproven."""

    def __init__(self) -> None:
        self.outside = SimpleNamespace(clock=FixedClock())
        self.conversations = SimpleNamespace(
            identity=NobodyProven(),
            hand_off=Silent(),
            addressees=Silent(),
            opt_outs=Wishes(),
            preferences=Wishes(),
        )
        self.cases = SimpleNamespace(opening=Opening())


class Said:
    """What an action said and did."""

    def __init__(self, dispatcher: CollectingDispatcher, events: list[dict[str, Any]]) -> None:
        self.responses = [message["response"] for message in dispatcher.messages]
        self.values = dispatcher.messages
        self.texts = [message.get("text") for message in dispatcher.messages]
        self.events = events

    @property
    def then(self) -> str | None:
        """The action or form that follows."""
        follows = [event["name"] for event in self.events if event["event"] == "followup"]
        return follows[-1] if follows else None

    @property
    def leaves_form(self) -> bool:
        """Whether the form that was going on ends."""
        return any(
            event["event"] == "active_loop" and event["name"] is None for event in self.events
        )


async def said_by(
    kind: type[CoreAction] | type[FormReader],
    text: str = "hola",
    *,
    intent: str = "",
    verified: bool = False,
    form: str | None = None,
    asked: str | None = None,
    before: str | None = None,
    ranking: Sequence[tuple[str, float]] = (),
    **slots: Any,
) -> Said:
    """What an action answers; `before` is what the assistant said last."""
    facts = {"turn": str(uuid4()), "verified": verified, "known": True, "country": "PE"}
    facts |= {"agency": "Gestiones del Sur", "timezone": "America/Lima"}
    events: list[dict[str, Any]] = []
    if before is not None:
        events.append({"event": "bot", "text": before})
    events.append({"event": "user", "text": text})
    tracker = Tracker(
        sender_id=str(uuid4()),
        slots={"requested_slot": asked, **slots},
        latest_message={
            "text": text,
            "intent": {"name": intent},
            "intent_ranking": [{"name": n, "confidence": share} for n, share in ranking],
            "metadata": {"facts": facts},
        },
        events=events,
        paused=False,
        followup_action=None,
        active_loop={"name": form} if form else {},
        latest_action_name="action_listen",
    )
    dispatcher = CollectingDispatcher()
    action = kind(cast("Acuerdo", Core()))
    events = await action.run(dispatcher, tracker, {})
    return Said(dispatcher, events)
