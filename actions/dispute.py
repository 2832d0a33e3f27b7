"""A debt that is not accepted."""

import re
from typing import Final

from actions.action import CoreAction, FormReader
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import Outcome, WaitingReason
from acuerdo.debts.models import DisputeReason

DISPUTE_FORM: Final = "dispute_form"
_REASONS: Final = (
    (DisputeReason.IDENTITY_THEFT, r"suplanta|robar?on mi|clon|falsific|fraude|a mi nombre|usaron"),
    (DisputeReason.NOT_RECEIVED, r"no (?:me )?(?:lleg|recib|entreg|instal|funcion|sirv)|nunca me"),
    (
        DisputeReason.WRONG_AMOUNT,
        r"monto|cobran? de m[aá]s|de m[aá]s|incorrect|no es (?:eso|tanto|esa cantidad)|inter[eé]s",
    ),
    (
        DisputeReason.NOT_MINE,
        r"no es m[ií]|no (?:la )?reconozco|no (?:es|son) m[ií]|jam[aá]s"
        r"|nunca (?:saqu|ped|compr|contrat|tuve)|no (?:saqu|ped|compr|contrat)",
    ),
)


def reason_in(words: str) -> DisputeReason | None:
    """The reason that the words give, if they give one."""
    lowered = words.lower()
    return next((reason for reason, said in _REASONS if re.search(said, lowered)), None)


class Dispute(CoreAction):
    """Somebody does not accept the debt: the reason is asked once, then it is held."""

    action = "action_dispute"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The form, filled where the words give the reason."""
        _, debt = await turn.debt()
        reason = reason_in(turn.words)
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
        """The reason, `other` where it fits none."""
        if turn.intent in ("request_human", "cancel", "opt_out"):
            return ActionAnswer()
        reason = reason_in(turn.text) or DisputeReason.OTHER
        words = f"{turn.slot('dispute_words') or ''}\n{turn.text}".strip()
        return ActionAnswer(slots={"dispute_reason": reason.value, "dispute_words": words})


class RecordDispute(CoreAction):
    """Opens the dispute: nobody asks for the debt until a person has checked it."""

    action = "action_record_dispute"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """What happens now."""
        party, debt = await turn.debt()
        reason = DisputeReason(turn.slot("dispute_reason"))
        words = str(turn.slot("dispute_words") or turn.text)
        await turn.core.cases.opening.dispute(party, debt.id, reason, words)
        await turn.core.conversations.hand_off.flag(turn.conversation_id, WaitingReason.DISPUTE)
        answer = ActionAnswer.of("utter_dispute_recorded", product=debt.product)
        answer.slots = {"dispute_reason": None, "dispute_words": None}
        answer.outcome = Outcome.DISPUTE
        return answer


ACTIONS: Final = (Dispute, ReadDispute, RecordDispute)
