"""How people are called: files write names for archives, we write to people. Pure."""

import re
from typing import Final

from acuerdo.values.given_names import ONLY_GIVEN, SURNAMES_TOO
from acuerdo.values.text import one_line

# fmt: off
_TITLES: Final = frozenset((
    "sr", "sra", "srta", "srita", "sres", "senor", "senora", "senorita", "don", "dona", "dn", "dna",
    "d", "da", "dr", "dra", "doctor", "doctora", "lic", "licda", "licenciado", "licenciada", "ing",
    "ingeniero", "ingeniera", "abg", "abog", "abogado", "abogada", "arq", "arquitecto",
    "arquitecta", "prof", "profa", "profesor", "profesora", "mtro", "mtra", "maestro", "maestra",
    "cpc", "cp", "cr", "cra", "econ", "eco", "tec", "mg", "mag", "mba", "phd", "tlgo", "tlga",
    "psic", "med", "odont", "enf", "obst", "gral", "cap", "sgto", "tte", "pbro", "sor", "fray",
    "mr", "mrs", "ms", "miss",
))
_PARTICLES: Final = frozenset((
    "de", "del", "la", "las", "los", "y", "e", "da", "das", "do", "dos", "di", "van", "von", "der",
    "san", "santa", "mac", "mc", "vda", "viuda", "el",
))
_COMPANIES: Final = frozenset((
    "sa", "sac", "saa", "srl", "sas", "spa", "ltda", "eirl", "cia", "sapi", "sc", "ac", "rl", "cv",
    "empresa", "comercial", "comercializadora", "distribuidora", "inversiones", "servicios",
    "constructora", "cooperativa", "asociacion", "fundacion", "sucesion", "herederos", "banco",
    "consorcio", "corporacion", "grupo", "hermanos", "hnos", "inc", "llc", "corp", "transportes",
    "agropecuaria", "importadora", "exportadora", "farmacia", "ferreteria", "restaurante",
    "municipalidad", "colegio", "condominio", "edificio", "tienda", "bodega", "taller",
))
# What follows a name after a comma without being one.
_AFTERTHOUGHTS: Final = frozenset(("jr", "sr", "hijo", "hija", "ii", "iii", "iv", "padre", "madre"))
_SHORT: Final = {"ma": "María", "fco": "Francisco", "fca": "Francisca", "gpe": "Guadalupe"}
# fmt: on
_PLAIN: Final = str.maketrans("áéíóúüñàèìòùâêîôûäëïöç", "aeiouunaeiouaeiouaeioc")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIAL: Final = re.compile(r"[^\W\d_]\.?")
_NOT_A_PERSON: Final = re.compile(r"[\d&/@|;:()+*#={}\[\]<>]")
_INSIDE: Final = re.compile(r"(?<=['’-])\w")


def given_name(name: str) -> str:
    """The one name by which a person is greeted: "José" of "QUISPE MAMANI, JOSÉ LUIS".

    Titles, particles and initials are skipped, capitals lowered. Empty where it is in doubt what
    of it is the given name, or whether it is a person: whoever uses it says the sentence without.
    """
    words = _given_words(name)
    return "" if words is None else _written(words[0])


def full_name(name: str) -> str:
    """The whole name in the order and the letters in which it is said to a person.

    "José Luis Quispe Mamani" of "QUISPE MAMANI, JOSÉ LUIS"; titles are left out. What is written in
    small and capital letters keeps them; what is no name of a person stays as it is.
    """
    line = one_line(name)
    if _NOT_A_PERSON.search(line) or any(_plain(word) in _COMPANIES for word in line.split()):
        return line
    before, after = _parts(line)
    words = [*after, *before]
    return " ".join(_said(word, first=place == 0) for place, word in enumerate(words)) or line


def _given_words(name: str) -> list[str] | None:
    line = one_line(name)
    before, after = _parts(line)
    if _NOT_A_PERSON.search(line) or line.count(",") > 1:
        return None
    if any(_plain(word) in _COMPANIES for word in (*before, *after)):
        return None
    words = [word for word in after or before if not _INITIAL.fullmatch(word)]
    if not words or _plain(words[0]) in _PARTICLES:
        return None
    if after:
        return words
    return words if _stands_first(words) else None


def _stands_first(words: list[str]) -> bool:
    """Whether the given name comes before the surnames: it is one, and no surname, or none follows
    that is one for certain."""
    first, *others = (_plain(word) for word in words)
    if first in SURNAMES_TOO:
        return bool(others) and not any(word in ONLY_GIVEN for word in others)
    return first in ONLY_GIVEN


def _parts(line: str) -> tuple[list[str], list[str]]:
    """The words before a comma and those after it, without titles."""
    before, _, after = line.partition(",")
    surnames, given = _untitled(before), _untitled(after)
    if given and all(_plain(word) in _AFTERTHOUGHTS for word in given):
        return surnames, []
    if not surnames:
        return given, []
    return surnames, given


def _untitled(part: str) -> list[str]:
    words = [word.strip(",;") for word in part.replace(".", ". ").split()]
    words = [word for word in words if _WORD.fullmatch(word)]
    while words and _plain(words[0]) in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1].endswith(".") and _plain(words[-1]) in _TITLES:
        words = words[:-1]
    return words


def _written(word: str) -> str:
    short = _SHORT.get(_plain(word))
    return short or _capitalised(word.rstrip("."))


def _said(word: str, *, first: bool) -> str:
    if _plain(word) in _PARTICLES and not first:
        return word.lower()
    return _capitalised(word)


def _capitalised(word: str) -> str:
    if not (word.isupper() or word.islower()):
        return word
    small = word[:1].upper() + word[1:].lower()
    return _INSIDE.sub(lambda match: match.group().upper(), small)


def _plain(word: str) -> str:
    return word.lower().translate(_PLAIN).strip(".,;")
