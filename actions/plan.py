"""Paying in instalments, discounts and counter-offers: computed by policy, chosen, confirmed."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, cast
from uuid import UUID

from actions.action import CoreAction, FormReader
from actions.promise import CLOSING, DIGRESSIONS, PROMISE_FORM, proposed
from actions.reading import Reading, read
from actions.turn import ActionAnswer, ActionContext
from acuerdo.agreements.drafting import Draft
from acuerdo.agreements.offers import (
    CounterVerdict,
    Frequency,
    PlanWish,
    PromiseTerms,
    judge_counter,
)
from acuerdo.agreements.policy_limits import limits_of, owed_of
from acuerdo.agreements.service import PlanProposal, PromiseProposal
from acuerdo.conversations.models import WaitingReason
from acuerdo.debts.service import DebtView
from acuerdo.debts.verification import VerifiedParty
from acuerdo.values.dates import say_date, say_short
from acuerdo.values.money import Money

PLAN_FORM: Final = "plan_form"
_SPOKEN_FREQUENCY: Final = {"weekly": "weekly", "fortnightly": "fortnightly",
                            "semimonthly": "fortnightly", "monthly": "monthly"}  # fmt: skip

# "El 2 me acomoda" and "¿en 4 no se puede?" mean an option and a count where plans were just read
# out; elsewhere the same words are a date or nothing.
_PLACE: Final = re.compile(
    r"^\W*(?:el|la|opci[oó]n|n[uú]mero|plan)\s+(?:n[uú]mero\s+|opci[oó]n\s+)?(\d)\b"
    r"(?!\s*(?:de\b|/|-|cuota|pago|mes))",
    re.I,
)
_IN_SO_MANY: Final = re.compile(r"\ben (\d{1,2})\b(?!\s*(?:d[ií]a|semana|de\b|/|:))", re.I)

_Reply = Callable[[ActionContext, VerifiedParty, DebtView, Reading, Money], Awaitable[ActionAnswer]]


def wish_in(reading: Reading, debt: DebtView) -> PlanWish:
    """What the words ask of a plan."""
    count = reading.first("installments")
    frequency = _SPOKEN_FREQUENCY.get(str(reading.first("frequency")))
    amounts = reading.amounts(debt.balance.currency)
    return PlanWish(
        instalments=None if count is None else int(count),
        frequency=cast("Frequency | None", frequency),
        per_instalment=amounts[0] if amounts and count is None else None,
        first_on=reading.day(),
    )


async def offered(
    turn: ActionContext, party: VerifiedParty, debt: DebtView, wish: PlanWish
) -> ActionAnswer:
    """The plans that policy allows, numbered, and the form that waits for the choice."""
    options = await turn.core.agreements.negotiation.propose_plans(
        party, debt, wish, words=turn.words
    )
    if not options:
        return ActionAnswer.of("utter_no_plan", balance=debt.balance.text(debt.country))
    asked_for = wish.instalments
    granted = asked_for is None or asked_for == len(options[0].terms.instalments)
    answer = ActionAnswer() if granted else ActionAnswer.of("utter_plan_nearest", count=asked_for)
    for option in options:
        _read_out(answer, option, debt)
    answer.slots = {
        "debt": debt.external_id,
        "plan_options": [
            {"id": str(option.id), "count": len(option.terms.instalments)} for option in options
        ],
        "proposal": None,
        "plan_confirmed": None,
    }
    if len(options) == 1:
        answer.slots |= chosen(options[0], debt)
        answer.says = [say for say in answer.says if not say[0].startswith("utter_plan_option")]
    answer.then = PLAN_FORM
    return answer


def _read_out(answer: ActionAnswer, option: PlanProposal, debt: DebtView) -> None:
    """Adds one plan; equal instalments are told in one figure."""
    values = option_values(option, debt)
    even = values["first_amount"] == values["amount"]
    response = "utter_plan_option_even" if even else "utter_plan_option"
    answer.says.append((response, values))


def option_values(option: PlanProposal, debt: DebtView) -> dict[str, Any]:
    """One plan as the person hears it."""
    first, *_ = option.terms.instalments
    last_day, last = option.terms.instalments[-1]
    return {
        "number": option.position,
        "count": len(option.terms.instalments),
        "every": {"weekly": "semana", "fortnightly": "quincena", "monthly": "mes"}[
            option.terms.frequency
        ],
        "first_amount": first[1].text(debt.country),
        "amount": option.terms.instalments[1][1].text(debt.country),
        "last_amount": last.text(debt.country),
        "first_day": say_date(first[0], debt.today),
        "last_day": say_date(last_day, debt.today),
        "first_short": say_short(first[0]),
        "last_short": say_short(last_day),
        "total": option.terms.total.text(debt.country),
    }


def chosen(option: PlanProposal, debt: DebtView) -> dict[str, Any]:
    """The slots that read one plan back."""
    values = option_values(option, debt)
    shape = "stepped"
    if values["first_amount"] == values["amount"]:
        shape = "even" if values["last_amount"] == values["amount"] else "rounded"
    return {
        "proposal": str(option.id),
        "plan_confirmed": None,
        "plan_shape": shape,
        **{f"plan_{name}": value for name, value in values.items()},
    }


class RequestPlan(CoreAction):
    """Somebody wants to pay in parts."""

    action = "action_plan"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Up to three plans."""
        party, debt = await turn.payable_debt()
        return await offered(turn, party, debt, wish_in(read(turn), debt))


class ReadPlan(FormReader):
    """Reads the choice among the plans that were read out, and the yes."""

    form = PLAN_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """The chosen plan by its number or its instalments, a new wish, or the yes."""
        reading = read(turn, expecting="installments", words=turn.text)
        if turn.asked == "plan_confirmed" and turn.intent in ("affirm", "confirm_identity"):
            return ActionAnswer(slots={"plan_confirmed": True})
        options: list[dict[str, Any]] = turn.slot("plan_options") or []
        found = _choice(reading, turn, options)
        party, debt = await turn.debt()
        if found is not None:
            plan = await turn.core.agreements.negotiation.plan_proposal(party, UUID(found))
            return ActionAnswer(slots=chosen(plan, debt))
        wish = await self._revised(turn, party, _wish_among_plans(reading, turn, debt))
        if wish is not None:
            answer = await offered(turn, party, debt, wish)
            answer.then = None
            return answer
        if turn.asked == "plan_confirmed" and turn.intent == "deny" and len(options) > 1:
            return await self._options_again(turn, party, debt, options)
        return ActionAnswer()

    @staticmethod
    async def _revised(
        turn: ActionContext, party: VerifiedParty, wish: PlanWish
    ) -> PlanWish | None:
        """The wish for other plans; what it leaves open is as in the plan that was read back.

        None where nothing is wished, or where the words mean something of their own.
        """
        offers_less = turn.intent == "counter_offer" and wish.per_instalment is not None
        elsewhere = wish.instalments is None and turn.intent in DIGRESSIONS - {"request_plan"}
        if wish == PlanWish() or offers_less or elsewhere:
            return None
        chosen_id = turn.slot("proposal")
        if turn.asked != "plan_confirmed" or chosen_id is None:
            return wish
        plan = await turn.core.agreements.negotiation.plan_proposal(party, UUID(str(chosen_id)))
        if wish.instalments is None and wish.per_instalment is None:
            wish = replace(wish, instalments=len(plan.terms.instalments))
        return replace(wish, frequency=wish.frequency or plan.terms.frequency)

    @staticmethod
    async def _options_again(
        turn: ActionContext, party: VerifiedParty, debt: DebtView, options: list[dict[str, Any]]
    ) -> ActionAnswer:
        """The plans that were read out, once more."""
        answer = ActionAnswer(slots={"proposal": None, "plan_confirmed": None})
        for option in options:
            plan = await turn.core.agreements.negotiation.plan_proposal(
                party, UUID(str(option["id"]))
            )
            _read_out(answer, plan, debt)
        return answer


def _wish_among_plans(reading: Reading, turn: ActionContext, debt: DebtView) -> PlanWish:
    wish = wish_in(reading, debt)
    spoken = _IN_SO_MANY.search(turn.text)
    if wish.instalments is None and spoken is not None:
        return replace(wish, instalments=int(spoken.group(1)), per_instalment=None)
    return wish


def _choice(reading: Reading, turn: ActionContext, options: list[dict[str, Any]]) -> str | None:
    """The option that is meant: by its place in the list, or by how many instalments it has."""
    ordinal = reading.first("ordinal")
    if ordinal is not None:
        place = int(ordinal) if int(ordinal) > 0 else len(options)
        return str(options[place - 1]["id"]) if 1 <= place <= len(options) else None
    count = reading.first("installments")
    spoken = _PLACE.match(turn.text)
    if spoken is not None and 1 <= int(spoken.group(1)) <= len(options):
        return str(options[int(spoken.group(1)) - 1]["id"])
    bare = turn.text.strip(" .)#")
    if bare.isascii() and bare.isdigit() and 1 <= int(bare[:4]) <= len(options):
        return str(options[int(bare[:4]) - 1]["id"])
    if bare.isascii() and bare.isdigit():
        count = int(bare[:4])
    by_count = [str(option["id"]) for option in options if option["count"] == count]
    return by_count[0] if by_count else None


class RequestDiscount(CoreAction):
    """Somebody asks for a discount: what policy allows, never the floor."""

    action = "action_discount"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """A closing offer, or plans where the creditor forgives nothing."""
        party, debt = await turn.payable_debt()
        proposal = await turn.core.agreements.negotiation.propose_settlement(
            party, debt, words=turn.words
        )
        if proposal is not None:
            return settled(proposal, debt)
        plans = await offered(turn, party, debt, PlanWish())
        plans.says.insert(0, ("utter_no_discount", {}))
        return plans


def settled(proposal: PromiseProposal, debt: DebtView) -> ActionAnswer:
    """A closing offer, read back by the promise form."""
    answer = ActionAnswer.of(
        "utter_settlement",
        amount=proposal.terms.amount.text(debt.country),
        balance=debt.balance.text(debt.country),
        day=say_date(proposal.terms.due_on, debt.today),
    )
    answer.slots = {
        "debt": debt.external_id,
        "proposal": str(proposal.id),
        "promise_amount": str(proposal.terms.amount.minor),
        "promise_date": proposal.terms.due_on.isoformat(),
        "promise_moves": None,
        "promise_settles": True,
        "promise_confirmed": None,
        "amount_text": proposal.terms.amount.text(debt.country),
        "date_text": say_date(proposal.terms.due_on, debt.today),
        "product_text": debt.product,
    }
    answer.then = PROMISE_FORM
    return answer


class CounterOffer(CoreAction):
    """Somebody offers less: accepted, countered once, then passed to a person."""

    action = "action_counter_offer"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """What policy says of the offer."""
        party, debt = await turn.payable_debt()
        reading = read(turn)
        amount = _offered_amount(reading, debt)
        if amount is None and reading.first("installments") is not None:
            return await offered(turn, party, debt, wish_in(reading, debt))
        if amount is None:
            return ActionAnswer([("utter_ask_offer", {})], leaves_form=True)
        verdict = judge_counter(
            amount,
            owed_of(debt),
            limits_of(debt),
            recurring=reading.first("frequency") is not None,
            closing=_is_closing(turn),
            countered=bool(turn.slot("countered")),
        )
        answers: dict[CounterVerdict, _Reply] = {
            "promise": self._promise,
            "plan": self._plan,
            "settlement": self._settlement,
            "counter": self._counter,
            "escalate": self._escalate,
        }
        return await answers[verdict](turn, party, debt, reading, amount)

    async def _promise(
        self,
        turn: ActionContext,
        party: VerifiedParty,
        debt: DebtView,
        reading: Reading,
        amount: Money,
    ) -> ActionAnswer:
        standing = await turn.core.agreements.current.open_promise(party, debt)
        draft = Draft(amount, reading.day())
        answer = await proposed(turn, party, debt, draft, moves=standing is not None)
        answer.slots["debt"] = debt.external_id
        answer.then = PROMISE_FORM
        return answer

    async def _plan(
        self,
        turn: ActionContext,
        party: VerifiedParty,
        debt: DebtView,
        reading: Reading,
        amount: Money,
    ) -> ActionAnswer:
        return await offered(turn, party, debt, wish_in(reading, debt))

    async def _settlement(
        self,
        turn: ActionContext,
        party: VerifiedParty,
        debt: DebtView,
        reading: Reading,
        amount: Money,
    ) -> ActionAnswer:
        terms = PromiseTerms(amount, reading.day() or debt.today, settles=True)
        found = await turn.core.agreements.negotiation.propose_promise(
            party, debt, terms, words=turn.words
        )
        if isinstance(found, PromiseProposal):
            return settled(found, debt)
        return await self._counter(turn, party, debt, reading, amount)

    async def _counter(
        self,
        turn: ActionContext,
        party: VerifiedParty,
        debt: DebtView,
        reading: Reading,
        amount: Money,
    ) -> ActionAnswer:
        proposal = None
        if _is_closing(turn):
            proposal = await turn.core.agreements.negotiation.propose_settlement(
                party, debt, words=turn.words
            )
        if proposal is not None:
            answer = settled(proposal, debt)
        else:
            wish = PlanWish(per_instalment=amount, first_on=reading.day())
            answer = await offered(turn, party, debt, wish)
        answer.says.insert(0, ("utter_counter", {"amount": amount.text(debt.country)}))
        answer.slots["countered"] = True
        return answer

    async def _escalate(
        self,
        turn: ActionContext,
        party: VerifiedParty,
        debt: DebtView,
        reading: Reading,
        amount: Money,
    ) -> ActionAnswer:
        await turn.core.conversations.hand_off.hand_over(
            turn.conversation_id, WaitingReason.COUNTER_OFFER
        )
        values = {"amount": amount.text(debt.country)}
        return ActionAnswer([("utter_escalated_offer", values)], leaves_form=True)


def _is_closing(turn: ActionContext) -> bool:
    """Whether an amount is offered to be done with the debt."""
    return bool(turn.slot("promise_settles")) or CLOSING.search(turn.words) is not None


def _offered_amount(reading: Reading, debt: DebtView) -> Money | None:
    amounts = reading.amounts(debt.balance.currency)
    if amounts:
        return amounts[0]
    if reading.first("relative_amount") == "half":
        return debt.balance.split(2)[1]
    return None


ACTIONS: Final = (RequestPlan, ReadPlan, RequestDiscount, CounterOffer)
