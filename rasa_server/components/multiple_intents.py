"""Two things said at once: "soy Ana, quiero pagar 200 el viernes".

A message is understood as a whole and in its parts. What the parts say surely is kept; which of it
is answered first is decided by `PRECEDENCE`, from what cannot wait to what only opens a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rasa_server.components.intent_model import Understood

# What is said in passing: it never hides another meaning. The others are in the order in which
# they are answered: what stops everything, what changes whether there is a debt, what is agreed,
# when and how to talk, what is asked, who is speaking.
IN_PASSING = (
    "affirm", "deny", "greet", "thank", "goodbye", "hold_on", "inform", "help", "repeat", "cancel",
    "out_of_scope",
)  # fmt: skip
PRECEDENCE = (
    "threat_of_harm", "report_deceased", "legal_representation", "claim_time_barred",
    "dispute_debt", "already_paid", "claim_prior_agreement", "request_human", "complain",
    "change_promise", "promise_to_pay", "pay_now", "counter_offer", "request_plan",
    "request_discount", "request_extension", "choose_option", "report_hardship", "refuse_to_pay",
    "opt_out", "wrong_person", "third_party", "callback_later", "prefer_channel",
    "update_contact_data", "refuse_verification", "insult",
    "ask_balance", "ask_debt_details", "ask_due_date", "ask_payment_methods", "ask_statement",
    "ask_clearance_letter", "ask_credit_bureau", "ask_consequences", "ask_if_scam",
    "ask_who_is_calling", "ask_if_bot", "ask_recording", "ask_data_source",
    "confirm_identity", *IN_PASSING,
)  # fmt: skip
# What takes the place of a yes, a thanks or a name that stands before it.
WEIGHTY = frozenset(PRECEDENCE[: PRECEDENCE.index("ask_clearance_letter")]) - {
    "choose_option", "complain", "insult", "legal_representation", "claim_time_barred",
    "wrong_person", "third_party", "refuse_verification",
}  # fmt: skip
# Asked beside what is told; a letter of clearance or where data come from is a wish of its own.
QUESTIONS = frozenset({"ask_statement", "ask_payment_methods"})
SURE = 0.9
_LEAST_WORDS = 2
_MOST_PARTS = 8
_BREAK = re.compile(
    r"[.,;:!?\n¡¿]+|\b(?:pero|aunque|entonces|as[ií] que|adem[aá]s|tambi[eé]n|y|mire|oiga|mir[aá]|"
    r"fíjese|fijese|es que|solo que|nomas que|nom[aá]s)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<=\d)[.,:](?=\d)")
_RANK = {intent: rank for rank, intent in enumerate(PRECEDENCE)}


def parts_of(text: str) -> list[str]:
    """The clauses of a message of two words or more each; none where it is only one clause."""
    kept = _FIGURES.sub("\0", text)
    parts = [part.replace("\0", ".").strip() for part in _BREAK.split(kept)]
    parts = [part for part in parts if len(part.split()) >= _LEAST_WORDS]
    return parts[:_MOST_PARTS] if len(parts) > 1 else []


def in_full(text: str, whole: Understood, understand: Callable[[str], Understood]) -> Understood:
    """The message with every meaning that a part of it surely has, the first one in front.

    The whole's own reading gives way only where it is said in passing, says who is speaking, or
    asks something beside what is told.
    """
    sure = set()
    for part in parts_of(text):
        heard = understand(part)
        intent = heard.ranking[0][0]
        is_long = len(part.split()) > _LEAST_WORDS
        if heard.confidence >= SURE and (is_long or intent == "confirm_identity"):
            sure.add(intent)
    first = whole.ranking[0][0]
    weighty = WEIGHTY & sure
    if first in QUESTIONS:
        weighty -= QUESTIONS
    if weighty and (first in QUESTIONS or _RANK.get(first, 0) >= _RANK["confirm_identity"]):
        if whole.confidence >= SURE:
            sure.add(first)
        first = min(weighty, key=_RANK.__getitem__)
        whole = _with_first(whole, first, SURE)
    others = [each for each in PRECEDENCE if each in sure and each != first]
    return replace(whole, also=tuple(others))


def _with_first(whole: Understood, intent: str, confidence: float) -> Understood:
    known = dict(whole.ranking)
    known.pop(intent, None)
    left = sum(known.values())
    scale = (1.0 - confidence) / left if left else 0.0
    others = [(name, probability * scale) for name, probability in known.items()]
    return Understood(intent, confidence, [(intent, confidence), *others])
