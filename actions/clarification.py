"""Not understanding: the likeliest readings as choices, then a person."""

from dataclasses import dataclass
from typing import Any, Final

from actions.action import LISTEN, CoreAction
from actions.turn import Answer, Turn
from acuerdo.conversations.models import WaitingReason


@dataclass(frozen=True)
class Reading:
    """How a reading is offered; `neutral` may be read by whoever holds the phone."""

    words: str
    neutral: bool = False


# What can be meant by somebody who was not understood, as a person would press it. An intent that
# is not here is never offered: a yes, a thanks, or what nobody should be led to (a threat, abuse).
READINGS: Final = {
    "already_paid": Reading("Ya pagué"),
    "ask_balance": Reading("Ver mi saldo"),
    "ask_clearance_letter": Reading("Carta de no adeudo"),
    "ask_consequences": Reading("Qué pasa si no pago"),
    "ask_credit_bureau": Reading("Mi historial"),
    "ask_data_source": Reading("Mis datos personales", neutral=True),
    "ask_debt_details": Reading("Detalle de la cuenta"),
    "ask_due_date": Reading("Fecha de pago"),
    "ask_if_bot": Reading("Si es un robot", neutral=True),
    "ask_if_scam": Reading("Saber si es seguro", neutral=True),
    "ask_payment_methods": Reading("Dónde pagar"),
    "ask_statement": Reading("Pedir documento"),
    "ask_who_is_calling": Reading("Saber quién escribe", neutral=True),
    "callback_later": Reading("Hablar más tarde", neutral=True),
    "change_promise": Reading("Cambiar mi fecha"),
    "claim_prior_agreement": Reading("Ya tengo un acuerdo"),
    "complain": Reading("Poner una queja", neutral=True),
    "confirm_identity": Reading("Sí, soy yo", neutral=True),
    "counter_offer": Reading("Proponer un monto"),
    "dispute_debt": Reading("No la reconozco"),
    "opt_out": Reading("No más mensajes", neutral=True),
    "pay_now": Reading("Pagar ahora"),
    "prefer_channel": Reading("Otro medio", neutral=True),
    "promise_to_pay": Reading("Elegir fecha"),
    "refuse_to_pay": Reading("No voy a pagar"),
    "refuse_verification": Reading("No dar mis datos", neutral=True),
    "report_hardship": Reading("Ahora no puedo pagar"),
    "request_discount": Reading("Pedir descuento"),
    "request_extension": Reading("Pedir más tiempo"),
    "request_plan": Reading("Pagar en partes"),
    "third_party": Reading("No soy, le aviso", neutral=True),
    "update_contact_data": Reading("Cambiar mi contacto", neutral=True),
    "wrong_person": Reading("Número equivocado", neutral=True),
}
# A reading less likely than this would be a guess out of nothing.
_LEAST_SHARE: Final = 0.1
_WHO_IS_THERE: Final = frozenset(("confirm_identity", "third_party", "wrong_person"))


class NotUnderstood(CoreAction):
    """Asks once more, narrower; the second time a person is called in."""

    action = "action_not_understood"

    async def answer(self, turn: Turn) -> Answer:
        """The two likeliest readings, else a narrower question, else a person."""
        if turn.slot("misunderstood"):
            await turn.core.ownership.hand_over(turn.conversation_id, WaitingReason.NOT_UNDERSTOOD)
            nothing_open = {"misunderstood": 0, "unclear_words": None}
            return Answer([("utter_not_understood_twice", {})], nothing_open, leaves_form=True)
        slots: dict[str, Any] = {"misunderstood": 1}
        offered = likeliest(turn)
        if len(offered) > 1:
            first, second = offered
            slots["unclear_words"] = turn.text
            asked = Answer.of(
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
        return Answer([(response, {})], slots)


def likeliest(turn: Turn) -> list[str]:
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
