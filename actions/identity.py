"""Proving an identity, and those who are not the debtor."""

from typing import Final

from actions.action import LISTEN, VERIFICATION_FORM, CoreAction, opening, with_answers
from actions.contact import CALLBACK_FORM
from actions.form import FormReader
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.identity import VerificationProgress, VerificationState
from acuerdo.conversations.models import WaitingReason
from acuerdo.language.birth_dates import birth_date_given
from acuerdo.language.proofs import document_given, names_proof

_ENDINGS: Final = {"document_last4", "account_last4"}
_YES: Final = {"affirm", "confirm_identity"}
_OVER: Final = (
    VerificationState.VERIFIED,
    VerificationState.LOCKED,
    VerificationState.UNPROVABLE,
)
# What says something of its own is no proof, whatever figures are in it: an hour, an amount.
_NOT_A_PROOF: Final = {
    "already_paid", "callback_later", "change_promise", "counter_offer", "opt_out", "pay_now",
    "promise_to_pay", "refuse_verification", "report_hardship", "request_human", "request_plan",
    "third_party", "update_contact_data", "wrong_person",
}  # fmt: skip


class ReadVerification(FormReader):
    """Reads who is speaking and their proofs; what is proven is kept by the core only."""

    form = VERIFICATION_FORM

    async def begin(self, turn: ActionContext) -> ActionAnswer:
        """Somebody unknown is not asked for by name; somebody locked is not asked at all."""
        proof = await turn.core.conversations.identity.proof(turn.conversation_id)
        if proof.state in _OVER:
            done = {"identity_confirmed": True, "identity_proof": proof.state.value}
            return ActionAnswer(slots=done)
        slots: dict[str, object] = {"identity_proof": None, "factor": proof.factor}
        if not turn.facts.get("known") or not turn.facts.get("name"):
            slots["identity_confirmed"] = True
        return ActionAnswer(slots=slots)

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read a yes to the name, or an answer to the factor that was asked."""
        given = _given(turn)
        answer = ActionAnswer()
        if turn.asked == "identity_confirmed":
            if turn.intent not in _YES and not (given and turn.slot("factor") in _ENDINGS):
                return answer
            answer.slots["identity_confirmed"] = True
        return answer if given is None else await self._judge(turn, given, answer)

    async def _judge(self, turn: ActionContext, given: str, answer: ActionAnswer) -> ActionAnswer:
        proof = await turn.core.conversations.identity.answer(turn.conversation_id, turn.id, given)
        answer.judged = True
        if proof.state in _OVER:
            answer.slots["identity_proof"] = proof.state.value
            return answer
        answer.slots |= {"identity_proof": None, "factor": proof.factor}
        return _tell_failure(answer, proof) if proof.state is VerificationState.FAILED else answer


def _tell_failure(answer: ActionAnswer, proof: VerificationProgress) -> ActionAnswer:
    if proof.left == 1:
        return answer.also("utter_last_try")
    return answer.also("utter_proof_failed", left=proof.left)


def _given(turn: ActionContext) -> str | None:
    """Read the factor that was asked for: an ISO date, or the characters of a number.

    What says something of its own is no proof, whatever figures are in it, unless it names one.
    """
    context = turn.reading_context(expecting="digits")
    if turn.slot("factor") == "birth_date":
        birth = birth_date_given(turn.text, context)
        given = None if birth is None else birth.isoformat()
    else:
        account = turn.slot("factor") == "account_last4"
        home = turn.facts.get("country") or None
        given = document_given(turn.text, context, home=home, account=account)
    return None if turn.intent in _NOT_A_PROOF and not names_proof(turn.text, context) else given


class AfterVerification(CoreAction):
    """Goes on with what was wanted before the proof, or ends politely."""

    action = "action_after_verification"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the pending wish, the menu, or a person for somebody who is locked out."""
        cleared = {"identity_confirmed": None, "identity_proof": None, "pending_action": None}
        proof = await turn.core.conversations.identity.proof(turn.conversation_id)
        if proof.state is VerificationState.UNPROVABLE:
            return ActionAnswer([("utter_unprovable", {})], cleared)
        if proof.state is not VerificationState.VERIFIED:
            await turn.core.conversations.hand_off.hand_over(
                turn.conversation_id, WaitingReason.LOCKED_OUT
            )
            return ActionAnswer([("utter_locked", {})], cleared)
        wanted = turn.slot("pending_action")
        if not wanted:
            return await with_answers(turn, ActionAnswer([("utter_verified_menu", {})], cleared))
        kept = {"pending_words": turn.slot("pending_words")}
        answer = ActionAnswer([("utter_verified", {})], cleared | kept, then=wanted)
        return await with_answers(turn, answer)


class ConfirmIdentity(CoreAction):
    """Somebody says who they are without having been asked."""

    action = "action_confirm_identity"
    intents = ("confirm_identity",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with thanks, and the proof that is still missing."""
        if turn.verified:
            return ActionAnswer.of("utter_already_verified")
        said = {"identity_confirmed": True, "somebody_else": None}
        answer = ActionAnswer(slots=said, then=VERIFICATION_FORM)
        return answer.also(opening(turn)) if turn.is_first else answer


class RefuseVerification(CoreAction):
    """Offers another way to somebody who will not give their data."""

    action = "action_refuse_verification"
    intents = ("refuse_verification",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with another way the first time, a polite end the second."""
        if turn.slot("refused_proof"):
            end = ActionAnswer.of("utter_refused_proof_twice")
            end.leaves_form = True
            end.slots = {"refused_proof": None}
            return end
        return ActionAnswer(
            [("utter_refused_proof", {})], {"refused_proof": True}, leaves_form=True
        )


class WrongPerson(CoreAction):
    """The address belongs to somebody else: apologise and never use it for the debtor again."""

    action = "action_wrong_person"
    intents = ("wrong_person",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Apologise and disclose nothing; who has proven to be the debtor is asked first."""
        if turn.verified and turn.text:
            # a misread sentence must not retire their number: only the button says it for sure
            return ActionAnswer([("utter_not_the_person", {})], then=LISTEN)
        await turn.core.conversations.addressees.wrong_person(turn.conversation_id)
        return ActionAnswer([("utter_wrong_person", {})], leaves_form=True)


class ThirdParty(CoreAction):
    """A relative or colleague answers: neutral words and a better time."""

    action = "action_third_party"
    intents = ("third_party",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with thanks, and the question when the person can be found; it is asked once."""
        await turn.core.conversations.addressees.third_party(turn.conversation_id)
        answer = ActionAnswer.of("utter_third_party")
        if turn.slot("somebody_else") == "done":
            answer.leaves_form = True
            return answer
        answer.slots = {"callback_at": None, "for_other": True, "somebody_else": "here"}
        answer.then = CALLBACK_FORM
        return answer


class ReportDeceased(CoreAction):
    """The debtor is said to have died: condolences, all contact stops, a person takes over."""

    action = "action_report_deceased"
    intents = ("report_deceased",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with condolences and nothing else."""
        await turn.core.cases.opening.death(turn.conversation_id, turn.text)
        return ActionAnswer([("utter_deceased", {})], leaves_form=True)


ACTIONS: Final = (
    ReadVerification,
    AfterVerification,
    ConfirmIdentity,
    RefuseVerification,
    WrongPerson,
    ThirdParty,
    ReportDeceased,
)
