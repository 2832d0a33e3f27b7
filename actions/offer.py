"""Paying less: discounts and offers of the debtor, as far as policy allows."""

from typing import Final

from actions.action import CoreAction
from actions.contact import HandOver
from actions.payment import stated_in
from actions.plan import offered, wish_in
from actions.promise import begins_form, drafted, with_bank_holidays
from actions.turn import ActionAnswer, ActionContext
from acuerdo.agreements.debtor_offers import (
    Countered,
    DebtorOffer,
    DraftedPromise,
    Escalated,
    OfferAnswer,
    OfferedPlans,
)
from acuerdo.agreements.service import PromiseProposal
from acuerdo.conversations.models import WaitingReason
from acuerdo.debts.service import DebtView
from acuerdo.language.closing import closes_debt
from acuerdo.values.dates import say_date


class RequestDiscount(CoreAction):
    """Somebody asks for a discount: what policy allows, never the floor."""

    action = "action_discount"
    intents = ("request_discount",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with a closing offer, or plans where the creditor forgives nothing."""
        party, debt = await turn.payable_debt()
        found = await turn.core.agreements.debtor_offers.discount(party, debt, words=turn.words)
        answer = worded(found, debt)
        if isinstance(found, OfferedPlans):
            answer.responses.insert(0, ("utter_no_discount", {}))
        return answer


def worded(found: OfferAnswer, debt: DebtView) -> ActionAnswer:
    """Give what we answer to an offer, as the person hears it."""
    match found:
        case DraftedPromise():
            return begins_form(drafted(found, debt), debt)
        case OfferedPlans():
            return offered(found, debt)
        case PromiseProposal():
            return settled(found, debt)
        case Countered():
            return _countered(found, debt)
        case Escalated():
            amount = {"amount_text": found.amount.text(debt.country)}
            return ActionAnswer(slots=amount, then=EscalateOffer.action)


def _countered(found: Countered, debt: DebtView) -> ActionAnswer:
    answer = worded(found.instead, debt)
    answer.responses.insert(0, ("utter_counter", {"amount": found.amount.text(debt.country)}))
    answer.slots["countered"] = True
    return answer


def settled(proposal: PromiseProposal, debt: DebtView) -> ActionAnswer:
    """Give a closing offer, read back by the promise form."""
    amount = proposal.terms.amount.text(debt.country)
    day = say_date(proposal.terms.due_on, debt.today)
    balance = debt.balance.text(debt.country)
    answer = ActionAnswer.of("utter_settlement", amount=amount, balance=balance, day=day)
    answer.slots = {
        "proposal": str(proposal.id),
        "promise_amount": str(proposal.terms.amount.minor),
        "promise_date": proposal.terms.due_on.isoformat(),
        "promise_moves": None,
        "promise_settles": True,
        "promise_confirmed": None,
        "amount_text": amount,
        "date_text": day,
        "product_text": debt.product,
    }
    return begins_form(with_bank_holidays(answer, [proposal.terms.due_on], debt), debt)


class CounterOffer(CoreAction):
    """Somebody offers less: accepted, countered once, then passed to a person."""

    action = "action_counter_offer"
    intents = ("counter_offer",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say what policy says of the offer."""
        party, debt = await turn.payable_debt()
        found = await turn.core.agreements.debtor_offers.answer_offer(
            party, debt, _offer_in(turn, debt), words=turn.words
        )
        if found is None:
            return ActionAnswer([("utter_ask_offer", {})], leaves_form=True)
        return worded(found, debt)


def _offer_in(turn: ActionContext, debt: DebtView) -> DebtorOffer:
    reading = turn.read()
    return DebtorOffer(
        stated=stated_in(reading, debt),
        wish=wish_in(reading, debt),
        recurring=reading.first("frequency") is not None,
        closing=bool(turn.slot("promise_settles")) or closes_debt(turn.words),
        countered=bool(turn.slot("countered")),
    )


class EscalateOffer(HandOver):
    """An offer that is not ours to take: a person decides."""

    action = "action_escalate_offer"
    intents = ()
    reason = WaitingReason.COUNTER_OFFER
    response = "utter_escalated_offer"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that a person will answer; to the proven debtor only."""
        await turn.party()
        return await super().answer(turn)


ACTIONS: Final = (
    RequestDiscount,
    CounterOffer,
    EscalateOffer,
)
