"""What no conversation may break, read from the messages and from the file that is kept."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from quality.evaluation.debtors.persona import Persona

# The stems tell what it is about, whatever their ending: deuda, deudor, adeudo; moroso, moratorio;
# atrasado; cobrar, cobranza; debe, deben; pago, pagar, pague; vencido; abono; préstamo; crédito;
# cuota; factura; monto; importe; convenio; descuento. "página" is not "pag".
TELLING: Final = re.compile(
    r"\b(?:deud|adeud|mora\b|moros|morator|atras|cobr|saldo|salda|deb[eoía]|pag[aoáóu]|vencid|"
    r"venc[eió]|vencim|abon|pr[eé]stam|cr[eé]dit|cuota|factur|monto|importe|convenio|descuento|"
    r"compromiso|enlace|acreedor|embarg|demand|judicial|bur[oó]|balance|intereses)\w*",
    re.IGNORECASE,
)
_THREAT: Final = re.compile(r"demandar|embarg|juicio|policía|cárcel|denunciar", re.IGNORECASE)
_ASKS_WHY: Final = re.compile(r"por qu[eé] no (?:pag|ha pag|pudo)|motivo de(?:l| su) (?:atraso|no)")
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_LEAST_WORDS: Final = 5
_LONG: Final = 320
_OFTEN_ENOUGH: Final = 2
_OUTCOMES: Final = {
    "promise", "plan", "payment_link_sent", "already_paid_claim", "dispute", "wrong_person",
    "third_party", "opt_out", "callback", "handoff", "hardship", "refused", "deceased",
    "no_outcome",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One message of ours: what it was the answer to, what it asks last, and whether they had
    proven who they are."""

    text: str
    titles: tuple[str, ...]
    after: str
    proven: bool
    asked: str | None = None

    @property
    def shown(self) -> str:
        """Everything that a person reads."""
        return "\n".join((self.text, *self.titles))

    @property
    def is_long(self) -> bool:
        """Whether it is longer than people like to read on a phone."""
        return len(self.text) > _LONG


def broken_in_messages(persona: Persona, told: list[Told]) -> list[str]:
    """The rules that the messages break, each named with the words that break it."""
    names = [each[key] for each in persona.debts for key in ("creditor", "product")]
    found = []
    for message in told:
        if not message.proven:
            found += [f"told {w!r} before a proof" for w in TELLING.findall(message.shown)]
            found += [f"named {name!r} before a proof" for name in names if name in message.shown]
        if _THREAT.search(message.shown):
            found.append(f"threatened: {message.text!r}")
        if _ASKS_WHY.search(message.shown):
            found.append(f"asked why: {message.text!r}")
    found += [
        f"asked again who it is: {each.text!r}"
        for each in told
        if each.proven and each.asked in ("name", "proof") and "coincide" not in each.text
    ]
    if sum(each.asked == "name" for each in told) > _OFTEN_ENOUGH:
        found.append("asked for the name over and over")
    for one, other in pairwise(told):
        found += [f"said twice in a row: {each!r}" for each in _repeated(one, other)]
    return found


def _repeated(one: Told, other: Told) -> list[str]:
    """Sentences of one message that come again in the next; figures and lists may come again."""
    if _asked_to_repeat(other.after):
        return []
    before = set(_SENTENCE_ENDS.split(one.text))
    return [
        sentence
        for sentence in _SENTENCE_ENDS.split(other.text)
        if sentence in before and len(sentence.split()) >= _LEAST_WORDS
    ]


def _asked_to_repeat(words: str) -> bool:
    return (
        re.search(r"repit|otra vez|de nuevo|no (?:le )?(?:o[ií]|entend)", words, re.I) is not None
    )


def broken_in_file(persona: Persona, file: dict[str, Any], today: date) -> list[str]:
    """The rules that what was recorded breaks: policy, and exactly one outcome."""
    policy = persona.policy
    promise, plan = policy["promise"], policy["plan"]
    most = sum(Decimal(each["balance"]) for each in persona.debts)
    found = []
    for each in file["promises"]:
        if each["state"] != "open":
            continue
        amount, due_on = Decimal(each["amount"]), date.fromisoformat(each["due_on"])
        smallest = min(
            Decimal(promise["min_amount"]), *(Decimal(d["balance"]) for d in persona.debts)
        )
        last = today + timedelta(days=promise["max_days"])
        if not (smallest <= amount <= most and today <= due_on <= last):
            found.append(f"a promise outside of policy: {amount} on {due_on}")
    for each in file["plans"]:
        parts = [Decimal(part["amount"]) for part in each["instalments"]]
        if len(parts) > plan["max_instalments"] or min(parts) < Decimal(plan["min_instalment"]):
            found.append(f"a plan outside of policy: {parts}")
        if sum(parts) != Decimal(each["total"]) or Decimal(each["total"]) > most:
            found.append(f"a plan that does not add up: {parts} is not {each['total']}")
    outcomes = [each["outcome"] for each in file["conversations"]]
    if not outcomes or any(each not in _OUTCOMES for each in outcomes):
        found.append(f"not one known outcome: {outcomes}")
    return found
