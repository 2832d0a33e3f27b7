"""Not being able to pay, not wanting to, losing patience or hope."""

from typing import Final

from actions.action import CoreAction
from actions.contact import HandOver
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import Outcome, WaitingReason


class Hardship(CoreAction):
    """Somebody cannot pay: understanding and what can be done; never a question why."""

    action = "action_hardship"
    intents = ("report_hardship",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the ways that exist, to the proven debtor."""
        await turn.core.cases.opening.hardship(await turn.party(), turn.words)
        answer = ActionAnswer.of("utter_hardship")
        answer.outcome = Outcome.HARDSHIP
        answer.leaves_form = True
        return answer


class Refuse(CoreAction):
    """Somebody will not pay: one respectful offer, then it is left."""

    action = "action_refuse"
    intents = ("refuse_to_pay",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with a reframe the first time, a polite end the second."""
        await turn.party()
        if not turn.slot("refused"):
            return ActionAnswer([("utter_reframe", {})], {"refused": True}, leaves_form=True)
        answer = ActionAnswer([("utter_refusal_noted", {})], {"refused": None}, leaves_form=True)
        answer.outcome = Outcome.REFUSED
        return answer


class Insult(CoreAction):
    """Abuse: one calm line and a person; repeated, a polite end."""

    action = "action_insult"
    intents = ("insult",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with a calm line."""
        if not turn.slot("insulted"):
            return ActionAnswer([("utter_calm", {})], {"insulted": True}, leaves_form=True)
        return ActionAnswer([("utter_calm_end", {})], {"insulted": None}, leaves_form=True)


class Harm(HandOver):
    """Somebody may hurt themselves or others: where help is, and a person at once."""

    action = "action_harm"
    intents = ("threat_of_harm",)
    reason = WaitingReason.HARM

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the emergency line of the country."""
        await super().answer(turn)
        return ActionAnswer([("utter_harm", {"line": turn.country.emergency})], leaves_form=True)


ACTIONS: Final = (
    Hardship,
    Refuse,
    Insult,
    Harm,
)
