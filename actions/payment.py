"""Paying now, and payments that were made elsewhere."""

import re
from datetime import date
from typing import Any, Final

from actions.action import CoreAction, FormReader
from actions.reading import Reading, read
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import Outcome, WaitingReason
from acuerdo.debts.service import DebtView
from acuerdo.values.dates import say_date
from acuerdo.values.money import Money

CLAIM_FORM: Final = "claim_form"
_UNKNOWN: Final = "unknown"
_NOT_KNOWN: Final = {"deny", "hold_on"}
_NO_PROOF: Final = re.compile(
    r"\b(?:no|ni|sin|perd[ií]|bot[eé]|tir[eé])\b.{0,20}\b(?:teng|guard|encuentr|conserv|sal|foto|"
    r"comprobante|recibo|papel|voucher|boleta)|\b(?:perd[ií]|bot[eé]|tir[eé])\b",
    re.I,
)


class PayNow(CoreAction):
    """Somebody wants to pay: a link for what they said, or for what is overdue."""

    action = "action_pay_now"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The link."""
        party, debt = await turn.payable_debt()
        amount = _amount(read(turn), debt)
        standing = await turn.core.agreements.current.open_promise(party, debt)
        if amount is None and standing is not None:
            amount = standing.amount
        due = debt.overdue if debt.overdue.minor else debt.balance
        link = await turn.core.payments.link(party, debt, amount or due)
        answer = ActionAnswer.of(
            "utter_payment_link",
            url=link.url,
            amount=link.amount.text(debt.country),
            product=debt.product,
        )
        answer.outcome = Outcome.PAYMENT_LINK_SENT
        answer.leaves_form = turn.form in ("promise_form", "plan_form")
        return answer


def _amount(reading: Reading, debt: DebtView) -> Money | None:
    amounts = reading.amounts(debt.balance.currency)
    if amounts:
        return amounts[0]
    relative = reading.first("relative_amount")
    return {"total": debt.balance, "half": debt.balance.split(2)[1]}.get(str(relative))


class AlreadyPaid(CoreAction):
    """Somebody says they have paid: date, amount and proof are asked, then the debt is held."""

    action = "action_already_paid"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The form, filled with what was said."""
        _, debt = await turn.debt()
        answer = ActionAnswer.of("utter_claim_thanks")
        answer.slots = {"claim_date": None, "claim_amount": None, "claim_proof": None}
        answer.slots |= _read_claim(read(turn), debt)
        answer.slots["debt"] = debt.external_id
        answer.then = CLAIM_FORM
        return answer


def _read_claim(reading: Reading, debt: DebtView) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    amounts = reading.amounts(debt.balance.currency)
    day = reading.day()
    if amounts:
        slots["claim_amount"] = str(amounts[0].minor)
    elif reading.first("relative_amount") == "total":
        slots["claim_amount"] = str(debt.balance.minor)
    if day is not None and day <= debt.today:
        slots["claim_date"] = day.isoformat()
    return slots


class ReadClaim(FormReader):
    """Reads when and how much was paid and whether there is a proof."""

    form = CLAIM_FORM

    async def read(self, turn: ActionContext) -> ActionAnswer:
        """What was answered; who does not know is not asked again."""
        if turn.intent == "media_received":
            return ActionAnswer(slots={"claim_proof": True})
        _, debt = await turn.debt()
        expecting = {"claim_date": "date", "claim_amount": "amount"}.get(turn.asked or "")
        slots = _read_claim(read(turn, expecting=expecting, words=turn.text), debt)
        if not slots and turn.asked == "claim_proof" and _NO_PROOF.search(turn.text):
            slots = {"claim_proof": False}
        if not slots and turn.intent == "affirm" and turn.asked == "claim_proof":
            # the claim does not wait for a photo that may never come
            return ActionAnswer([("utter_send_proof", {})], {"claim_proof": False})
        if not slots and turn.intent in _NOT_KNOWN and turn.asked is not None:
            slots = {turn.asked: False if turn.asked == "claim_proof" else _UNKNOWN}
        return ActionAnswer(slots=slots)


class RecordClaim(CoreAction):
    """Records the claimed payment and lets a person check it."""

    action = "action_record_claim"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """What happens now."""
        party, debt = await turn.debt()
        amount, paid_on = turn.slot("claim_amount"), turn.slot("claim_date")
        claimed = None if amount in (None, _UNKNOWN) else Money(int(amount), debt.balance.currency)
        day = None if paid_on in (None, _UNKNOWN) else date.fromisoformat(paid_on)
        proof = bool(turn.slot("claim_proof"))
        await turn.core.cases.opening.payment_claim(
            party, debt, amount=claimed, paid_on=day, has_proof=proof, words=turn.text
        )
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.CLAIM_TO_CHECK
        )
        said = "" if day is None else f" d{say_date(day, debt.today)}"
        answer = ActionAnswer.of("utter_claim_recorded", product=debt.product, day=said)
        answer.slots = {"claim_date": None, "claim_amount": None, "claim_proof": None}
        answer.outcome = Outcome.ALREADY_PAID_CLAIM
        return answer


ACTIONS: Final = (PayNow, AlreadyPaid, ReadClaim, RecordClaim)
