"""Promising to pay: amount and date, checked against policy, read back, confirmed, recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.action import CoreAction
from actions.debt import due_values
from actions.form import FormReader
from actions.payment import stated_in
from actions.turn import ActionAnswer, ActionContext, Slots
from acuerdo.agreements.debtor_offers import DraftedPromise
from acuerdo.agreements.drafting import Draft, OpenPromise, StatedTerms
from acuerdo.agreements.models import ProposalKind
from acuerdo.agreements.offers import OfferRefusal
from acuerdo.agreements.service import Agreed, PromiseProposal
from acuerdo.conversations.models import Outcome
from acuerdo.debts.service import DebtView
from acuerdo.language.closing import closes_debt
from acuerdo.language.corrections import is_question, names_amount, names_date
from acuerdo.language.reading import Reading
from acuerdo.values.dates import say_date, say_short
from acuerdo.values.money import Money
from acuerdo.values.working_days import is_holiday

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
_EXPECTING: Final = {"promise_amount": "amount", "promise_date": "date"}
_PLACES: Final = ("first", "second")


def draft_in(turn: ActionContext, debt: DebtView) -> Draft:
    """Give the promise as far as the form has it."""
    amount, due_on = turn.slot("promise_amount"), turn.slot("promise_date")
    return Draft(
        amount=None if amount is None else Money(int(amount), debt.balance.currency),
        due_on=None if due_on is None else date.fromisoformat(due_on),
    )


def drafted(found: DraftedPromise, debt: DebtView) -> ActionAnswer:
    """Give the slots of a draft, with the proposal to read back once it is complete and allowed."""
    draft = found.draft
    slots: Slots = {
        "promise_amount": None if draft.amount is None else str(draft.amount.minor),
        "promise_date": None if draft.due_on is None else draft.due_on.isoformat(),
        "promise_moves": found.moves,
        "promise_settles": None,
        "promise_confirmed": None,
        "proposal": None,
        "overdue_text": found.due.text(debt.country),
        "balance_text": debt.balance.text(debt.country),
    }
    answer = ActionAnswer(slots=slots | _either(draft, debt))
    return answer if found.verdict is None else _read_back(answer, found.verdict, debt)


def _either(draft: Draft, debt: DebtView) -> Slots:
    """Give the two readings that the form asks to choose between; none where all is clear."""
    slots: Slots = dict.fromkeys(EITHER)
    if draft.unclear_amounts:
        texts = [money.text(debt.country) for money in draft.unclear_amounts]
        values = [str(money.minor) for money in draft.unclear_amounts]
        return slots | {"unclear": "amount"} | _choices(texts, texts, values)
    if draft.unclear_days:
        texts = [say_date(day, debt.today) for day in draft.unclear_days]
        titles = [say_short(day) for day in draft.unclear_days]
        values = [day.isoformat() for day in draft.unclear_days]
        return slots | {"unclear": "day"} | _choices(texts, titles, values)
    return slots


def _choices(texts: Sequence[str], titles: Sequence[str], values: Sequence[str]) -> Slots:
    slots: Slots = {}
    for place, text, title, value in zip(_PLACES, texts, titles, values, strict=False):
        slots[f"either_{place}"] = text
        slots[f"either_{place}_title"] = title
        slots[f"either_{place}_value"] = value
    return slots


def _chosen_reading(
    turn: ActionContext, reading: Reading, said: StatedTerms, debt: DebtView
) -> StatedTerms:
    """Give what is said about the two readings that were asked for; the first where it is said
    again as it was, for it is read back anyway."""
    values = [str(turn.slot(f"either_{place}_value")) for place in _PLACES]
    if turn.slot("unclear") == "day":
        days = tuple(date.fromisoformat(value) for value in values)
        place = _place(reading, said.days, days)
        return said if place is None else replace(said, days=(days[place],))
    if turn.slot("unclear") == "amount":
        amounts = tuple(Money(int(value), debt.balance.currency) for value in values)
        place = _place(reading, said.amounts, amounts)
        return said if place is None else replace(said, amounts=(amounts[place],))
    return said


def _place(reading: Reading, said: Sequence[Any], offered: Sequence[Any]) -> int | None:
    place = {1: 0, 2: 1, -1: 1}.get(reading.number("ordinal") or 0)
    return 0 if place is None and len(said) > 1 and set(said) >= set(offered) else place


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
    return with_bank_holidays(answer, [verdict.terms.due_on], debt)


def refusal_values(refusal: OfferRefusal, debt: DebtView) -> dict[str, Any]:
    """Give the limit that a refusal names, as the person hears it."""
    return {
        "amount": "" if refusal.amount is None else refusal.amount.text(debt.country),
        "day": "" if refusal.day is None else say_date(refusal.day, debt.today),
    }


def with_bank_holidays(answer: ActionAnswer, days: Iterable[date], debt: DebtView) -> ActionAnswer:
    """Give the same answer, with a word where one of these days of payment is a public holiday."""
    closed = [say_date(day, debt.today) for day in days if is_holiday(debt.country.code, day)]
    return answer.also("utter_bank_holiday", days=" ni ".join(closed)) if closed else answer


class Promise(CoreAction):
    """Somebody says they will pay: takes amount and date from the sentence, asks for the rest."""

    action = "action_promise"
    intents: ClassVar[tuple[str, ...]] = ("promise_to_pay",)
    is_moving: ClassVar[bool] = False

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the form, filled with what was said; a promise that stands is moved."""
        party, debt = await turn.payable_debt()
        said = stated_in(turn.read(), debt)
        found = await turn.core.agreements.debtor_offers.promise(
            party, debt, said, words=turn.words, moving=self.is_moving
        )
        if isinstance(found, OpenPromise):
            return ActionAnswer([("utter_as_promised", current_promise_values(found, debt))])
        return begins_form(drafted(found, debt), debt)


def begins_form(answer: ActionAnswer, debt: DebtView) -> ActionAnswer:
    """Give the same answer, going on with the form about a debt."""
    answer.slots["debt"] = debt.external_id
    answer.then = PROMISE_FORM
    return answer


def current_promise_values(promise: OpenPromise, debt: DebtView) -> dict[str, Any]:
    """Give what is left of a promise that stands, as the person hears it."""
    return {
        "amount": promise.left.text(debt.country),
        "day": say_date(promise.due_on, debt.today),
    }


class ChangePromise(Promise):
    """Somebody wants to move the promise they made; without one it is a new promise."""

    action = "action_change_promise"
    intents = ("change_promise",)
    is_moving = True


class RequestExtension(Promise):
    """Somebody asks for more time: a date inside policy is a promise."""

    action = "action_request_extension"
    intents = ("request_extension",)
    is_moving = True

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the form after a word of understanding."""
        answer = await super().answer(turn)
        answer.responses.insert(0, ("utter_more_time", {}))
        return answer


class ReadPromise(FormReader):
    """Reads amount, date and the yes; a correction at any point makes a new proposal."""

    form = PROMISE_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read the slots after one more message."""
        if turn.intent in DIGRESSIONS or _asks(turn):
            return ActionAnswer()
        _, debt = await turn.debt()
        reading = turn.read(expecting=_EXPECTING.get(turn.asked or ""), words=turn.text)
        said = _chosen_reading(turn, reading, stated_in(reading, debt), debt)
        if turn.slot("promise_settles") and (said.amounts or said.relative):
            # another amount for closing the debt is an offer, not a part of it
            return ActionAnswer(then="action_counter_offer", leaves_form=True)
        if _is_offer(turn, reading):
            return ActionAnswer()
        if not said.nothing:
            return await self._revised(turn, said)
        return self._without_values(turn, reading, debt)

    @staticmethod
    async def _revised(turn: ActionContext, said: StatedTerms) -> ActionAnswer:
        party, debt = await turn.debt()
        draft, moves = draft_in(turn, debt), bool(turn.slot("promise_moves"))
        found = await turn.core.agreements.debtor_offers.revise(
            party, debt, draft, said, words=turn.words, moves=moves
        )
        return drafted(found, debt)

    @staticmethod
    def _without_values(turn: ActionContext, reading: Reading, debt: DebtView) -> ActionAnswer:
        if reading.other_currency(debt.balance.currency):
            return ActionAnswer([("utter_local_currency", {})], {"promise_amount": None})
        if turn.asked != "promise_confirmed":
            return ActionAnswer()
        if turn.intent in ("affirm", "confirm_identity"):
            return ActionAnswer(slots={"promise_confirmed": True})
        if names_amount(turn.text):
            return ActionAnswer(slots={"promise_amount": None, "proposal": None})
        if names_date(turn.text):
            return ActionAnswer(slots={"promise_date": None, "proposal": None})
        return ActionAnswer()


def _is_offer(turn: ActionContext, reading: Reading) -> bool:
    """Tell whether something else than a promise is offered: that much each time, or to close."""
    closing = reading.first("frequency") is not None or closes_debt(turn.text)
    return turn.intent == "counter_offer" and closing


def _asks(turn: ActionContext) -> bool:
    """Tell whether something is asked; "la fecha" or "el total" alone only look like it."""
    return turn.intent.startswith("ask_") and is_question(turn.text)


class RecordAgreement(CoreAction):
    """Records what was read back and confirmed."""

    action = "action_record_agreement"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the receipt of what was recorded."""
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
    answer = ActionAnswer([(_recorded(agreed), values)])
    answer.outcome = Outcome.PLAN if agreed.kind is ProposalKind.PLAN else Outcome.PROMISE
    return answer


def _recorded(agreed: Agreed) -> str:
    if agreed.kind is ProposalKind.PLAN:
        return "utter_plan_recorded"
    if agreed.kind is ProposalKind.SETTLEMENT:
        return "utter_settlement_recorded"
    return "utter_promise_moved" if agreed.rescheduled else "utter_promise_recorded"


class Remind(CoreAction):
    """What is told to a person whom we wrote to, once they have proven who they are: what is left
    of the agreement that stands or was missed; without one, what is owed."""

    action = "action_remind"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the debt about which something was agreed for the nearest day."""
        party, debts = await turn.debts()
        found = await turn.core.agreements.current.to_remind_of(party, debts)
        if found is None:
            return ActionAnswer(then="action_balance")
        return ActionAnswer.of(
            "utter_missed" if found.due.is_late else "utter_reminder",
            **due_values(found.due, found.debt),
        )


ACTIONS: Final = (
    Promise,
    ChangePromise,
    RequestExtension,
    ReadPromise,
    RecordAgreement,
    Remind,
)
