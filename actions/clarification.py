"""Not understanding: the likeliest readings as choices, then a person."""

from dataclasses import dataclass
from typing import Any, Final

from actions.action import LISTEN, CoreAction
from actions.turn import ActionAnswer, ActionContext
from acuerdo.conversations.models import WaitingReason


@dataclass(frozen=True)
class IntentReading:
    """How a reading is offered; `neutral` may be read by whoever holds the phone."""

    words: str
    neutral: bool = False


# What can be meant by somebody who was not understood, as a person would press it. An intent that
# is not here is never offered: a yes, a thanks, or what nobody should be led to (a threat, abuse).
READINGS: Final = {
    "already_paid": IntentReading("Ya pagué"),
    "ask_balance": IntentReading("Ver mi saldo"),
    "ask_clearance_letter": IntentReading("Carta de no adeudo"),
    "ask_consequences": IntentReading("Qué pasa si no pago"),
    "ask_credit_bureau": IntentReading("Mi historial"),
    "ask_data_source": IntentReading("Mis datos personales", neutral=True),
    "ask_debt_details": IntentReading("Detalle de la cuenta"),
    "ask_due_date": IntentReading("Fecha de pago"),
    "ask_if_bot": IntentReading("Si es un robot", neutral=True),
    "ask_if_scam": IntentReading("Saber si es seguro", neutral=True),
    "ask_payment_methods": IntentReading("Dónde pagar"),
    "ask_statement": IntentReading("Pedir documento"),
    "ask_who_is_calling": IntentReading("Saber quién escribe", neutral=True),
    "callback_later": IntentReading("Hablar más tarde", neutral=True),
    "change_promise": IntentReading("Cambiar mi fecha"),
    "claim_prior_agreement": IntentReading("Ya tengo un acuerdo"),
    "complain": IntentReading("Poner una queja", neutral=True),
    "confirm_identity": IntentReading("Sí, soy yo", neutral=True),
    "counter_offer": IntentReading("Proponer un monto"),
    "dispute_debt": IntentReading("No la reconozco"),
    "opt_out": IntentReading("No más mensajes", neutral=True),
    "pay_now": IntentReading("Pagar ahora"),
    "prefer_channel": IntentReading("Otro medio", neutral=True),
    "promise_to_pay": IntentReading("Elegir fecha"),
    "refuse_to_pay": IntentReading("No voy a pagar"),
    "refuse_verification": IntentReading("No dar mis datos", neutral=True),
    "report_hardship": IntentReading("Ahora no puedo pagar"),
    "request_discount": IntentReading("Pedir descuento"),
    "request_extension": IntentReading("Pedir más tiempo"),
    "request_plan": IntentReading("Pagar en partes"),
    "third_party": IntentReading("No soy, le aviso", neutral=True),
    "update_contact_data": IntentReading("Cambiar mi contacto", neutral=True),
    "wrong_person": IntentReading("Número equivocado", neutral=True),
}
# A reading less likely than this would be a guess out of nothing.
_LEAST_SHARE: Final = 0.1
_WHO_IS_THERE: Final = frozenset(("confirm_identity", "third_party", "wrong_person"))


class NotUnderstood(CoreAction):
    """Asks once more, narrower; the second time a person is called in."""

    action = "action_not_understood"

    async def answer(self, turn: ActionContext) -> ActionAnswer:
        """The two likeliest readings, else a narrower question, else a person."""
        if turn.slot("misunderstood"):
            await turn.core.conversations.hand_off.hand_over(
                turn.conversation_id, WaitingReason.NOT_UNDERSTOOD
            )
            nothing_open = {"misunderstood": 0, "unclear_words": None}
            return ActionAnswer(
                [("utter_not_understood_twice", {})], nothing_open, leaves_form=True
            )
        slots: dict[str, Any] = {"misunderstood": 1}
        offered = likeliest(turn)
        if len(offered) > 1:
            first, second = offered
            slots["unclear_words"] = turn.text
            asked = ActionAnswer.of(
                "utter_did_you_mean",
                first=READINGS[first].words,
                first_intent=first,
                second=READINGS[second].words,
                second_intent=second,
            )
            asked.slots, asked.then = slots, LISTEN
            return asked
        verified = bool(turn.facts.get("verified")) and turn.form is None
        response = "utter_not_understood_menu" if verified else "utter_not_understood"
        return ActionAnswer([(response, {})], slots)


def likeliest(turn: ActionContext) -> list[str]:
    """The two likeliest readings that may be offered to whoever is reading; fewer if there are."""
    if turn.intent == "out_of_scope":
        return []
    verified = bool(turn.facts.get("verified"))
    return [
        intent
        for intent, share in turn.ranking
        if share >= _LEAST_SHARE
        and intent in READINGS
        and (READINGS[intent].neutral or verified)
        and (intent not in _WHO_IS_THERE or turn.asked == "identity_confirmed")
    ][:2]


ACTIONS: Final = (NotUnderstood,)
