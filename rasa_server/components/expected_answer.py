"""What a question makes likelier: after "¿hablo con Ana?" a "sí" says who is speaking.

The question belongs in the decision and not in the training data: the same words are judged by what
was asked, and what is said plainly is heard whatever was asked. How much likelier stands with each
intent in `domain.yml`, as does what one intent means after a question: a yes to a name is an
identity, a number under a list of offers is a choice.
"""

from __future__ import annotations

from rasa_server.components.intent_facts import IntentFacts
from rasa_server.components.intent_model import NOT_UNDERSTOOD, Understood
from rasa_server.components.normalise import normalise


def as_answer(
    text: str, understood: Understood, asked: str | None, threshold: float, facts: IntentFacts
) -> Understood:
    """Judges what was understood as the answer to the question for the slot `asked`.

    Below the threshold it is not understood, as without a question. Nothing to compare stays
    nothing, whatever was asked.
    """
    likelier = facts.answers.get(asked or "")
    if likelier is None or not normalise(text):
        return understood
    taken_as = facts.means.get(asked or "", {})
    weighed: dict[str, float] = {}
    for name, value in understood.ranking:
        meant = taken_as.get(name, name)
        weighed[meant] = weighed.get(meant, 0.0) + value * likelier.get(name, 1.0)
    whole = sum(weighed.values())
    ranking = sorted(((name, v / whole) for name, v in weighed.items()), key=lambda one: -one[1])
    likeliest, confidence = ranking[0]
    clear = confidence >= threshold
    return Understood(likeliest if clear else NOT_UNDERSTOOD, confidence, ranking)
