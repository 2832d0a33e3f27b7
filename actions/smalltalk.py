"""What belongs to any conversation: yes, no and values without a question, thanks, a repetition."""

from typing import Any, Final

from actions.action import LISTEN, VERIFICATION_FORM, CoreAction, opening
from actions.intents import ACTION_OF
from actions.reading import read
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import WaitingReason
from acuerdo.values.dates import say_date


class Says(CoreAction):
    """Says one thing; a form that was interrupted asks its question again."""

    response: str

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The response."""
        return ActionAnswer.of(self.response)


class Bot(Says):
    """Whether this is a machine: yes, and a person is offered."""

    action = "action_is_bot"
    response = "utter_is_bot"


class Scam(CoreAction):
    """Whether this is a fraud: how to check it, and what we never ask for."""

    action = "action_is_scam"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The way to verify us."""
        named = bool(turn.facts.get("agency"))
        return ActionAnswer.of("utter_is_scam" if named else "utter_is_scam_plain")


class Recording(Says):
    """Whether this is recorded."""

    action = "action_recording"
    response = "utter_recording"


class Thank(Says):
    """Thanks."""

    action = "action_thank"
    response = "utter_you_are_welcome"


class Goodbye(Says):
    """A goodbye ends what was going on."""

    action = "action_goodbye"
    response = "utter_goodbye"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """A goodbye."""
        return ActionAnswer([(self.response, {})], leaves_form=True)


class HoldOn(CoreAction):
    """Somebody asks for a moment: we wait without asking again."""

    action = "action_hold_on"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That there is no hurry; the question stays open."""
        return ActionAnswer([("utter_hold_on", {})], then=LISTEN)


class Cancel(CoreAction):
    """Leaves what was going on; what stands is named, because it still stands."""

    action = "action_cancel"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Nothing is recorded; the promise that stands, or the menu, for the proven debtor."""
        nothing_open = {"pending_action": None, "pending_words": None, "proposal": None}
        values = await self._standing(turn) if turn.form is None else None
        if values is not None:
            return ActionAnswer([("utter_still_stands", values)], nothing_open)
        answer = ActionAnswer([("utter_cancelled", {})], nothing_open, leaves_form=True)
        return answer.also("utter_menu") if turn.facts.get("verified") else answer

    @staticmethod
    async def _standing(turn: ActionContext) -> dict[str, Any] | None:
        if not turn.facts.get("verified"):
            return None
        party, debts = await turn.debts()
        for debt in debts:
            promise = await turn.core.agreements.current.open_promise(party, debt)
            if promise is not None:
                return {
                    "amount": promise.amount.text(debt.country),
                    "day": say_date(promise.due_on, debt.today),
                }
        return None


class Help(CoreAction):
    """What can be done here."""

    action = "action_help"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The menu, neutral for somebody who is not proven."""
        return ActionAnswer.of("utter_menu" if turn.facts.get("verified") else "utter_help_neutral")


class Insult(CoreAction):
    """Abuse: one calm line and a person; repeated, a polite end."""

    action = "action_insult"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """A calm line."""
        if not turn.slot("insulted"):
            return ActionAnswer([("utter_calm", {})], {"insulted": True}, leaves_form=True)
        return ActionAnswer([("utter_calm_end", {})], {"insulted": None}, leaves_form=True)


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

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """What was just mentioned, inside a form its question again, else the menu or the
        opening."""
        if turn.form is not None:
            return ActionAnswer.of("utter_not_quite")
        wanted = next((_TAKEN_UP[each] for each in _TAKEN_UP if turn.said_last(each)), None)
        if wanted is not None:
            return ActionAnswer(then=wanted)
        if turn.facts.get("verified"):
            return ActionAnswer.of("utter_menu")
        answer = ActionAnswer(then=VERIFICATION_FORM)
        return answer.also(opening(turn)) if turn.is_first else answer


class Inform(Affirm):
    """A value that answers no question of a form.

    A number under a menu is a choice; an amount or a day to come is a promise in the making.
    """

    action = "action_inform"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The choice or the promise that the values make, or the same as to a yes."""
        if turn.form is not None:
            return await super().answer(turn)
        chosen = chosen_from_menu(turn)
        if chosen is not None:
            return ActionAnswer(then=chosen)
        reading = read(turn)
        amount = turn.facts.get("verified") and reading.of("amount")
        if amount or reading.day_to_come() is not None:
            return ActionAnswer(then="action_promise")
        return await super().answer(turn)


class ChooseOption(CoreAction):
    """A choice outside of a form: among the buttons that were just shown, by place."""

    action = "action_choose_option"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """What was chosen, or the menu, neutral for somebody who is not proven."""
        chosen = chosen_from_menu(turn)
        if chosen is not None:
            return ActionAnswer(then=chosen)
        menu = "utter_menu" if turn.facts.get("verified") else "utter_help_neutral"
        return ActionAnswer.of("utter_nothing_to_choose").also(menu)


def chosen_from_menu(turn: ActionContext) -> str | None:
    """The action of the button that is meant by its place: "2", "la segunda", "el último"."""
    place = read(turn, expecting="installments").first("ordinal")
    bare = turn.text.strip(" .)#")
    if place is None and bare.isascii() and bare.isdigit() and len(bare) == 1:
        place = int(bare)
    choices = turn.choices
    number = len(choices) if place == -1 else int(place or 0)
    if turn.form is not None or not 1 <= number <= len(choices):
        return None
    return ACTION_OF.get(choices[number - 1].removeprefix("/"))


class Deny(CoreAction):
    """A no: to the name, it asks who is there; to terms, what to change; else it is left."""

    action = "action_deny"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Neutral words, or the end of what was being agreed."""
        if turn.asked == "identity_confirmed":
            return ActionAnswer([("utter_not_the_person", {})], then=LISTEN)
        if turn.asked == "identity_proof":
            return ActionAnswer(then="action_refuse_verification")
        if turn.asked == "promise_confirmed" and not turn.said_last("utter_what_to_change"):
            return ActionAnswer([("utter_what_to_change", {})], then=LISTEN)
        if turn.form is not None:
            left = ActionAnswer([("utter_left", {})], {"proposal": None}, leaves_form=True)
            return left.also("utter_ways_to_settle") if turn.facts.get("verified") else left
        if turn.said_last("utter_promise_recorded", "utter_promise_moved"):
            return ActionAnswer(then="action_cancel")
        return ActionAnswer.of("utter_no_problem")


class Media(CoreAction):
    """A file that nobody asked for: kept, and shown to a person."""

    action = "action_media"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That it arrived."""
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.CLAIM_TO_CHECK
        )
        return ActionAnswer.of("utter_media_received")


class Resume(CoreAction):
    """The assistant again after a person: forgets what was open and offers what it can do."""

    action = "action_resume"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """That it is the assistant again."""
        answer = ActionAnswer([("utter_resume", {})], leaves_form=True)
        answer.slots = {"pending_action": None, "pending_words": None, "proposal": None}
        return answer.also("utter_menu") if turn.facts.get("verified") else answer


class Repeat(CoreAction):
    """Says the last thing again."""

    action = "action_repeat"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The last words of ours; a form asks its question itself."""
        if turn.form is not None:
            return ActionAnswer.of("utter_of_course")
        if not turn.facts.get("verified"):
            # what was said last may have been said to the proven debtor
            return ActionAnswer.of("utter_help_neutral")
        text = turn.last_words
        return (
            ActionAnswer.of("utter_repeat", text=text) if text else ActionAnswer.of("utter_hello")
        )


ACTIONS: Final = (
    Bot,
    Scam,
    Recording,
    Thank,
    Goodbye,
    HoldOn,
    Cancel,
    Help,
    Insult,
    Affirm,
    Inform,
    ChooseOption,
    Deny,
    Media,
    Resume,
    Repeat,
)
