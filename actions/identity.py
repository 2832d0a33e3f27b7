"""Opening, proving an identity, and those who are not the debtor."""

import re
from typing import Final

from actions.action import VERIFICATION_FORM, CoreAction, FormReader, opening
from actions.reading import read
from actions.turn import ActionAnswer, ActionContext
from acuerdo.contact.models import Purpose
from acuerdo.conversations.identity import VerificationState
from acuerdo.conversations.models import WaitingReason

_TOKEN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]*")
_SHORTEST_PROOF: Final = 4
# What is told once a person whom we wrote to has proven who they are.
REMIND: Final = "action_remind"
_YES: Final = {"affirm", "confirm_identity"}
# What says something of its own is no proof, whatever figures are in it: an hour, an amount.
_NOT_A_PROOF: Final = {
    "already_paid", "callback_later", "change_promise", "counter_offer", "opt_out", "pay_now",
    "promise_to_pay", "refuse_verification", "report_hardship", "request_human", "request_plan",
    "third_party", "update_contact_data", "wrong_person",
}  # fmt: skip


class Greet(CoreAction):
    """Answers a greeting: says who we are and asks neutrally for the person, or shows the menu."""

    action = "action_greet"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The opening, or the menu for somebody who is proven."""
        if turn.is_outreach:
            return await self._of_our_own_accord(turn)
        if turn.facts.get("verified"):
            return ActionAnswer.of("utter_greet_again").also("utter_menu")
        if turn.form is not None:
            return ActionAnswer.of("utter_hello")
        answer = ActionAnswer.of(opening(turn))
        answer.then = VERIFICATION_FORM
        return answer

    @staticmethod
    async def _of_our_own_accord(turn: ActionContext) -> ActionAnswer:
        """We begin: the neutral opening, and after the proof the answer to a case, or what
        stands agreed."""
        after = None if turn.facts.get("purpose") == Purpose.CASE_ANSWER else REMIND
        if turn.facts.get("verified"):
            return await with_answers(turn, ActionAnswer([("utter_greet_again", {})], then=after))
        return ActionAnswer(
            [(opening(turn), {})],
            {"pending_action": after, "pending_words": None},
            then=VERIFICATION_FORM,
        )


class ReadVerification(FormReader):
    """Reads who is speaking and their proofs; what is proven is kept by the core only."""

    form = VERIFICATION_FORM

    async def begin(self, turn: ActionContext) -> ActionAnswer:
        """Somebody unknown is not asked for by name; somebody locked is not asked at all."""
        proof = await turn.core.conversations.identity.proof(turn.conversation_id)
        if proof.state in (VerificationState.VERIFIED, VerificationState.LOCKED):
            done = {"identity_confirmed": True, "identity_proof": proof.state.value}
            return ActionAnswer(slots=done)
        slots: dict[str, object] = {"identity_proof": None, "factor": proof.factor}
        if not turn.facts.get("known"):
            slots["identity_confirmed"] = True
        return ActionAnswer(slots=slots)

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """A yes to the name, or an answer to the factor that was asked."""
        given = _given(turn)
        if turn.asked == "identity_confirmed":
            if turn.intent in _YES or (given and turn.slot("factor") == "document_last4"):
                confirmed = ActionAnswer(slots={"identity_confirmed": True})
                return await self._judge(turn, given, confirmed) if given else confirmed
            return ActionAnswer()
        if given is None:
            return ActionAnswer()
        return await self._judge(turn, given, ActionAnswer())

    async def _judge(self, turn: ActionContext, given: str, answer: ActionAnswer) -> ActionAnswer:
        proof = await turn.core.conversations.identity.answer(turn.conversation_id, turn.id, given)
        if proof.state in (VerificationState.VERIFIED, VerificationState.LOCKED):
            answer.slots["identity_proof"] = proof.state.value
            return answer
        answer.slots |= {"identity_proof": None, "factor": proof.factor}
        if proof.state is VerificationState.FAILED:
            if proof.left == 1:
                answer.also("utter_last_try")
            else:
                answer.also("utter_proof_failed", left=proof.left)
        return answer


def _given(turn: ActionContext) -> str | None:
    """What was given as the factor that is asked: an ISO date, or the characters of a document."""
    if turn.intent in _NOT_A_PROOF:
        return None
    if turn.slot("factor") == "birth_date":
        birth = read(turn, expecting="date", words=turn.text).day()
        return None if birth is None else birth.isoformat()
    digits = read(turn, expecting="digits", words=turn.text).first("digits")
    if digits is not None and len(str(digits)) >= _SHORTEST_PROOF:
        return str(digits)
    written = [token.strip(".-") for token in _TOKEN.findall(turn.text)]
    numbered = [each for each in written if any(char.isdigit() for char in each)]
    proofs = [each for each in numbered if len(each) >= _SHORTEST_PROOF]
    return proofs[0] if len(proofs) == 1 else None


class AfterVerification(CoreAction):
    """Goes on with what was wanted before the proof, or ends politely."""

    action = "action_after_verification"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The pending wish, the menu, or a person for somebody who is locked out."""
        proof = await turn.core.conversations.identity.proof(turn.conversation_id)
        cleared = {"identity_confirmed": None, "identity_proof": None}
        if proof.state is VerificationState.VERIFIED:
            wanted = turn.slot("pending_action")
            answer = ActionAnswer.of("utter_verified" if wanted else "utter_verified_menu")
            answer.slots = cleared | {"pending_action": None}
            if wanted:
                answer.slots["pending_words"] = turn.slot("pending_words")
            answer.then = wanted
            return await with_answers(turn, answer)
        await turn.core.conversations.hand_off.hand_over(
            turn.conversation_id, WaitingReason.LOCKED_OUT
        )
        return ActionAnswer([("utter_locked", {})], cleared | {"pending_action": None})


async def with_answers(turn: ActionContext, answer: ActionAnswer) -> ActionAnswer:
    """The same, and before all else what came of the proven debtor's cases."""
    heard = await turn.core.cases.answers.hear(await turn.party())
    told = [("utter_case_answer", {"answer": each}) for each in heard]
    answer.says = [*answer.says[:1], *told, *answer.says[1:]]
    return answer


class ConfirmIdentity(CoreAction):
    """Somebody says who they are without having been asked."""

    action = "action_confirm_identity"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Thanks, and the proof that is still missing."""
        if turn.facts.get("verified"):
            return ActionAnswer.of("utter_already_verified")
        said = {"identity_confirmed": True, "somebody_else": None}
        answer = ActionAnswer(slots=said, then=VERIFICATION_FORM)
        return answer.also(opening(turn)) if turn.is_first else answer


class RefuseVerification(CoreAction):
    """Offers another way to somebody who will not give their data."""

    action = "action_refuse_verification"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Another way the first time, a polite end the second."""
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

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """An apology; nothing is disclosed. Who has proven to be the debtor is asked first."""
        if turn.facts.get("verified") and turn.text:
            # a misread sentence must not retire their number: only the button says it for sure
            return ActionAnswer([("utter_not_the_person", {})], then="action_listen")
        await turn.core.conversations.addressees.wrong_person(turn.conversation_id)
        return ActionAnswer([("utter_wrong_person", {})], leaves_form=True)


class ThirdParty(CoreAction):
    """A relative or colleague answers: neutral words and a better time."""

    action = "action_third_party"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Thanks, and the question when the person can be found; it is asked once."""
        await turn.core.conversations.addressees.third_party(turn.conversation_id)
        answer = ActionAnswer.of("utter_third_party")
        if turn.slot("somebody_else") == "done":
            answer.leaves_form = True
            return answer
        answer.slots = {"callback_at": None, "for_other": True, "somebody_else": "here"}
        answer.then = "callback_form"
        return answer


class ReportDeceased(CoreAction):
    """The debtor is said to have died: condolences, all contact stops, a person takes over."""

    action = "action_report_deceased"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Condolences and nothing else."""
        await turn.core.cases.opening.death(turn.conversation_id, turn.text)
        return ActionAnswer([("utter_deceased", {})], leaves_form=True)


ACTIONS: Final = (
    Greet,
    ReadVerification,
    AfterVerification,
    ConfirmIdentity,
    RefuseVerification,
    WrongPerson,
    ThirdParty,
    ReportDeceased,
)
