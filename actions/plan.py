"""Paying in instalments: computed by policy, chosen, confirmed."""

from dataclasses import replace
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from actions.action import CoreAction
from actions.form import FormReader
from actions.promise import DIGRESSIONS, with_bank_holidays
from actions.turn import ActionAnswer, ActionContext
from acuerdo.agreements.debtor_offers import OfferedPlans
from acuerdo.agreements.offers import Frequency, PlanWish
from acuerdo.agreements.service import PlanProposal
from acuerdo.debts.service import DebtView
from acuerdo.language.options import count_in, plan_in
from acuerdo.language.reading import Reading
from acuerdo.values.dates import say_date, say_short
from acuerdo.wording.words import WORDS

PLAN_FORM: Final = "plan_form"
_SPOKEN_FREQUENCY: Final = {"weekly": "weekly", "fortnightly": "fortnightly",
                            "semimonthly": "fortnightly", "monthly": "monthly"}  # fmt: skip


def wish_in(reading: Reading, debt: DebtView) -> PlanWish:
    """Give what the words ask of a plan."""
    count = reading.number("installments")
    frequency = _SPOKEN_FREQUENCY.get(str(reading.first("frequency")))
    amounts = reading.amounts(debt.balance.currency)
    return PlanWish(
        instalments=count,
        frequency=cast("Frequency | None", frequency),
        per_instalment=amounts[0] if amounts and count is None else None,
        first_on=reading.day(),
    )


def offered(found: OfferedPlans, debt: DebtView) -> ActionAnswer:
    """Give the plans, numbered, and the form that waits for the choice."""
    options = found.options
    if not options:
        return ActionAnswer.of("utter_no_plan", balance=debt.balance.text(debt.country))
    slots: dict[str, Any] = {"proposal": None, "plan_confirmed": None}
    answer = ActionAnswer(then=PLAN_FORM)
    if found.instead_of is not None:
        answer.also("utter_plan_nearest", count=found.instead_of)
    if len(options) == 1:
        slots = chosen(options[0], debt)
        with_bank_holidays(answer, _days_of(options[0]), debt)
    else:
        answer.responses += [_read_out(option, debt) for option in options]
    known = [{"id": str(each.id), "count": len(each.terms.instalments)} for each in options]
    answer.slots = {"debt": debt.external_id, "plan_options": known} | slots
    return answer


def _days_of(option: PlanProposal) -> list[date]:
    return [day for day, _ in option.terms.instalments]


def _read_out(option: PlanProposal, debt: DebtView) -> tuple[str, dict[str, Any]]:
    """Give one plan; equal instalments are told in one figure."""
    (_, first), (_, second), *_ = option.terms.instalments
    return (
        "utter_plan_option_even" if first == second else "utter_plan_option",
        option_values(option, debt),
    )


def option_values(option: PlanProposal, debt: DebtView) -> dict[str, Any]:
    """Give one plan as the person hears it."""
    first, *_ = option.terms.instalments
    last_day, last = option.terms.instalments[-1]
    return {
        "number": option.position,
        "count": len(option.terms.instalments),
        "every": WORDS["every"][option.terms.frequency],
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
    """Give the slots that read one plan back."""
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
    intents = ("request_plan",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with up to three plans."""
        party, debt = await turn.payable_debt()
        wish = wish_in(turn.read(), debt)
        found = await turn.core.agreements.debtor_offers.plans(party, debt, wish, words=turn.words)
        return offered(found, debt)


class ReadPlan(FormReader):
    """Reads the choice among the plans that were read out, and the yes."""

    form = PLAN_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read the chosen plan by its number or its instalments, a new wish, or the yes."""
        confirming = turn.asked == "plan_confirmed"
        if confirming and turn.intent in ("affirm", "confirm_identity"):
            return ActionAnswer(slots={"plan_confirmed": True})
        reading = turn.read(expecting="installments", words=turn.text)
        options: list[dict[str, Any]] = turn.slot("plan_options") or []
        place = plan_in(reading, turn.text, [option["count"] for option in options])
        if place is not None:
            return await self._chosen(turn, options[place - 1])
        _, debt = await turn.debt()
        wish = _wish_among_plans(reading, turn, debt)
        if _is_wish(wish, turn):
            return await self._other_plans(turn, wish)
        again = confirming and turn.intent == "deny" and len(options) > 1
        return await self._again(turn, options) if again else ActionAnswer()

    @staticmethod
    async def _chosen(turn: ActionContext, option: dict[str, Any]) -> ActionAnswer:
        party, debt = await turn.debt()
        plan = await turn.core.agreements.negotiation.plan_proposal(party, UUID(option["id"]))
        return with_bank_holidays(ActionAnswer(slots=chosen(plan, debt)), _days_of(plan), debt)

    @staticmethod
    async def _other_plans(turn: ActionContext, wish: PlanWish) -> ActionAnswer:
        """Other plans; what the wish leaves open is as in the plan that was read back."""
        party, debt = await turn.debt()
        offers, proposal = turn.core.agreements.debtor_offers, turn.slot("proposal")
        if turn.asked == "plan_confirmed" and proposal is not None:
            chosen_id = UUID(str(proposal))
            found = await offers.other_plans(party, debt, wish, chosen_id, words=turn.words)
        else:
            found = await offers.plans(party, debt, wish, words=turn.words)
        answer = offered(found, debt)
        answer.then = None
        return answer

    @staticmethod
    async def _again(turn: ActionContext, options: list[dict[str, Any]]) -> ActionAnswer:
        """Give the plans that were read out, once more."""
        party, debt = await turn.debt()
        answer = ActionAnswer(slots={"proposal": None, "plan_confirmed": None})
        for option in options:
            plan = await turn.core.agreements.negotiation.plan_proposal(party, UUID(option["id"]))
            answer.responses.append(_read_out(plan, debt))
        return answer


def _is_wish(wish: PlanWish, turn: ActionContext) -> bool:
    """Tell whether other plans are wished, and the words mean nothing of their own."""
    offers_less = turn.intent == "counter_offer" and wish.per_instalment is not None
    elsewhere = wish.instalments is None and turn.intent in DIGRESSIONS - {"request_plan"}
    return not (wish == PlanWish() or offers_less or elsewhere)


def _wish_among_plans(reading: Reading, turn: ActionContext, debt: DebtView) -> PlanWish:
    wish = wish_in(reading, debt)
    count = count_in(turn.text)
    if wish.instalments is None and count is not None:
        return replace(wish, instalments=count, per_instalment=None)
    return wish


ACTIONS: Final = (
    RequestPlan,
    ReadPlan,
)
