"""Digits that identify: endings and whole numbers of documents, said one by one or in pairs."""

import re

from acuerdo.language.entity import Entity
from acuerdo.language.lexicon import words
from acuerdo.language.sentence import Sentence, Span, phrase

_CUE = (
    r"(?:termin[a-z]+|acab[a-z]+|finaliz[a-z]+|concluye|ultimos|ultimas|digitos|digito|dni|cedula|"
    r"cc|c c|ci|rut|curp|ine|ife|documento|doc|carnet|carne|identificacion|identidad|cuil|cuit|rfc|"
    r"nit|codigo|cod|folio|referencia|comprobante|operacion|autorizacion|clave|pin|token|"
    r"(?:numero|num|nro|no) (?:de )?(?:cuenta|tarjeta|contrato|cliente|documento|cedula|dni|ine|"
    r"rut|"
    r"operacion|referencia|folio|credito|identificacion|identidad|suministro|medidor)|"
    r"ticket|guia|recibo|voucher)"
)
_FILLER = (
    r"(?: (?:es|son|el|la|los|las|en|numero|numeros|nro|num|no|o|n|de|del|mi|con|:|,|[.]|#|-|seria|"
    r"serian|sale|dice|ultimos|ultimas|digitos|cifras|documento|identidad|dni|cedula|rut|ine|"
    r"4(?= (?:digitos|numeros|cifras|ultimos|son|de|es|:))|3(?= digitos)|cuenta|tarjeta|pago|"
    r"deposito)){0,16}"
)
_CUED = phrase(rf"{_CUE}{_FILLER}")
_TRAILING_CUE = phrase(
    r"(?P<code>[0-9]{3,})(?: [.,])? (?:son|es|serian) (?:los|mis|mi) (?:ultimos|ultimas|4|"
    r"digitos|dni|cedula|rut)"
)
_RUT = re.compile(r"[0-9]{1,2}\.?[0-9]{3}\.?[0-9]{3}-[0-9k]")
_HYPHENED = re.compile(r"(?<![0-9])[0-9]++(?:-[0-9]++)++")
_JOINS = frozenset({",", "-", ".", "y", "guion", "punto", "raya", "espacio"})
_REPEATS = {"doble": 2, "triple": 3, "dobles": 2}
_PHONE_CUES = words(
    "cel celu celular celulares telefono telefonos tel fono whatsapp wasap wsp whats movil llame "
    "llamen llamame marque marquen marqueme fijo linea contacto comuniquese"
)
_SHORTEST_DOCUMENT = 7
_LONGEST_DNI = 8
# In tokens, separators included; no document takes more, and long junk stays cheap.
_LONGEST_RUN = 40


def find_cued_digits(sentence: Sentence) -> list[Entity]:
    """Digits after words that announce them ("termina en", "mi cédula es")."""
    found: list[Entity] = []
    for match in sentence.matches(_CUED):
        cue = sentence.span_of(match)
        run = _run(sentence, cue.after, cued=True)
        if run and len(run[0]) >= 2 and not _is_money(sentence, run[1]):
            found.append(_entity(sentence, *run))
    for match in sentence.matches(_TRAILING_CUE):
        span = sentence.span_of(match, "code")
        found.append(_entity(sentence, _digits(sentence, span.first), span))
    return found


def find_expected_digits(sentence: Sentence) -> list[Entity]:
    """When digits were asked for, every number left is part of them."""
    found: list[Entity] = []
    for index in range(len(sentence.tokens)):
        run = _run(sentence, index, cued=True) if sentence.is_free(index) else None
        if run:
            found.append(_entity(sentence, *run))
    return found


def find_spelt_digits(sentence: Sentence) -> list[Entity]:
    """Three digits or more said one by one, before a rule takes the first ("el siete siete")."""
    found: list[Entity] = []
    for index in range(len(sentence.tokens)):
        run = _run(sentence, index, cued=False) if sentence.is_free(index) else None
        if run is None or "," in sentence.words(run[1].first, run[1].after):
            continue
        tokens = sentence.tokens[run[1].first : run[1].after]
        is_spelt = all(not token.numeral or len(token.numeral.raw) == 1 for token in tokens)
        if len(tokens) >= 2 and len(run[0]) >= 3 and is_spelt and not _is_money(sentence, run[1]):
            found.append(_entity(sentence, *run))
    return found


def find_shaped_digits(sentence: Sentence) -> list[Entity]:
    """Numbers whose form says that they identify: a RUT, leading zeros, digits one by one."""
    found: list[Entity] = []
    for index in range(len(sentence.tokens)):
        if not sentence.is_free(index):
            continue
        run = _run(sentence, index, cued=False)
        if run and _identifies(sentence, *run) and not _is_money(sentence, run[1]):
            found.append(_entity(sentence, *run))
    return found


def claim_phones(sentence: Sentence) -> None:
    """Telephone numbers are neither money nor documents."""
    for index, token in enumerate(sentence.tokens):
        if token.numeral is None and not _HYPHENED.fullmatch(token.text):
            continue
        run = _run(sentence, index, cued=True) if sentence.is_free(index) else None
        if run is None or len(run[0]) < _SHORTEST_DOCUMENT:
            continue
        before = sentence.words(index - 7, index)
        is_long = len(run[0]) > _LONGEST_DNI and "numero" in before
        if "+" in before[-1:] or _PHONE_CUES & set(before) or is_long:
            sentence.claim(run[1])


def _run(sentence: Sentence, first: int, cued: bool) -> tuple[str, Span] | None:
    """The digits that stand together from a token on, and the words they take."""
    digits, after, index = "", first, first
    while sentence.is_free(index) and index < first + _LONGEST_RUN:
        word = sentence.tokens[index].text
        repeat = _REPEATS.get(word)
        if repeat and sentence.is_free(index + 1) and len(_digits(sentence, index + 1)) == 1:
            digits += _digits(sentence, index + 1) * repeat
            index += 2
            after = index
        elif piece := _digits(sentence, index):
            digits += piece
            index += 1
            after = index
        elif digits and word in _JOINS and (cued or word in {",", "-"}) and index == after:
            index += 1
        elif digits and word == "k" and sentence.tokens[index - 1].text in {"-", "guion", "raya"}:
            digits, index = digits + "K", index + 1
            after = index
        else:
            break
    return (digits, Span(first, after)) if digits else None


def _digits(sentence: Sentence, index: int) -> str:
    if not sentence.is_free(index):
        return ""
    token = sentence.tokens[index]
    if _RUT.fullmatch(token.text) or _HYPHENED.fullmatch(token.text):
        return token.text.replace(".", "").replace("-", "").upper()
    if token.numeral is None or token.numeral.whole is None:
        return ""
    return token.numeral.raw


def _identifies(sentence: Sentence, digits: str, span: Span) -> bool:
    token = sentence.tokens[span.first]
    numerals = [part.numeral for part in sentence.tokens[span.first : span.after] if part.numeral]
    if _RUT.fullmatch(token.text) or _HYPHENED.fullmatch(token.text):
        return True
    if len(numerals) == 1:
        only = numerals[0]
        if only.spoken:
            return False
        is_zero_led = len(digits) > 2 and digits.startswith("0")
        is_document = len(digits) >= _SHORTEST_DOCUMENT and not digits.endswith("00")
        return is_zero_led or is_document
    sizes = [len(numeral.raw) for numeral in numerals]
    if any(numeral.grouped for numeral in numerals) or "," in sentence.words(
        span.first, span.after
    ):
        return len(sizes) >= 4 and max(sizes) == 1
    one_by_one = len(sizes) >= 3 and max(sizes) == 1
    in_pairs = len(digits) == 4 and sizes == [2, 2]
    mixed = len(sizes) >= 3 and len(digits) >= 4
    return one_by_one or in_pairs or mixed


def _is_money(sentence: Sentence, span: Span) -> bool:
    around = sentence.words(span.first - 1, span.first) + sentence.words(span.after, span.after + 1)
    money = {
        "$",
        "s/",
        "s/.",
        "pesos",
        "soles",
        "dolares",
        "lucas",
        "mil",
        "varos",
        "palos",
        "k",
        "uf",
    }
    return bool(money & set(around))


def _entity(sentence: Sentence, digits: str, span: Span) -> Entity:
    start, end = sentence.offsets(span)
    sentence.claim(span)
    return Entity("digits", digits, None, start, end)
