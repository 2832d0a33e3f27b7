"""Paying now, and payments that were made elsewhere."""

from datetime import date
from typing import Any, Final

from actions.action import CoreAction
from actions.form import FormReader
from actions.turn import ActionAnswer, ActionContext
from acuerdo.agreements.drafting import StatedTerms
from acuerdo.conversations.models import Outcome, WaitingReason
from acuerdo.debts.service import DebtView
from acuerdo.language.corrections import has_no_receipt
from acuerdo.language.reading import Reading
from acuerdo.values.dates import say_date
from acuerdo.values.money import Money

CLAIM_FORM: Final = "claim_form"
_UNKNOWN: Final = "unknown"
_NOT_KNOWN: Final = {"deny", "hold_on"}
_EMPTY: Final = {"claim_date": None, "claim_amount": None, "claim_proof": None}
_EXPECTING: Final = {"claim_date": "date", "claim_amount": "amount"}


def stated_in(reading: Reading, debt: DebtView) -> StatedTerms:
    """Give what the words say about a payment of this debt."""
    relative = reading.first("relative_amount")
    return StatedTerms(
        amounts=reading.amounts(debt.balance.currency),
        relative=None if relative is None else str(relative),
        days=reading.days(),
        last_days=reading.last_days_to_come(),
    )


class PayNow(CoreAction):
    """Somebody wants to pay: a link for what they said, what they promised, or what is due."""

    action = "action_pay_now"
    intents = ("pay_now",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the link."""
        party, debt = await turn.payable_debt()
        link = await turn.core.payments.taking.link_for(party, debt, stated_in(turn.read(), debt))
        answer = ActionAnswer.of(
            "utter_payment_link",
            url=link.url,
            amount=link.amount.text(debt.country),
            product=debt.product,
        )
        answer.outcome = Outcome.PAYMENT_LINK_SENT
        answer.leaves_form = turn.form in ("promise_form", "plan_form")
        return answer


class AlreadyPaid(CoreAction):
    """Somebody says they have paid: date, amount and proof are asked, then the debt is held."""

    action = "action_already_paid"
    intents = ("already_paid",)

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Answer with the form, filled with what was said."""
        _, debt = await turn.debt()
        answer = ActionAnswer.of("utter_claim_thanks")
        answer.slots = _EMPTY | _read_claim(turn.read(), debt) | _received(turn)
        answer.slots["debt"] = debt.external_id
        answer.then = CLAIM_FORM
        return answer


def _received(turn: ActionContext) -> dict[str, Any]:
    """Give the proof that came with the words or shortly before: it is not asked for again."""
    return {"claim_proof": True} if turn.facts.get("receipt") else {}


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
        """Read what was answered; who does not know is not asked again."""
        if turn.intent == "media_received":
            return ActionAnswer(slots={"claim_proof": True})
        _, debt = await turn.debt()
        expecting = _EXPECTING.get(turn.asked or "")
        slots = _read_claim(turn.read(expecting=expecting, words=turn.text), debt)
        slots |= _received(turn) if turn.slot("claim_proof") is None else {}
        if slots:
            return ActionAnswer(slots=slots)
        return _without_proof(turn) if turn.asked == "claim_proof" else _not_known(turn)


def _without_proof(turn: ActionContext) -> ActionAnswer:
    if has_no_receipt(turn.text) or turn.intent in _NOT_KNOWN:
        return ActionAnswer(slots={"claim_proof": False})
    if turn.intent == "affirm":
        # the claim does not wait for a photo that may never come
        return ActionAnswer([("utter_send_proof", {})], {"claim_proof": False})
    return ActionAnswer()


def _not_known(turn: ActionContext) -> ActionAnswer:
    known = turn.asked is None or turn.intent not in _NOT_KNOWN
    return ActionAnswer() if known else ActionAnswer(slots={turn.asked or "": _UNKNOWN})


class RecordClaim(CoreAction):
    """Records the claimed payment and lets a person check it."""

    action = "action_record_claim"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """Say what happens now."""
        party, debt = await turn.debt()
        amount, paid_on = _claimed(turn, debt)
        proof = bool(turn.slot("claim_proof"))
        await turn.core.cases.opening.payment_claim(
            party, debt, amount=amount, paid_on=paid_on, has_proof=proof, words=turn.text
        )
        await turn.core.conversations.hand_off.flag(
            turn.conversation_id, WaitingReason.CLAIM_TO_CHECK
        )
        answer = _receipt(debt, paid_on)
        answer.slots = dict(_EMPTY)
        answer.outcome = Outcome.ALREADY_PAID_CLAIM
        return answer


def _claimed(turn: ActionContext, debt: DebtView) -> tuple[Money | None, date | None]:
    """Give the amount and the day that were told; None where they are not known."""
    amount, paid_on = turn.slot("claim_amount"), turn.slot("claim_date")
    unknown = (None, _UNKNOWN)
    return (
        None if amount in unknown else Money(int(amount), debt.balance.currency),
        None if paid_on in unknown else date.fromisoformat(paid_on),
    )


def _receipt(debt: DebtView, paid_on: date | None) -> ActionAnswer:
    if paid_on is None:
        return ActionAnswer.of("utter_claim_recorded", product=debt.product)
    day = say_date(paid_on, debt.today)
    return ActionAnswer.of("utter_claim_recorded_on", product=debt.product, day=day)


ACTIONS: Final = (
    PayNow,
    AlreadyPaid,
    ReadClaim,
    RecordClaim,
)
