"""Promising to pay: amount and date, checked against policy, read back, confirmed, recorded."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.action import CoreAction, FormReader
from actions.reading import Reading, read
from actions.turn import ActionAnswer, ActionContext, Slots
from acuerdo.agreements.drafting import Draft, StatedTerms, revised
from acuerdo.agreements.models import ProposalKind
from acuerdo.agreements.offers import OfferRefusal, PromiseTerms
from acuerdo.agreements.policy_limits import limits_of, owed_of
from acuerdo.agreements.service import Agreed, PromiseProposal
from acuerdo.conversations.models import Outcome
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.dates import say_date, say_short
from acuerdo.values.money import Money

PROMISE_FORM: Final = "promise_form"
EMPTY: Final[Slots] = {
    "promise_amount": None,
    "promise_date": None,
    "promise_moves": None,
    "promise_settles": None,
    "promise_confirmed": None,
    "proposal": None,
}
EITHER: Final = (
    "unclear", "either_first", "either_first_title", "either_first_value",
    "either_second", "either_second_title", "either_second_value",
)  # fmt: skip
# These mean something of their own even where they name an amount or a date.
DIGRESSIONS: Final = {
    "already_paid", "callback_later", "cancel", "claim_prior_agreement", "claim_time_barred",
    "complain", "dispute_debt", "insult", "legal_representation", "opt_out", "pay_now",
    "refuse_to_pay", "report_deceased", "report_hardship", "request_discount", "request_human",
    "request_plan", "third_party", "threat_of_harm", "update_contact_data", "wrong_person",
}  # fmt: skip
CLOSING: Final = re.compile(
    r"\b(salda\w*|finiquit\w*|cerr(?:ar|amos|emos)\w*|cierr\w*|cancel\w* (?:todo|la deuda)|"
    r"quedar? a mano|liquid\w*|y listo|y ya est[aá]|quita|paz y salvo)\b",
    re.I,
)
_QUESTION: Final = re.compile(
    r"\?|\bqué\b|\bque (?:es|son|pasa|saldo)\b|\b(?:cu[aá]nt|cu[aá]ndo|c[oó]mo|d[oó]nde|qui[eé]n)",
    re.I,
)
_AMOUNT_WORDS: Final = re.compile(r"\b(monto|cantidad|cu[aá]nto|importe|plata|valor)\b", re.I)
_DATE_WORDS: Final = re.compile(r"\b(fecha|d[ií]a|cu[aá]ndo)\b", re.I)


def said_in(reading: Reading, debt: DebtView) -> StatedTerms:
    """What the words say about a promise for this debt."""
    relative = reading.first("relative_amount")
    return StatedTerms(
        amounts=reading.amounts(debt.balance.currency),
        relative=None if relative is None else str(relative),
        days=reading.days() or tuple(day for day in (reading.day(),) if day is not None),
    )


def draft_in(turn: ActionContext, debt: DebtView) -> Draft:
    """The promise as far as the form has it."""
    amount, due_on = turn.slot("promise_amount"), turn.slot("promise_date")
    return Draft(
        amount=None if amount is None else Money(int(amount), debt.balance.currency),
        due_on=None if due_on is None else date.fromisoformat(due_on),
    )


async def proposed(
    turn: ActionContext, party: VerifiedParty, debt: DebtView, draft: Draft, *, moves: bool
) -> ActionAnswer:
    """The slots of a draft, with a proposal to read back once it is complete and allowed."""
    slots: Slots = {
        "promise_amount": None if draft.amount is None else str(draft.amount.minor),
        "promise_date": None if draft.due_on is None else draft.due_on.isoformat(),
        "promise_moves": moves,
        "promise_settles": None,
        "promise_confirmed": None,
        "proposal": None,
        "overdue_text": (debt.overdue if debt.overdue.minor else debt.balance).text(debt.country),
        "balance_text": debt.balance.text(debt.country),
    }
    slots |= _either(draft, debt)
    answer = ActionAnswer(slots=slots)
    if draft.amount is None or draft.due_on is None:
        return answer
    terms = PromiseTerms(draft.amount, draft.due_on)
    verdict = await turn.core.agreements.negotiation.propose_promise(
        party, debt, terms, words=turn.words, replacing=moves
    )
    return _read_back(answer, verdict, debt)


def _either(draft: Draft, debt: DebtView) -> Slots:
    """The two readings that the form asks to choose between; none where all is clear."""
    slots: Slots = dict.fromkeys(EITHER)
    if draft.unclear_amounts:
        slots["unclear"] = "amount"
        for place, money in zip(("first", "second"), draft.unclear_amounts, strict=False):
            text = money.text(debt.country)
            slots |= {f"either_{place}": text, f"either_{place}_title": text}
            slots[f"either_{place}_value"] = str(money.minor)
    elif draft.unclear_days:
        slots["unclear"] = "day"
        for place, day in zip(("first", "second"), draft.unclear_days, strict=False):
            slots |= {
                f"either_{place}": say_date(day, debt.today),
                f"either_{place}_title": say_short(day),
                f"either_{place}_value": day.isoformat(),
            }
    return slots


def _chosen_reading(
    turn: ActionContext, reading: Reading, said: StatedTerms, debt: DebtView
) -> StatedTerms:
    """What is said about the two readings that were asked for; the first where it is said again
    as it was, for it is read back anyway."""
    unclear = turn.slot("unclear")
    values = [str(turn.slot(f"either_{place}_value")) for place in ("first", "second")]
    ordinal = reading.first("ordinal")
    place = {1: 0, 2: 1, -1: 1}.get(int(ordinal)) if ordinal is not None else None
    if unclear == "day":
        days = tuple(date.fromisoformat(value) for value in values)
        if place is None and len(said.days) > 1 and set(said.days) >= set(days):
            place = 0
        return said if place is None else replace(said, days=(days[place],))
    if unclear == "amount":
        amounts = tuple(Money(int(value), debt.balance.currency) for value in values)
        if place is None and len(said.amounts) > 1 and set(said.amounts) >= set(amounts):
            place = 0
        return said if place is None else replace(said, amounts=(amounts[place],))
    return said


def _read_back(
    answer: ActionAnswer, verdict: PromiseProposal | OfferRefusal, debt: DebtView
) -> ActionAnswer:
    if isinstance(verdict, OfferRefusal):
        wrong = "promise_date" if verdict.day is not None else "promise_amount"
        answer.slots[wrong] = None
        return answer.also(f"utter_{verdict.reason}", **refusal_values(verdict, debt))
    answer.slots |= {
        "proposal": str(verdict.id),
        "amount_text": verdict.terms.amount.text(debt.country),
        "date_text": say_date(verdict.terms.due_on, debt.today),
        "product_text": debt.product,
    }
    return answer


def refusal_values(refusal: OfferRefusal, debt: DebtView) -> dict[str, Any]:
    """The limit that a refusal names, as the person hears it."""
    return {
        "amount": "" if refusal.amount is None else refusal.amount.text(debt.country),
        "day": "" if refusal.day is None else say_date(refusal.day, debt.today),
    }


class Promise(CoreAction):
    """Somebody says they will pay: takes amount and date from the sentence, asks for the rest."""

    action = "action_promise"
    is_moving: ClassVar[bool] = False

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The form, filled with what was said; a promise that stands is moved."""
        party, debt = await turn.payable_debt()
        standing = await turn.core.agreements.current.open_promise(party, debt)
        reading = read(turn)
        said = said_in(reading, debt)
        if standing is not None and self.is_moving:
            said = replace(said, days=reading.last_days_to_come())
        if standing is not None and not self.is_moving and _says_again(said, standing):
            values = {
                "amount": standing.amount.text(debt.country),
                "day": say_date(standing.due_on, debt.today),
            }
            return ActionAnswer([("utter_as_promised", values)])
        if standing is not None and self.is_moving and said.days == (standing.due_on,):
            # "el viernes no voy a poder" names the day that will not do
            said = replace(said, days=())
        draft = Draft() if standing is None else Draft(standing.amount, standing.due_on)
        if standing is not None and not said.days:
            draft = Draft(standing.amount, None)
        draft = revised(draft, said, owed_of(debt), limits_of(debt))
        answer = await proposed(turn, party, debt, draft, moves=standing is not None)
        answer.then = PROMISE_FORM
        answer.slots["debt"] = debt.external_id
        return answer


class ChangePromise(Promise):
    """Somebody wants to move the promise they made; without one it is a new promise."""

    action = "action_change_promise"
    is_moving = True


class RequestExtension(Promise):
    """Somebody asks for more time: a date inside policy is a promise."""

    action = "action_request_extension"
    is_moving = True

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The form after a word of understanding."""
        answer = await super().answer(turn)
        answer.says.insert(0, ("utter_more_time", {}))
        return answer


class ReadPromise(FormReader):
    """Reads amount, date and the yes; a correction at any point makes a new proposal."""

    form = PROMISE_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """The slots after one more message."""
        if turn.intent in DIGRESSIONS or _asks(turn):
            return ActionAnswer()
        party, debt = await turn.debt()
        expecting = {"promise_amount": "amount", "promise_date": "date"}.get(turn.asked or "")
        reading = read(turn, expecting=expecting, words=turn.text)
        said = _chosen_reading(turn, reading, said_in(reading, debt), debt)
        if turn.slot("promise_settles") and (said.amounts or said.relative):
            # another amount for closing the debt is an offer, not a part of it
            return ActionAnswer(then="action_counter_offer", leaves_form=True)
        closing = reading.first("frequency") is not None or CLOSING.search(turn.text) is not None
        if turn.intent == "counter_offer" and closing:
            return ActionAnswer()
        if not said.nothing:
            draft = revised(draft_in(turn, debt), said, owed_of(debt), limits_of(debt))
            return await proposed(turn, party, debt, draft, moves=bool(turn.slot("promise_moves")))
        if reading.other_currency(debt.balance.currency):
            return ActionAnswer([("utter_local_currency", {})], {"promise_amount": None})
        return self._confirmed(turn) if turn.asked == "promise_confirmed" else ActionAnswer()

    @staticmethod
    def _confirmed(turn: ActionContext) -> ActionAnswer:
        if turn.intent in ("affirm", "confirm_identity"):
            return ActionAnswer(slots={"promise_confirmed": True})
        if _AMOUNT_WORDS.search(turn.text):
            return ActionAnswer(slots={"promise_amount": None, "proposal": None})
        if _DATE_WORDS.search(turn.text):
            return ActionAnswer(slots={"promise_date": None, "proposal": None})
        return ActionAnswer()


def _says_again(said: StatedTerms, standing: PromiseTerms) -> bool:
    """Whether the words promise just what is promised already."""
    same_day = said.days == (standing.due_on,)
    return same_day and said.relative is None and said.amounts in ((), (standing.amount,))


def _asks(turn: ActionContext) -> bool:
    """Whether something is asked; "la fecha" or "el total" alone only look like it."""
    return turn.intent.startswith("ask_") and _QUESTION.search(turn.text) is not None


class RecordAgreement(CoreAction):
    """Records what was read back and confirmed."""

    action = "action_record_agreement"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The receipt of what was recorded."""
        party, debt = await turn.debt()
        proposal = turn.slot("proposal")
        agreed = await turn.core.agreements.negotiation.accept(party, UUID(str(proposal)))
        answer = _receipt(agreed, debt)
        answer.slots = (
            dict(EMPTY) | dict.fromkeys(EITHER) | {"plan_options": None, "plan_confirmed": None}
        )
        return answer


def _receipt(agreed: Agreed, debt: DebtView) -> ActionAnswer:
    values = {
        "amount": agreed.amount.text(debt.country),
        "day": say_date(agreed.due_on, debt.today),
        "methods": debt.payment_methods,
        "count": len(agreed.instalments),
        "product": debt.product,
    }
    if agreed.kind is ProposalKind.PLAN:
        answer = ActionAnswer.of("utter_plan_recorded", **values)
        answer.outcome = Outcome.PLAN
        return answer
    if agreed.kind is ProposalKind.SETTLEMENT:
        response = "utter_settlement_recorded"
    else:
        response = "utter_promise_moved" if agreed.rescheduled else "utter_promise_recorded"
    answer = ActionAnswer.of(response, **values)
    answer.outcome = Outcome.PROMISE
    return answer


ACTIONS: Final = (Promise, ChangePromise, RequestExtension, ReadPromise, RecordAgreement)
