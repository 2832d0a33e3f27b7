"""What a question makes likelier: after "¿hablo con Ana?" a "sí" says who is speaking.

The question belongs in the decision and not in the training data: the same words are judged by what
was asked, and what is said plainly is heard whatever was asked.
"""

from __future__ import annotations

from rasa_server.components.intent_model import NOT_UNDERSTOOD, Understood
from rasa_server.components.normalise import normalise

# How many times likelier an intent is as the answer to the question for a slot than elsewhere.
ANSWERS: dict[str, dict[str, float]] = {
    "identity_confirmed": {
        "confirm_identity": 5, "affirm": 5, "deny": 4, "wrong_person": 4, "third_party": 4,
        "ask_who_is_calling": 4, "greet": 0.05,
    },
    "identity_proof": {"inform": 6, "refuse_verification": 4, "hold_on": 2},
    "debt": {"choose_option": 6, "inform": 3},
    "promise_amount": {"inform": 10, "counter_offer": 3, "promise_to_pay": 2},
    "promise_date": {"inform": 10, "promise_to_pay": 3},
    "promise_confirmed": {"affirm": 6, "deny": 4},
    "proposal": {"choose_option": 6, "counter_offer": 3, "inform": 3, "deny": 2},
    "plan_confirmed": {"affirm": 6, "deny": 4, "choose_option": 2},
    "claim_date": {"inform": 10, "already_paid": 3},
    "claim_amount": {"inform": 10, "already_paid": 3},
    "claim_proof": {"deny": 8, "affirm": 3, "hold_on": 3},
    "dispute_reason": {"dispute_debt": 6},
    "callback_at": {"inform": 5, "callback_later": 5, "deny": 2},
}  # fmt: skip

# What one intent means after a question: a yes to a name is an identity, a number under a list of
# offers is a choice.
TAKEN_AS: dict[str, dict[str, str]] = {
    "identity_confirmed": {"affirm": "confirm_identity"},
    "proposal": {"inform": "choose_option"},
}


def as_answer(text: str, understood: Understood, asked: str | None, threshold: float) -> Understood:
    """What was understood, judged as the answer to the question for the slot `asked`.

    Below the threshold it is not understood, as without a question. Nothing to compare stays
    nothing, whatever was asked.
    """
    likelier = ANSWERS.get(asked or "")
    if likelier is None or not normalise(text):
        return understood
    taken_as = TAKEN_AS.get(asked or "", {})
    weighed: dict[str, float] = {}
    for name, value in understood.ranking:
        meant = taken_as.get(name, name)
        weighed[meant] = weighed.get(meant, 0.0) + value * likelier.get(name, 1.0)
    whole = sum(weighed.values())
    ranking = sorted(((name, v / whole) for name, v in weighed.items()), key=lambda one: -one[1])
    likeliest, confidence = ranking[0]
    clear = confidence >= threshold
    return Understood(likeliest if clear else NOT_UNDERSTOOD, confidence, ranking)
