"""What belongs to any conversation: hello, thanks, yes, no and values without a question."""

from typing import Any, Final

from actions.action import LISTEN, VERIFICATION_FORM, CoreAction, opening, with_answers
from actions.clarification import chosen_from_menu
from actions.fixed_response import FixedResponse
from actions.promise import current_promise_values
from actions.turn import ActionAnswer, ActionContext
from acuerdo.contact.models import Purpose
from acuerdo.conversations.models import WaitingReason

# What is told once a person whom we wrote to has proven who they are.
REMIND: Final = "action_remind"


class Greet(CoreAction):
    """Answers a greeting: says who we are and asks neutrally for the person, or shows the menu."""

    action = "action_greet"
    intents = ("greet",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the opening, or the menu for somebody who is proven."""
        if turn.is_outreach:
            return await self._of_our_own_accord(turn)
        if turn.verified:
            return ActionAnswer.of("utter_greet_again").also("utter_menu")
        if turn.form is not None:
            return ActionAnswer.of("utter_hello")
        answer = ActionAnswer.of(opening(turn))
        answer.then = VERIFICATION_FORM
        return answer

    @staticmethod
    async def _of_our_own_accord(turn: ActionContext) -> ActionAnswer:
        """We begin: the neutral opening, after the proof what came of a case or stands agreed."""
        after = None if turn.facts.get("purpose") == Purpose.CASE_ANSWER else REMIND
        if turn.verified:
            return await with_answers(turn, ActionAnswer([("utter_greet_again", {})], then=after))
        return ActionAnswer(
            [(opening(turn), {})],
            {"pending_action": after, "pending_words": None},
            then=VERIFICATION_FORM,
        )


class Thank(FixedResponse):
    """Thanks."""

    action = "action_thank"
    intents = ("thank",)
    response = "utter_you_are_welcome"


class Goodbye(FixedResponse):
    """A goodbye ends what was going on."""

    action = "action_goodbye"
    intents = ("goodbye",)
    response = "utter_goodbye"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with a goodbye."""
        return ActionAnswer([(self.response, {})], leaves_form=True)


class HoldOn(CoreAction):
    """Somebody asks for a moment: we wait without asking again."""

    action = "action_hold_on"
    intents = ("hold_on",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that there is no hurry; the question stays open."""
        return ActionAnswer([("utter_hold_on", {})], then=LISTEN)


class Cancel(CoreAction):
    """Leaves what was going on; what stands is named, because it still stands."""

    action = "action_cancel"
    intents = ("cancel",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Nothing is recorded; the promise that stands, or the menu, for the proven debtor."""
        nothing_open = {"pending_action": None, "pending_words": None, "proposal": None}
        values = await self._standing(turn) if turn.form is None else None
        if values is not None:
            return ActionAnswer([("utter_still_stands", values)], nothing_open)
        answer = ActionAnswer([("utter_cancelled", {})], nothing_open, leaves_form=True)
        return answer.also("utter_menu") if turn.verified else answer

    @staticmethod
    async def _standing(turn: ActionContext) -> dict[str, Any] | None:
        if not turn.verified:
            return None
        party, debts = await turn.debts()
        found = await turn.core.agreements.current.first_open_promise(party, debts)
        return None if found is None else current_promise_values(*found)


# A yes to what was only mentioned takes it up.
_TAKEN_UP: Final = {
    "utter_offer_link": "action_pay_now",
    "utter_no_plan": "action_promise",
    "utter_offer_person": "action_hand_over",
    "utter_calm": "action_hand_over",
    "utter_refused_proof": "action_confirm_identity",
}


class Affirm(CoreAction):
    """A yes that answers no question of a form."""

    action = "action_affirm"
    intents = ("affirm",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say what was just mentioned, inside a form its question again, else the menu or the
        opening."""
        if turn.form is not None:
            return ActionAnswer.of("utter_not_quite")
        wanted = next((_TAKEN_UP[each] for each in _TAKEN_UP if turn.last_response(each)), None)
        if wanted is not None:
            return ActionAnswer(then=wanted)
        if turn.verified:
            return ActionAnswer.of("utter_menu")
        answer = ActionAnswer(then=VERIFICATION_FORM)
        return answer.also(opening(turn)) if turn.is_first else answer


class Inform(Affirm):
    """A value that answers no question of a form.

    A number under a menu is a choice; an amount or a day to come is a promise in the making.
    """

    action = "action_inform"
    intents = ("inform",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the choice or the promise that the values make, or the same as to a yes."""
        if turn.form is not None:
            return await super().answer(turn)
        chosen = chosen_from_menu(self, turn)
        if chosen is not None:
            return ActionAnswer(then=chosen)
        reading = turn.read()
        amount = turn.verified and reading.of("amount")
        if amount or reading.day_to_come() is not None:
            return ActionAnswer(then="action_promise")
        return await super().answer(turn)


class Deny(CoreAction):
    """A no: to the name, it asks who is there; to terms, what to change; else it is left."""

    action = "action_deny"
    intents = ("deny",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with neutral words, or the end of what was being agreed."""
        if turn.asked == "identity_confirmed":
            return ActionAnswer([("utter_not_the_person", {})], then=LISTEN)
        if turn.asked == "identity_proof":
            return ActionAnswer(then="action_refuse_verification")
        if turn.asked == "promise_confirmed" and not turn.last_response("utter_what_to_change"):
            return ActionAnswer([("utter_what_to_change", {})], then=LISTEN)
        if turn.form is not None:
            left = ActionAnswer([("utter_left", {})], {"proposal": None}, leaves_form=True)
            return left.also("utter_ways_to_settle") if turn.verified else left
        if turn.last_response("utter_promise_recorded", "utter_promise_moved"):
            return ActionAnswer(then="action_cancel")
        return ActionAnswer.of("utter_no_problem")


class Media(CoreAction):
    """A file that nobody asked for: kept, and shown to a person."""

    action = "action_media"
    intents = ("media_received",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that it arrived."""
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.CLAIM_TO_CHECK
        )
        return ActionAnswer.of("utter_media_received")


class Resume(CoreAction):
    """The assistant again after a person: forgets what was open and offers what it can do."""

    action = "action_resume"
    intents = ("resume",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that it is the assistant again."""
        answer = ActionAnswer([("utter_resume", {})], leaves_form=True)
        answer.slots = {"pending_action": None, "pending_words": None, "proposal": None}
        return answer.also("utter_menu") if turn.verified else answer


ACTIONS: Final = (
    Greet,
    Thank,
    Goodbye,
    HoldOn,
    Cancel,
    Affirm,
    Inform,
    Deny,
    Media,
    Resume,
)
