"""The two kinds of actions: answers to an intent, and readers of what a form asked for."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.intents import ACTION_OF, ANSWERED_ALONG
from actions.turn import ActionAnswer, ActionContext, Slots
from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.models import WaitingReason
from acuerdo.platform import errors

VERIFICATION_FORM: Final = "verification_form"
DEBT_FORM: Final = "debt_form"
_FORM_SUFFIX: Final = "_form"
# Their questions may be heard by anybody who holds the phone.
_NEUTRAL_FORMS: Final = frozenset((VERIFICATION_FORM, "callback_form"))
LISTEN: Final = "action_listen"
# After an answer that is not the end of the talk: what could be done next. Beside another answer
# it would be one question too many.
_MENUS: Final = frozenset(("utter_ways_to_settle", "utter_offer_link", "utter_menu"))
_OFTEN: Final = 3
# After these nothing more is said.
_STOPS: Final = frozenset(
    (
        "action_harm", "action_report_deceased", "action_opt_out", "action_wrong_person",
        "action_third_party", "action_legal", "action_hand_over", "action_after_verification",
        "action_after_debt",
    )
)  # fmt: skip

# The door's one table of errors: what is said, and for which reason a person is called in.
# An error that is not here is a failure of the turn: the engine answers with an error and the
# turn is tried again.
SPOKEN: Final[dict[type[errors.AcuerdoError], tuple[str, WaitingReason | None]]] = {
    errors.NothingOwed: ("utter_nothing_owed", None),
    errors.ProposalNotOpen: ("utter_proposal_gone", None),
    errors.DebtInReview: ("utter_in_review", None),
    errors.VerificationLocked: ("utter_locked", WaitingReason.LOCKED_OUT),
    errors.ProviderUnavailable: ("utter_link_unavailable", None),
    errors.ProviderRefused: ("utter_link_unavailable", None),
    errors.ProviderMisused: ("utter_link_unavailable", None),
}


class CoreAction(Action, ABC):
    """Answers one intent: at most one use case, then a response and slots."""

    action: ClassVar[str]

    def __init__(self, core: Acuerdo, by_name: "Mapping[str, CoreAction] | None" = None) -> None:
        self.core = core
        self._by_name = by_name or {}

    def name(self) -> str:
        """The name in domain.yml."""
        return self.action

    @abstractmethod
    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """What to say and do; raises the core's errors, which are answered in one place."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Called by the engine."""
        turn = ActionContext(self.core, tracker)
        try:
            answer = await self.answer(turn)
        except errors.IdentityNotVerified:
            answer = self._first(turn, VERIFICATION_FORM)
        except errors.DebtNotChosen:
            answer = self._first(turn, DEBT_FORM)
        except tuple(SPOKEN) as error:
            answer = await spoken(turn, error)
        else:
            await self._answer_the_rest(turn, answer)
        if answer.outcome is not None:
            await self.core.conversations.hand_off.record_outcome(
                turn.conversation_id, answer.outcome
            )
        for response, values in answer.says:
            dispatcher.utter_message(response=response, **values)
        return self._events(turn, answer)

    async def _answer_the_rest(self, turn: ActionContext, answer: ActionAnswer) -> None:
        """A question that stands beside the wish is answered before it; the third time in a row
        that the same is asked a person is offered."""
        along = [ACTION_OF[intent] for intent in turn.also if intent in ANSWERED_ALONG]
        others = [self._by_name[name] for name in along if name != self.action]
        if others and self.action not in _STOPS:
            with contextlib.suppress(errors.IdentityNotVerified, *SPOKEN):
                more = await others[0].answer(turn)
                answer.says[:0] = [say for say in more.says if say[0] not in _MENUS]
        if turn.text and turn.intent.startswith("ask_") and turn.times_in_a_row >= _OFTEN:
            answer.says = [say for say in answer.says if say[0] not in _MENUS]
            answer.also("utter_offer_person")

    def _first(self, turn: ActionContext, form: str) -> ActionAnswer:
        """Something must be known first: remember what was wanted and go on with it afterwards."""
        wanted: Slots = {
            "pending_action": self.action,
            "pending_words": turn.words,
            "pending_also": turn.also,
        }
        if "confirm_identity" in turn.also:
            wanted["identity_confirmed"] = True
        answer = ActionAnswer(slots=wanted, then=form)
        if turn.is_first:
            answer.also(opening(turn))
        return answer

    def _events(self, turn: ActionContext, answer: ActionAnswer) -> list[EventType]:
        slots: Slots = dict(answer.slots)
        if turn.slot("pending_words") and "pending_words" not in slots and turn.form is None:
            slots |= {"pending_words": None, "pending_also": None}
        if turn.slot("unclear_words") and "unclear_words" not in slots:
            slots["unclear_words"] = None
        if self.action != "action_not_understood" and turn.slot("misunderstood"):
            slots["misunderstood"] = 0
        events: list[EventType] = [SlotSet(name, value) for name, value in slots.items()]
        starts_form = answer.then is not None and answer.then.endswith(_FORM_SUFFIX)
        leaves = answer.leaves_form or _must_not_go_on(turn, answer)
        if (leaves or (starts_form and answer.then != turn.form)) and turn.form:
            events += [ActiveLoop(None), SlotSet("requested_slot", None)]
        if answer.then == LISTEN and turn.form is not None:
            # else Rasa would take the form's rejection of these words for one of the next, too
            events.append(ActiveLoop(turn.form))
        if answer.then is not None:
            events.append(FollowupAction(answer.then))
        elif turn.form is not None and not leaves:
            events.append(FollowupAction(turn.form))
        return events


def _must_not_go_on(turn: ActionContext, answer: ActionAnswer) -> bool:
    """Whether a form would ask about the debt somebody whose proof has grown old meanwhile."""
    return (
        answer.then is None and turn.form not in _NEUTRAL_FORMS and not turn.facts.get("verified")
    )


def opening(turn: ActionContext) -> str:
    """The response that says who we are, to somebody who has not proven anything."""
    return "utter_greet" if turn.facts.get("agency") else "utter_greet_plain"


async def spoken(turn: ActionContext, error: Exception) -> ActionAnswer:
    """What is said about an error of the core, and who is called in."""
    response, reason = next(SPOKEN[kind] for kind in type(error).__mro__ if kind in SPOKEN)
    if reason is not None:
        await turn.core.conversations.hand_off.hand_over(turn.conversation_id, reason)
    return ActionAnswer(says=[(response, {})], leaves_form=True)


class FormReader(Action, ABC):
    """Reads the answer to a form's question out of the words.

    Without a slot to set the form rejects the turn, and the intent's own action answers it.
    """

    form: ClassVar[str]

    def __init__(self, core: Acuerdo) -> None:
        self.core = core

    def name(self) -> str:
        """The name in domain.yml."""
        return f"validate_{self.form}"

    @abstractmethod
    async def read(self, turn: ActionContext) -> ActionAnswer:
        """The slots that the words fill; none where they answer something else."""

    async def begin(self, turn: ActionContext) -> ActionAnswer:
        """The slots that are known before anything is asked."""
        return ActionAnswer()

    async def _answer(self, turn: ActionContext) -> ActionAnswer:
        if turn.asked is None:
            return await self.begin(turn)
        return await self.read(turn) if turn.is_unread else ActionAnswer()

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Called by the engine when the form begins and after every answer."""
        turn = ActionContext(self.core, tracker)
        try:
            answer = await self._answer(turn)
        except errors.IdentityNotVerified:
            # the proof grew old in the middle of the form
            wanted = {"pending_action": self.form, "pending_words": None}
            answer = ActionAnswer(slots=wanted, then=VERIFICATION_FORM, leaves_form=True)
        except tuple(SPOKEN) as error:
            answer = await spoken(turn, error)
        for response, values in answer.says:
            dispatcher.utter_message(response=response, **values)
        if (answer.slots and turn.slot("misunderstood")) or answer.leaves_form:
            # a slot that is set also tells Rasa that the words were taken
            answer.slots["misunderstood"] = 0
        events: list[EventType] = [SlotSet(name, value) for name, value in answer.slots.items()]
        if answer.leaves_form:
            events += [ActiveLoop(None), SlotSet("requested_slot", None)]
            # else Rasa would take the form for filled, and record what was never said
            answer.then = answer.then or LISTEN
        if answer.then is not None:
            events.append(FollowupAction(answer.then))
        return events
