"""Amounts told by what they are of the debt: "la mitad", "todo", "lo vencido"."""

import re

from acuerdo.language.entity import Entity
from acuerdo.language.sentence import Sentence, phrase

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        phrase(
            r"(?:la |una |por la )?mitad(?: (?:de la deuda|del saldo|del total))?|"
            r"(?:el |un )?50 (?:%|por (?:ciento|100)|porciento)"
        ),
        "half",
    ),
    (
        phrase(
            r"(?:(?:lo|el|la|las|los) )?(?:saldo |pago |monto |cuotas? |mensualidad(?:es)? |"
            r"pagos )?"
            r"(?:vencid[oa]s?|atrasad[oa]s?)|el atraso|los atrasos"
        ),
        "overdue",
    ),
    (
        phrase(r"(?:(?:el|lo|la) )?(?:pago |monto |cuota )?minim[oa](?: (?:a pagar|posible))?"),
        "minimum",
    ),
    (
        phrase(
            r"(?:(?:el|la|mi) )?(?:saldo |monto |deuda |pago |adeudo )?(?:total(?: de la deuda)?|"
            r"totalidad|complet[oa])|toda (?:la |mi )?(?:deuda|cuenta)|todo (?:el |mi )?(?:saldo|"
            r"monto|adeudo|total|lo que debo|junto|completo|de una(?: vez)?|de un solo|de contado)|"
            r"(?:todo )?lo que (?:les |le |te )?debo"
        ),
        "total",
    ),
    (
        phrase(
            r"(?:pag[a-z]+|liquid[a-z]+|cancel[a-z]+|sald[a-z]+|abon[a-z]+|deposit[a-z]+|"
            r"cubr[a-z]+) "
            r"(?:de una vez |ya |hoy |asi )?(?P<core>todo)"
        ),
        "total",
    ),
)
_NOT_TOTAL = phrase(r"en total|total que|por completo|nombre completo|(?:dia|mes|tiempo) completo")


def find_relative_amounts(sentence: Sentence) -> list[Entity]:
    """Parts of the debt, to be resolved by who knows it: total, half, overdue, minimum."""
    for match in sentence.matches(_NOT_TOTAL):
        sentence.claim(sentence.span_of(match))
    found: list[Entity] = []
    for pattern, value in _RULES:
        for match in sentence.matches(pattern):
            group = "core" if "core" in match.groupdict() else 0
            span = sentence.span_of(match, group)
            start, end = sentence.offsets(span)
            sentence.claim(span)
            found.append(Entity("relative_amount", value, None, start, end))
    return found
