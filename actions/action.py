"""What answers an intent, and the one table of what is said about errors."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

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
_ACTION: Final = "action_"
# Questions, whose answer can stand beside another one: "ya pagué, ¿me dan un comprobante?"
_QUESTION: Final = "ask_"
LEAVE_FORM: Final = (ActiveLoop(None), SlotSet("requested_slot", None))
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
    """Answers intents: at most one use case, then a response and slots.

    `intents` are those that data/rules answers with it; none where it only follows another action
    or a form.
    """

    action: ClassVar[str]
    intents: ClassVar[tuple[str, ...]] = ()

    def __init__(self, core: Acuerdo, by_intent: "Mapping[str, CoreAction] | None" = None) -> None:
        self.core = core
        self.by_intent = by_intent or {}

    def name(self) -> str:
        """Give the name in domain.yml."""
        return self.action

    @abstractmethod
    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say what to say and do; raises the core's errors, which are answered in one place."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the engine's call."""
        turn = ActionContext(self.core, tracker)
        answer = await self._answer(turn)
        if answer.outcome is not None:
            await self.core.conversations.hand_off.record_outcome(
                turn.conversation_id, answer.outcome
            )
        utter(dispatcher, answer)
        return self._events(turn, answer)

    async def _answer(self, turn: ActionContext) -> ActionAnswer:
        try:
            answer = await self.answer(turn)
        except errors.IdentityNotVerified:
            return self._first(turn, VERIFICATION_FORM)
        except errors.DebtNotChosen:
            return self._first(turn, DEBT_FORM)
        except tuple(SPOKEN) as error:
            return await spoken(turn, error)
        await self._answer_along(turn, answer)
        return answer

    async def _answer_along(self, turn: ActionContext, answer: ActionAnswer) -> None:
        """Put the answer to a question that stands beside the wish before it; offer a person the
        third time in a row that the same is asked."""
        if answer.then is not None and answer.then.startswith(_ACTION) and answer.then != LISTEN:
            return  # the action that follows does it
        others = [self.by_intent[intent] for intent in turn.also if intent.startswith(_QUESTION)]
        others = [other for other in others if other.action != self.action]
        if others and self.action not in _STOPS:
            with contextlib.suppress(errors.IdentityNotVerified, *SPOKEN):
                more = await others[0].answer(turn)
                answer.responses[:0] = [say for say in more.responses if say[0] not in _MENUS]
        if turn.text and turn.intent.startswith(_QUESTION) and turn.times_in_a_row >= _OFTEN:
            answer.responses = [say for say in answer.responses if say[0] not in _MENUS]
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
        return answer.also(opening(turn)) if turn.is_first else answer

    def _events(self, turn: ActionContext, answer: ActionAnswer) -> list[EventType]:
        events: list[EventType] = [
            SlotSet(name, value) for name, value in self._slots(turn, answer).items()
        ]
        kept = turn.kept_words(judged=answer.judged)
        if kept is not None:
            events.append(SlotSet("kept_words", kept))
        starts_form = answer.then is not None and answer.then.endswith(_FORM_SUFFIX)
        leaves = answer.leaves_form or _must_not_go_on(turn, answer)
        if (leaves or (starts_form and answer.then != turn.form)) and turn.form:
            events += LEAVE_FORM
        if answer.then == LISTEN and turn.form is not None:
            # else Rasa would take the form's rejection of these words for one of the next, too
            events.append(ActiveLoop(turn.form))
        then = answer.then or (None if leaves else turn.form)
        if then is not None:
            events.append(FollowupAction(then))
        return events

    def _slots(self, turn: ActionContext, answer: ActionAnswer) -> Slots:
        """Give the slots of the answer, and those of what is over now."""
        over: Slots = {}
        if turn.slot("pending_words") and "pending_words" not in answer.slots and turn.form is None:
            over |= {"pending_words": None, "pending_also": None}
        if turn.slot("unclear_words"):
            over["unclear_words"] = None
        if turn.slot("misunderstood"):
            over["misunderstood"] = 0
        return over | answer.slots


def _must_not_go_on(turn: ActionContext, answer: ActionAnswer) -> bool:
    """Tell whether a form would ask about the debt somebody whose proof has grown old meanwhile."""
    return answer.then is None and turn.form not in _NEUTRAL_FORMS and not turn.verified


def opening(turn: ActionContext) -> str:
    """Give the response that says who we are, to somebody who has not proven anything."""
    return "utter_greet" if turn.facts.get("agency") else "utter_greet_plain"


async def spoken(turn: ActionContext, error: Exception) -> ActionAnswer:
    """Give what is said about an error of the core, and who is called in."""
    response, reason = next(SPOKEN[kind] for kind in type(error).__mro__ if kind in SPOKEN)
    if reason is not None:
        await turn.core.conversations.hand_off.hand_over(turn.conversation_id, reason)
    return ActionAnswer(responses=[(response, {})], leaves_form=True)


def utter(dispatcher: CollectingDispatcher, answer: ActionAnswer) -> None:
    """Say an answer."""
    for response, values in answer.responses:
        dispatcher.utter_message(response=response, **values)


async def with_answers(turn: ActionContext, answer: ActionAnswer) -> ActionAnswer:
    """Put what came of the proven debtor's cases behind the first thing said."""
    heard = await turn.core.cases.answers.unread_answers(await turn.party())
    told = [("utter_case_answer", {"answer": each}) for each in heard]
    answer.responses = [*answer.responses[:1], *told, *answer.responses[1:]]
    return answer
