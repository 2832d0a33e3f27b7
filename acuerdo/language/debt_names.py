"""Whether words name a debt by its product or its creditor."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from acuerdo.language.folding import words_in

# fmt: off
_SILENT: Final = frozenset((
    "al", "con", "de", "del", "el", "en", "es", "la", "las", "le", "lo", "los", "me", "mi", "no",
    "por", "se", "servicio", "si", "su", "te", "tu", "un", "una", "y", "ya",
))
# Everybody says these, and creditors are called so too: they name one only where they are pointed
# at ("la de Claro"), not by themselves ("claro, el viernes").
_EVERYDAY: Final = frozenset((
    "banco", "bien", "bueno", "casa", "claro", "credito", "cuenta", "cuota", "cuotas", "dale",
    "deuda", "dia", "facil", "hoy", "listo", "mes", "pagar", "pago", "pagos", "personal", "plan",
    "rapido", "saldo", "semana", "tienda", "total",
))
# fmt: on
_POINTERS: Final = frozenset(("de", "del", "en", "con"))
_NUMBER_POINTERS: Final = _POINTERS | {"el", "la"}
# Shorter numbers are amounts, days and instalments.
_SHORTEST_NUMBER: Final = 4


def named_in(words: str, names: Iterable[str]) -> bool:
    """Tell whether the words contain a telling word of one of the names."""
    telling = {word for name in names for word in _words(name)} - _SILENT
    said = ["", *_words(words)]
    return any(word in telling and _counts(word, before) for before, word in pairwise(said))


def _counts(word: str, before: str) -> bool:
    if word.isdigit():
        return len(word) >= _SHORTEST_NUMBER and before in _NUMBER_POINTERS
    return word not in _EVERYDAY or before in _POINTERS


def _words(text: str) -> list[str]:
    return [word for word in words_in(text) if len(word) > 1]
