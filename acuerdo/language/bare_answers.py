"""Texts that only answer: a yes, a no, a value; what they mean hangs on what was asked."""

import re
from typing import Final

from acuerdo.language.folding import words_in

_ASSENTS: Final = frozenset(
    (
        *("si", "sii", "siii", "sip", "simon", "claro", "ok", "okay", "oki", "okey", "dale", "va"),
        *("vale", "listo", "lista", "bueno", "bien", "perfecto", "exacto", "correcto", "cierto"),
        *("confirmo", "confirmado", "acepto", "aceptado", "hecho", "acuerdo", "conforme", "sale"),
        *("afirmativo", "obvio", "seguro", "ya", "orale", "eso", "mismo", "misma", "cabal"),
    )
)
_DENIALS: Final = frozenset(("no", "nop", "nel", "nunca", "tampoco", "negativo", "incorrecto"))
_AROUND: Final = frozenset(
    (
        *("de", "esta", "por", "favor", "porfa", "gracias", "muchas", "pues", "yo", "soy", "asi"),
        *("es", "que", "lo", "la", "el", "le", "me", "muy", "senor", "senora", "senorita", "joven"),
        *("todo", "con", "gusto", "a", "usted", "opcion", "primera", "primero", "segunda"),
        *("segundo", "tercera", "tercero", "ultima", "ultimo", "uno", "dos", "tres", "ambas"),
        *("ninguna", "ninguno", "persona", "ella"),
    )
)
_YES_OR_NO: Final = _ASSENTS | _DENIALS
_PLAIN_YES: Final = frozenset(
    (
        *("si", "sii", "sip", "claro", "ok", "okay", "dale", "va", "vale", "listo", "perfecto"),
        *("acepto", "correcto", "exacto", "confirmo", "conforme", "afirmativo"),
    )
)
_SHORT: Final = 8
_SIGNS: Final = re.compile("[\U0001f44d\U0001f44e\U0001f44c\u2705\u2714\u274c\U0001f64f]")


def is_yes_or_no(text: str) -> bool:
    """Tell whether a text says yes or no, or shows a sign for it, and nothing else."""
    said = words_in(text)
    if not said:
        return _SIGNS.search(text) is not None
    words = set(said)
    return bool(words & _YES_OR_NO) and words <= _YES_OR_NO | _AROUND


def is_bare_answer(text: str) -> bool:
    """Tell whether a text says yes, no or which one, and nothing that could stand alone.

    A number alone is one, too; a sum or a day with other words is not: it is read back anyway.
    A short text that begins with a plain yes, and asks or names nothing of its own, is one as well.
    """
    if is_yes_or_no(text):
        return True
    said = words_in(text)
    if not said:
        return False
    if all(word in _YES_OR_NO | _AROUND or word.isdigit() for word in said):
        return True
    says_more = "pero" in said or "?" in text or any(word.isdigit() for word in said)
    return said[0] in _PLAIN_YES and len(said) <= _SHORT and not says_more
