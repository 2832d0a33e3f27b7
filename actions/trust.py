"""Who we are, and what we do with what we know."""

from typing import Final

from actions.action import VERIFICATION_FORM, CoreAction
from actions.fixed_response import FixedResponse
from actions.turn import ActionAnswer, ActionContext
from acuerdo.values.dates import say_date


class WhoIsCalling(CoreAction):
    """Who we are; the creditor is named to the proven debtor only."""

    action = "action_who_is_calling"
    intents = ("ask_who_is_calling",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the agency, and the creditor where the person is proven."""
        plain = "utter_who_agency" if turn.facts.get("agency") else "utter_who_plain"
        if not turn.verified:
            answer = ActionAnswer.of(plain)
            known = turn.form is not None or turn.slot("somebody_else")
            answer.then = None if known else VERIFICATION_FORM
            return answer
        _, debts = await turn.debts()
        names = " y ".join(dict.fromkeys(debt.creditor for debt in debts))
        return (
            ActionAnswer.of("utter_who_creditor", creditors=names)
            if names
            else ActionAnswer.of(plain)
        )


class Bot(FixedResponse):
    """Whether this is a machine: yes, and a person is offered."""

    action = "action_is_bot"
    intents = ("ask_if_bot",)
    response = "utter_is_bot"


class Scam(CoreAction):
    """Whether this is a fraud: how to check it, and what we never ask for."""

    action = "action_is_scam"
    intents = ("ask_if_scam",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the way to verify us."""
        named = bool(turn.facts.get("agency"))
        return ActionAnswer.of("utter_is_scam" if named else "utter_is_scam_plain")


class Recording(FixedResponse):
    """Whether this is recorded."""

    action = "action_recording"
    intents = ("ask_recording",)
    response = "utter_recording"


class DataRequest(CoreAction):
    """Where the data come from, or what to do with them."""

    action = "action_data_source"
    intents = ("ask_data_source",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the rights, and the day of the answer by the country's law."""
        _, due_on = await turn.core.cases.opening.data_request(turn.conversation_id, turn.text)
        return ActionAnswer.of("utter_data_rights", answer_by=say_date(due_on, turn.today))


ACTIONS: Final = (
    WhoIsCalling,
    Bot,
    Scam,
    Recording,
    DataRequest,
)
