"""What is not accepted: the debt, how it is asked for, or who asks."""

from typing import Final

from actions.action import CoreAction
from actions.contact import HandOver
from actions.form import FormReader
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import Outcome, WaitingReason
from acuerdo.language.dispute_reasons import dispute_reason
from acuerdo.values.requests import DisputeReason

DISPUTE_FORM: Final = "dispute_form"


class Dispute(CoreAction):
    """Somebody does not accept the debt: the reason is asked once, then it is held."""

    action = "action_dispute"
    intents = ("dispute_debt",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the form, filled where the words give the reason."""
        _, debt = await turn.debt()
        reason = dispute_reason(turn.words)
        answer = ActionAnswer.of("utter_dispute_heard")
        answer.slots = {
            "debt": debt.external_id,
            "dispute_words": turn.words,
            "dispute_reason": None if reason is None else reason.value,
        }
        answer.then = DISPUTE_FORM
        return answer


class ReadDispute(FormReader):
    """Reads why the debt is not accepted; whatever is said is kept as it was said."""

    form = DISPUTE_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read the reason, `other` where it fits none."""
        if turn.intent in ("request_human", "cancel", "opt_out"):
            return ActionAnswer()
        reason = dispute_reason(turn.text) or DisputeReason.OTHER
        words = f"{turn.slot('dispute_words') or ''}\n{turn.text}".strip()
        return ActionAnswer(slots={"dispute_reason": reason.value, "dispute_words": words})


class RecordDispute(CoreAction):
    """Opens the dispute: nobody asks for the debt until a person has checked it."""

    action = "action_record_dispute"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say what happens now."""
        party, debt = await turn.debt()
        reason = DisputeReason(turn.slot("dispute_reason"))
        words = str(turn.slot("dispute_words") or turn.text)
        await turn.core.cases.opening.dispute(party, debt.id, reason, words)
        await turn.core.conversations.hand_off.flag(turn.conversation_id, WaitingReason.DISPUTE)
        answer = ActionAnswer.of("utter_dispute_recorded", product=debt.product)
        answer.slots = {"dispute_reason": None, "dispute_words": None}
        answer.outcome = Outcome.DISPUTE
        return answer


class Complain(HandOver):
    """Somebody complains: an apology, written down, and a person."""

    action = "action_complain"
    intents = ("complain",)
    reason = WaitingReason.COMPLAINT
    response = "utter_complaint"


class Legal(CoreAction):
    """A lawyer, an insolvency or a limitation: everything stops until a person has looked."""

    action = "action_legal"
    intents = ("claim_time_barred", "legal_representation")

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that it was noted, and that a person will look at it."""
        await turn.core.cases.opening.representative(turn.conversation_id, turn.text)
        return ActionAnswer([("utter_legal", {})], leaves_form=True)


class PriorAgreement(HandOver):
    """Somebody has agreed on something elsewhere: a person checks it."""

    action = "action_prior_agreement"
    intents = ("claim_prior_agreement",)
    response = "utter_prior_agreement"


ACTIONS: Final = (
    Dispute,
    ReadDispute,
    RecordDispute,
    Complain,
    Legal,
    PriorAgreement,
)
