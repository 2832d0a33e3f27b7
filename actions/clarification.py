"""Not understanding one another: the likeliest readings as choices, the same again, a person."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import yaml

from actions.action import LISTEN, CoreAction
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import WaitingReason
from acuerdo.language.options import place_in
from acuerdo.platform.settings import ROOT


@dataclass(frozen=True)
class IntentReading:
    """How a reading is offered; `neutral` may be read by whoever holds the phone."""

    words: str
    neutral: bool = False


# A reading less likely than this would be a guess out of nothing.
_LEAST_SHARE: Final = 0.1
_WHO_IS_THERE: Final = frozenset(("confirm_identity", "third_party", "wrong_person"))


@cache
def readings() -> dict[str, IntentReading]:
    """Read from domain.yml what can be meant by somebody who was not understood.

    An intent without words for a button is never offered: a yes, a thanks, or what nobody should
    be led to (a threat, abuse).
    """
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    facts = {name: fact for each in domain["intents"] if isinstance(each, dict)
             for name, fact in each.items()}  # fmt: skip
    return {
        name: IntentReading(fact["button"], fact.get("neutral", False))
        for name, fact in facts.items()
        if "button" in fact
    }


class NotUnderstood(CoreAction):
    """Asks once more, narrower; the second time a person is called in."""

    action = "action_not_understood"
    intents = ("out_of_scope", "nlu_fallback")

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the two likeliest readings, else a narrower question, else a person."""
        if turn.slot("misunderstood"):
            return await self._give_up(turn)
        offered = likeliest(turn)
        if len(offered) > 1:
            return self._offer(turn, *offered)
        menu = turn.verified and turn.form is None
        response = "utter_not_understood_menu" if menu else "utter_not_understood"
        return ActionAnswer([(response, {})], {"misunderstood": 1})

    @staticmethod
    async def _give_up(turn: ActionContext) -> ActionAnswer:
        await turn.core.conversations.hand_off.hand_over(
            turn.conversation_id, WaitingReason.NOT_UNDERSTOOD
        )
        nothing_open = {"misunderstood": 0, "unclear_words": None}
        return ActionAnswer([("utter_not_understood_twice", {})], nothing_open, leaves_form=True)

    @staticmethod
    def _offer(turn: ActionContext, first: str, second: str) -> ActionAnswer:
        asked = ActionAnswer.of(
            "utter_did_you_mean",
            first=readings()[first].words,
            first_intent=first,
            second=readings()[second].words,
            second_intent=second,
        )
        asked.slots = {"misunderstood": 1, "unclear_words": turn.text}
        asked.then = LISTEN
        return asked


def likeliest(turn: ActionContext) -> list[str]:
    """Give the two likeliest readings that may be offered to whoever reads; fewer if there are."""
    if turn.intent == "out_of_scope":
        return []
    known = readings()
    return [
        intent
        for intent, share in turn.ranking
        if share >= _LEAST_SHARE
        and intent in known
        and (known[intent].neutral or turn.verified)
        and (intent not in _WHO_IS_THERE or turn.asked == "identity_confirmed")
    ][:2]


class Help(CoreAction):
    """What can be done here."""

    action = "action_help"
    intents = ("help",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the menu, neutral for somebody who is not proven."""
        return ActionAnswer.of("utter_menu" if turn.verified else "utter_help_neutral")


class ChooseOption(CoreAction):
    """A choice outside of a form: among the buttons that were just shown, by place."""

    action = "action_choose_option"
    intents = ("choose_option",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say what was chosen, or the menu, neutral for somebody who is not proven."""
        chosen = chosen_from_menu(self, turn)
        if chosen is not None:
            return ActionAnswer(then=chosen)
        menu = "utter_menu" if turn.verified else "utter_help_neutral"
        return ActionAnswer.of("utter_nothing_to_choose").also(menu)


def chosen_from_menu(action: CoreAction, turn: ActionContext) -> str | None:
    """Give the action of the button that is meant by its place: "2", "la segunda", "el último"."""
    place = place_in(turn.read(expecting="installments"), turn.text, len(turn.choices))
    if turn.form is not None or place is None:
        return None
    chosen = action.by_intent.get(turn.choices[place - 1].removeprefix("/"))
    return None if chosen is None else chosen.action


class Repeat(CoreAction):
    """FixedResponse the last thing again."""

    action = "action_repeat"
    intents = ("repeat",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the last words of ours; a form asks its question itself."""
        if turn.form is not None:
            return ActionAnswer.of("utter_of_course")
        if not turn.verified:
            # what was said last may have been said to the proven debtor
            return ActionAnswer.of("utter_help_neutral")
        text = turn.last_words
        return (
            ActionAnswer.of("utter_repeat", text=text) if text else ActionAnswer.of("utter_hello")
        )


ACTIONS: Final = (
    NotUnderstood,
    Help,
    ChooseOption,
    Repeat,
)
