"""What belongs to any conversation: yes and no without a question, thanks, not understanding."""

from typing import Any, Final

from actions.action import VERIFICATION_FORM, CoreAction, opening
from actions.reading import read
from actions.turn import Answer, Turn
from acuerdo.conversations.models import WaitingReason


class Says(CoreAction):
    """Says one thing; a form that was interrupted asks its question again."""

    response: str

    async def answer(self, turn: Turn) -> Answer:
        """The response."""
        return Answer.of(self.response)


class Bot(Says):
    """Whether this is a machine: yes, and a person is offered."""

    action = "action_is_bot"
    response = "utter_is_bot"


class Scam(CoreAction):
    """Whether this is a fraud: how to check it, and what we never ask for."""

    action = "action_is_scam"

    async def answer(self, turn: Turn) -> Answer:
        """The way to verify us."""
        named = bool(turn.facts.get("agency"))
        return Answer.of("utter_is_scam" if named else "utter_is_scam_plain")


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

    async def answer(self, turn: Turn) -> Answer:
        """A goodbye."""
        return Answer([(self.response, {})], leaves_form=True)


class HoldOn(CoreAction):
    """Somebody asks for a moment: we wait without asking again."""

    action = "action_hold_on"

    async def answer(self, turn: Turn) -> Answer:
        """That there is no hurry; the question stays open."""
        return Answer([("utter_hold_on", {})], then="action_listen")


class Cancel(CoreAction):
    """Leaves what was going on."""

    action = "action_cancel"

    async def answer(self, turn: Turn) -> Answer:
        """Nothing is recorded; the menu for the proven debtor."""
        answer = Answer([("utter_cancelled", {})], leaves_form=True)
        answer.slots = {"pending_action": None, "pending_words": None, "proposal": None}
        return answer.also("utter_menu") if turn.facts.get("verified") else answer


class Help(CoreAction):
    """What can be done here."""

    action = "action_help"

    async def answer(self, turn: Turn) -> Answer:
        """The menu, neutral for somebody who is not proven."""
        return Answer.of("utter_menu" if turn.facts.get("verified") else "utter_help_neutral")


class Insult(CoreAction):
    """Abuse: one calm line and a person; repeated, a polite end."""

    action = "action_insult"

    async def answer(self, turn: Turn) -> Answer:
        """A calm line."""
        if not turn.slot("insulted"):
            return Answer([("utter_calm", {})], {"insulted": True}, leaves_form=True)
        return Answer([("utter_calm_end", {})], {"insulted": None}, leaves_form=True)


class Affirm(CoreAction):
    """A yes that answers nothing we asked."""

    action = "action_affirm"

    async def answer(self, turn: Turn) -> Answer:
        """Inside a form its question again, else the menu or the opening."""
        if turn.form is not None:
            return Answer.of("utter_not_quite")
        if turn.facts.get("verified"):
            return Answer.of("utter_menu")
        answer = Answer(then=VERIFICATION_FORM)
        return answer.also(opening(turn)) if turn.is_first else answer


class Inform(Affirm):
    """A value that answers nothing we asked; a day to come, with an amount or not, is a promise."""

    action = "action_inform"

    async def answer(self, turn: Turn) -> Answer:
        """The promise that the values make, or the same as to a yes."""
        if turn.form is None and read(turn).day_to_come() is not None:
            return Answer(then="action_promise")
        return await super().answer(turn)


class Deny(CoreAction):
    """A no: to the name, it asks who is there; elsewhere it leaves things as they are."""

    action = "action_deny"

    async def answer(self, turn: Turn) -> Answer:
        """Neutral words."""
        if turn.asked == "identity_confirmed":
            return Answer([("utter_not_the_person", {})], then="action_listen")
        if turn.form is not None:
            return Answer.of("utter_not_quite")
        return Answer.of("utter_no_problem")


class Media(CoreAction):
    """A file that nobody asked for: kept, and shown to a person."""

    action = "action_media"

    async def answer(self, turn: Turn) -> Answer:
        """That it arrived."""
        await turn.core.ownership.flag(turn.conversation_id, WaitingReason.CLAIM_TO_CHECK)
        return Answer.of("utter_media_received")


class Resume(CoreAction):
    """The assistant again after a person: forgets what was open and offers what it can do."""

    action = "action_resume"

    async def answer(self, turn: Turn) -> Answer:
        """That it is the assistant again."""
        answer = Answer([("utter_resume", {})], leaves_form=True)
        answer.slots = {"pending_action": None, "pending_words": None, "proposal": None}
        return answer.also("utter_menu") if turn.facts.get("verified") else answer


class Repeat(CoreAction):
    """Says the last thing again."""

    action = "action_repeat"

    async def answer(self, turn: Turn) -> Answer:
        """The last words of ours; a form asks its question itself."""
        if turn.form is not None:
            return Answer.of("utter_of_course")
        if not turn.facts.get("verified"):
            # what was said last may have been said to the proven debtor
            return Answer.of("utter_help_neutral")
        said = [event for event in turn.tracker.events if event.get("event") == "bot"]
        text = said[-1].get("text") if said else None
        return Answer.of("utter_repeat", text=text) if text else Answer.of("utter_hello")


class NotUnderstood(CoreAction):
    """Asks once more, narrower; the second time a person is called in."""

    action = "action_not_understood"

    async def answer(self, turn: Turn) -> Answer:
        """A narrower question, or a person."""
        if not turn.slot("misunderstood"):
            slots: dict[str, Any] = {"misunderstood": 1}
            verified = bool(turn.facts.get("verified")) and turn.form is None
            response = "utter_not_understood_menu" if verified else "utter_not_understood"
            return Answer([(response, {})], slots)
        await turn.core.ownership.hand_over(turn.conversation_id, WaitingReason.NOT_UNDERSTOOD)
        return Answer([("utter_not_understood_twice", {})], {"misunderstood": 0}, leaves_form=True)


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
    Deny,
    Media,
    Resume,
    Repeat,
    NotUnderstood,
)
