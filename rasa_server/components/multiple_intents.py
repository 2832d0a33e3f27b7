"""Two things said at once: "soy Ana, quiero pagar 200 el viernes".

A message is understood as a whole and in its parts. What the parts say surely is kept; which of it
is answered first is decided by the order of the intents in `domain.yml`, from what cannot wait to
what only opens a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rasa_server.components.intent_facts import IntentFacts
from rasa_server.components.intent_model import Understood

SURE = 0.9
_LEAST_WORDS = 2
# Of more parts than these, neighbours are read together: none is left unread, also not the last.
_MOST_PARTS = 24
_BREAK = re.compile(
    r"[.,;:!?\n¡¿]+|\b(?:pero|aunque|entonces|as[ií] que|adem[aá]s|tambi[eé]n|y|mire|oiga|mir[aá]|"
    r"fíjese|fijese|es que|solo que|nomas que|nom[aá]s)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<=\d)[.,:](?=\d)")


def parts_of(text: str) -> list[str]:
    """Splits a message into clauses of two words or more each; none where it is only one."""
    kept = _FIGURES.sub("\0", text)
    parts = [part.replace("\0", ".").strip() for part in _BREAK.split(kept)]
    parts = [part for part in parts if len(part.split()) >= _LEAST_WORDS]
    if len(parts) <= 1:
        return []
    together = -(-len(parts) // _MOST_PARTS)
    return [". ".join(parts[at : at + together]) for at in range(0, len(parts), together)]


def in_full(
    text: str, whole: Understood, understand: Callable[[str], Understood], facts: IntentFacts
) -> Understood:
    """Gives the message with every meaning that a part of it surely has, the first one in front.

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
    leading = facts.leading & sure
    if first in facts.leading:
        # a question does not give way to another one
        leading -= facts.yielding
    if leading and first in facts.yielding:
        if whole.confidence >= SURE:
            sure.add(first)
        first = min(leading, key=facts.order.index)
        whole = _with_first(whole, first, SURE)
    others = [each for each in facts.order if each in sure and each != first]
    return replace(whole, also=tuple(others))


def _with_first(whole: Understood, intent: str, confidence: float) -> Understood:
    known = dict(whole.ranking)
    known.pop(intent, None)
    left = sum(known.values())
    scale = (1.0 - confidence) / left if left else 0.0
    others = [(name, probability * scale) for name, probability in known.items()]
    return Understood(intent, confidence, [(intent, confidence), *others])
