"""What is owed: balance, breakdown, dates, ways to pay; only to the proven debtor."""

import contextlib
from typing import Any, ClassVar, Final

from actions.action import DEBT_FORM, CoreAction
from actions.form import FormReader
from actions.turn import ActionAnswer, ActionContext
from acuerdo.agreements.due import Due, DueBasis
from acuerdo.conversations.models import WaitingReason
from acuerdo.debts.service import DebtView, choose
from acuerdo.language.options import place_in
from acuerdo.platform.errors import DebtNotChosen
from acuerdo.values.dates import say_date
from acuerdo.values.money import Money


def debt_values(debt: DebtView) -> dict[str, Any]:
    """Give what the responses say of one debt, written as people of its country write."""
    return {
        "creditor": debt.creditor,
        "product": debt.product,
        "balance": debt.balance.text(debt.country),
        "overdue": debt.overdue.text(debt.country),
        "principal": debt.principal.text(debt.country),
        "interest": debt.interest.text(debt.country),
        "fees": debt.fees.text(debt.country),
        "due": say_date(debt.due_on, debt.today),
        "days_late": debt.days_late,
        "methods": debt.payment_methods,
        "complaints": debt.complaints,
    }


def due_values(due: Due, debt: DebtView) -> dict[str, Any]:
    """Give the same with what is due by an agreement and on which day."""
    agreed = {"amount": due.amount.text(debt.country), "day": say_date(due.day, debt.today)}
    return debt_values(debt) | agreed


_LINES: Final = {
    (DueBasis.PROMISE, False): "utter_due_promise",
    (DueBasis.PROMISE, True): "utter_due_promise_missed",
    (DueBasis.INSTALMENT, False): "utter_due_instalment",
    (DueBasis.INSTALMENT, True): "utter_due_instalment_missed",
}
_BALANCES: Final = {
    (DueBasis.PROMISE, False): "utter_balance_promise",
    (DueBasis.PROMISE, True): "utter_balance_promise_missed",
    (DueBasis.INSTALMENT, False): "utter_balance_instalment",
    (DueBasis.INSTALMENT, True): "utter_balance_instalment_missed",
}


class Balance(CoreAction):
    """How much is owed, per debt and in total."""

    action = "action_balance"
    intents = ("ask_balance",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with a line per debt, the total where there are several, and what can be done."""
        party, debts = await turn.debts()
        if not debts:
            return ActionAnswer.of("utter_nothing_owed")
        found = await turn.core.agreements.current.due_of_each(party, debts)
        answer = ActionAnswer(
            responses=[(_balance_line(debt, due), due_values(due, debt)) for debt, due in found]
        )
        if len(debts) > 1:
            answer.also("utter_balance_total", total=_total(debts))
        held = all(debt.disputed or debt.claimed_paid for debt in debts)
        return answer if turn.form or held else answer.also("utter_ways_to_settle")


def _balance_line(debt: DebtView, due: Due) -> str:
    if debt.disputed or debt.claimed_paid:
        return _held_line(debt)
    if due.is_agreed:
        return _BALANCES[due.basis, due.is_late]
    if debt.overdue == debt.balance:
        return "utter_balance_all_overdue"
    if debt.overdue.minor:
        return "utter_balance_overdue"
    return "utter_balance_caught_up" if debt.days_late else "utter_balance_current"


def _held_line(debt: DebtView) -> str:
    return "utter_balance_disputed" if debt.disputed else "utter_balance_claimed"


def _total(debts: tuple[DebtView, ...]) -> str:
    """Give the sum of each currency; debts in different currencies are not added up."""
    sums: dict[str, Money] = {}
    for debt in debts:
        currency = debt.balance.currency
        sums[currency] = sums.get(currency, Money(0, currency)) + debt.balance
    return " y ".join(total.text(debts[0].country) for total in sums.values())


class DebtDetails(CoreAction):
    """What a debt is for and what it is made of."""

    action = "action_debt_details"
    intents = ("ask_debt_details",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the breakdown of every debt."""
        party, debts = await turn.debts()
        if not debts:
            return ActionAnswer.of("utter_nothing_owed")
        found = await turn.core.agreements.current.due_of_each(party, debts)
        return ActionAnswer(
            responses=[(_details_line(debt, due), due_values(due, debt)) for debt, due in found]
        )


def _details_line(debt: DebtView, due: Due) -> str:
    agreed = due.is_agreed and not (debt.disputed or debt.claimed_paid)
    return "utter_debt_details_agreed" if agreed else "utter_debt_details"


class DueDate(CoreAction):
    """When it was or is due and how late it is."""

    action = "action_due_date"
    intents = ("ask_due_date",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the date of every debt, and the amount where one was agreed."""
        party, debts = await turn.debts()
        if not debts:
            return ActionAnswer.of("utter_nothing_owed")
        found = await turn.core.agreements.current.due_of_each(party, debts)
        return ActionAnswer(
            responses=[(_due_line(debt, due), due_values(due, debt)) for debt, due in found]
        )


def _due_line(debt: DebtView, due: Due) -> str:
    if due.is_agreed:
        held = debt.disputed or debt.claimed_paid
        return _held_line(debt) if held else _LINES[due.basis, due.is_late]
    if not debt.days_late:
        return "utter_due_ahead"
    return "utter_due_late" if debt.overdue.minor else "utter_due_paid"


class PaymentMethods(CoreAction):
    """Where and how to pay."""

    action = "action_payment_methods"
    intents = ("ask_payment_methods",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the creditor's own ways, and a link."""
        _, debts = await turn.debts()
        if not debts:
            return ActionAnswer.of("utter_nothing_owed")
        creditors = {debt.creditor: debt for debt in debts}
        answer = ActionAnswer(
            responses=[("utter_payment_methods", debt_values(each)) for each in creditors.values()]
        )
        return answer if turn.form else answer.also("utter_offer_link")


class Statement(CoreAction):
    """A document is wanted: a person sends it to the proven debtor."""

    action = "action_statement"
    intents = ("ask_statement",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say that it will come."""
        await turn.party()
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.DATA_REQUEST
        )
        return ActionAnswer.of("utter_statement")


class Explained(CoreAction):
    """An approved text that may only be told to the proven debtor."""

    response: ClassVar[str]

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the text, with where to complain."""
        _, debts = await turn.debts()
        if not debts:
            return ActionAnswer.of("utter_nothing_owed")
        return ActionAnswer.of(self.response, **debt_values(debts[0]))


class Consequences(Explained):
    """What happens without a payment: neutral and approved, never a threat."""

    action = "action_consequences"
    intents = ("ask_consequences",)
    response = "utter_consequences"


class CreditBureau(Explained):
    """How a credit record is brought up to date."""

    action = "action_credit_bureau"
    intents = ("ask_credit_bureau",)
    response = "utter_credit_bureau"


class ClearanceLetter(CoreAction):
    """The letter that says that nothing is owed."""

    action = "action_clearance_letter"
    intents = ("ask_clearance_letter",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """It comes from a person when nothing is owed, else when everything is paid."""
        _, debts = await turn.debts()
        if debts:
            return ActionAnswer.of("utter_clearance_later")
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.DATA_REQUEST
        )
        return ActionAnswer.of("utter_clearance_coming")


class ReadDebt(FormReader):
    """Reads which of several debts is meant."""

    form = DEBT_FORM

    async def begin(self, turn: ActionContext) -> ActionAnswer:
        """Give the debts to choose from, numbered."""
        _, debts = await turn.debts()
        responses = [
            ("utter_debt_option", {"number": number, **debt_values(debt)})
            for number, debt in enumerate(debts, start=1)
        ]
        return ActionAnswer(responses=responses, slots={"debt": None})

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """Read a name out of product or creditor, or a number of the list."""
        _, debts = await turn.debts()
        with contextlib.suppress(DebtNotChosen):
            return ActionAnswer(slots={"debt": choose(debts, words=turn.text).external_id})
        reading = turn.read(expecting="installments", words=turn.text)
        place = place_in(reading, turn.text, len(debts))
        if place is None:
            return ActionAnswer()
        return ActionAnswer(slots={"debt": debts[place - 1].external_id})


class AfterDebt(CoreAction):
    """Goes on with what was wanted before the debt was known."""

    action = "action_after_debt"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the pending wish."""
        wanted = turn.slot("pending_action") or "action_balance"
        words = turn.slot("pending_words")
        return ActionAnswer(slots={"pending_action": None, "pending_words": words}, then=wanted)


ACTIONS: Final = (
    Balance,
    DebtDetails,
    DueDate,
    PaymentMethods,
    Statement,
    Consequences,
    CreditBureau,
    ClearanceLetter,
    ReadDebt,
    AfterDebt,
)
