"""Proofs of identity in what people write: read only where one was given. Pure.

A proof was given where the message is the value and little else, or where words name it ("termina
en 4935", "mi cédula es..."). Amounts, hours, years, addresses, bills and telephone numbers are no
proof: the question is asked again, and nothing is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from acuerdo.language.birth_dates import birth_date_given
from acuerdo.language.context import ReadingContext
from acuerdo.language.folding import fold
from acuerdo.language.lexicon import words
from acuerdo.language.reading import read

SHORTEST: Final = 4
_LONGEST_TEXT: Final = 400
_LONGEST: Final = 20
_TOKEN: Final = re.compile(r"[a-zñ0-9]+")
_VALUE: Final = re.compile(r"^(?=[a-zñ]*+[0-9])[a-zñ0-9]++$")
_NO_FIGURE: Final = re.compile(r"[^0-9]")

# What stands around a value that was asked for, and tells nothing of its own.
_FILLERS: Final = words(
    "si no sip simon claro ok okay vale va bueno buenos buenas dias tardes noches hola pues mmm eh "
    "este ah aja mira mire ver perdon perdona disculpe disculpa creo que era eran es son seria "
    "serian el los la mi mis de del en con y o ya listo aqui ahi esta este ese va "
    "senor senora senorita joven gracias por favor porfa porfavor soy yo ella habla correcto "
    "exacto todo todos completo completa numero numeros nro num no n"
)
# What names a document or its ending; "cuatro" and "4" belong to "los últimos cuatro dígitos".
_CUES: Final = words(
    "dni cedula cc ci rut run curp rfc ine ife documento doc carnet carne identificacion identidad "
    "cuil cuit nit nie nif pasaporte ultimos ultimas ultimo digitos digito cifras termina terminan "
    "termino terminacion acaba acaban finaliza finalizan"
)
_ACCOUNT_CUES: Final = words("cuenta contrato cliente credito suministro servicio poliza prestamo")
_ENDING_CUES: Final = words(
    "ultimos ultimas termina terminan terminacion acaba acaban finaliza finalizan"
)
_NUMBER_WORDS: Final = words(
    "cero uno una un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres "
    "veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta "
    "setenta ochenta noventa cien ciento doscientos trescientos cuatrocientos quinientos "
    "seiscientos setecientos ochocientos novecientos mil doble triple"
)
_JOINS: Final = words("y guion raya punto espacio coma")
# Whose numbers end, too, and prove nothing.
_OTHERS: Final = words(
    "factura facturas recibo recibos tarjeta tarjetas celular telefono whatsapp pedido boleta "
    "ticket folio guia operacion comprobante medidor cuenta contrato placa movil cheque voucher"
)
_MONEY_WORDS: Final = words(
    "pesos peso soles sol dolares dolar euros euro lucas luca mangos varos palos mil millones usd"
)
# Four letters that are a word and no ending of a document.
_COMMON: Final = words(
    "hola alo dime diga dice como cual cuando para pero esto esta este esos esas eso todo nada "
    "algo solo sola bien mal malo vale listo buen hoy ayer luego gral pago pagar debo debe deuda "
    "dias casa hijo hija mama papa nose nope neta orale anda mira oiga oyes sale seria sera deme "
    "dale ojala otra otro unos unas doce once seis ocho diez cien tres ella ellos fuera nena jefe "
    "amor gracias claro ella bueno chau chao adio adios tchau mande aja jaja jeje ufff quien "
    "sino aqui alla alli ahi voy fui eres eran sido tiene tuvo hace hago haga hice puedo "
    "pues mamo bot robo "
    "mesa clave real cita rato lado modo cosa cada ante casi tal tipo vez vida hora ahora mano"
)
_MONEY: Final = re.compile(r"[$€%]|\bs/")
_CLOCK: Final = re.compile(r"[0-9]:[0-9]|[0-9]\s?(?:hs|hrs|horas|am|pm)\b")
_SLASH: Final = re.compile(r"[0-9]/[0-9]")
_PLUS: Final = re.compile(r"\+\s?[0-9]")
_GROUPED: Final = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[.,][0-9]{3}){1,2}(?![0-9.,]?[0-9-])")
_DECIMAL: Final = re.compile(r"(?<![0-9.])[0-9]++[.,][0-9]{1,2}(?![.,]*+[0-9])")
# Whole documents with letters, however they are cut: nothing else looks so.
_LETTERED: Final = re.compile(
    r"[a-z]{4}[0-9]{6}[hmx][a-z]{5}[a-z0-9][0-9]"  # CURP
    r"|[a-zñ]{4}[0-9]{6}[a-z0-9]{3}"  # RFC of a person
    r"|[a-z]{6}[0-9]{8}[hm][0-9]{3}"  # voter's key of Mexico
    r"|[xyz]?[0-9]{7,8}[a-z]"  # DNI and NIE of Spain, RUT that ends in K
)
# Telephone numbers without their country's code, where no document looks the same.
_PHONES: Final = {
    "AR": re.compile(r"(?:15)?[0-9]{10}"),
    "CL": re.compile(r"9[0-9]{8}"),
    "CO": re.compile(r"3[0-9]{9}"),
    "ES": re.compile(r"[679][0-9]{8}"),
    "MX": re.compile(r"[0-9]{10}"),
    "PE": re.compile(r"9[0-9]{8}"),
    "US": re.compile(r"[0-9]{10}"),
}


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def is_value(self) -> bool:
        return _VALUE.fullmatch(self.text) is not None

    @property
    def is_letter(self) -> bool:
        return len(self.text) == 1 and not self.text.isdigit()

    @property
    def is_number(self) -> bool:
        return self.text in _NUMBER_WORDS


def document_given(
    text: str, context: ReadingContext, *, home: str | None = None, account: bool = False
) -> str | None:
    """The whole number or the ending that a message gives: digits and capitals, four or more.

    `home`: the person's country (ISO) where it is known, whose telephone numbers are told from
    documents; `account`: the number of an account was asked for, and its words name a value, too.
    None where the message gives none, or speaks of something else.
    """
    plain, _ = fold(text[:_LONGEST_TEXT])
    said = [_Word(each[0], *each.span()) for each in _TOKEN.finditer(plain)]
    lettered = _lettered(said, plain)
    if lettered is not None:
        return lettered
    cues = _CUES | _ACCOUNT_CUES if account else _CUES
    found = None if _is_something_else(plain) else _bare(said, plain, cues, context)
    found = found or _named(said, plain, cues, context)
    if found is None or not SHORTEST <= len(found) <= _LONGEST:
        return None
    phone = _PHONES.get(home or "")
    return None if phone is not None and phone.fullmatch(found) else found


def names_document(text: str, context: ReadingContext) -> bool:
    """Whether words of a message name a document and its value follows."""
    plain, _ = fold(text[:_LONGEST_TEXT])
    said = [_Word(each[0], *each.span()) for each in _TOKEN.finditer(plain)]
    return _lettered(said, plain) is not None or _named(said, plain, _CUES, context) is not None


def names_proof(text: str, context: ReadingContext) -> bool:
    """Whether words of a message name a document, or a birth date, and its value follows."""
    if names_document(text, context):
        return True
    return birth_date_given(text, context, only_named=True) is not None


def _is_something_else(plain: str) -> bool:
    return any(
        shape.search(plain) for shape in (_MONEY, _CLOCK, _SLASH, _PLUS, _DECIMAL)
    ) or _is_amount(plain)


def _is_amount(plain: str) -> bool:
    """Whether a figure is grouped as money is: documents have seven figures or more."""
    for found in _GROUPED.finditer(plain):
        digits = _NO_FIGURE.sub("", found[0])
        if len(digits) < 7 or digits.endswith("000"):
            return True
    return False


def _lettered(said: Sequence[_Word], plain: str) -> str | None:
    """A whole document with letters, in one word or cut into several that stand together."""
    for first in range(len(said)):
        joined = ""
        for last in range(first, min(first + 8, len(said))):
            if last > first and len(plain[said[last - 1].end : said[last].start].strip()) > 1:
                break
            joined += said[last].text
            if len(joined) > _LONGEST:
                break
            ends = last + 1 == len(said) or not said[last + 1].is_letter
            if _LETTERED.fullmatch(joined) and ends and _is_cut_well(said[first : last + 1]):
                return joined.upper().replace("Ñ", "")
    return None


def _is_cut_well(parts: Sequence[_Word]) -> bool:
    """Whether no word of the language was taken for a part: "son 12345678 y" ends in no letter."""
    return all(each.text not in _FILLERS | {"y", "o", "e", "a"} for each in parts)


def _bare(
    said: Sequence[_Word], plain: str, cues: frozenset[str], context: ReadingContext
) -> str | None:
    """The value where the message holds nothing else but words around it."""
    values = [at for at, each in enumerate(said) if each.is_value]
    around = _FILLERS | cues | {"4", "cuatro"}
    if not values:
        return _spelt(said, plain, around, context) or _letters(said, around)
    first, last = _grown(said, values[0], values[-1])
    first = _without_count(said, first, last, cues)
    inside = said[first : last + 1]
    outside = [*said[:first], *said[last + 1 :]]
    if any(each.text not in around for each in outside):
        return None
    if not all(each.is_value or each.is_letter or each.text in _JOINS for each in inside):
        return None
    return _joined(inside)


def _without_count(said: Sequence[_Word], first: int, last: int, cues: frozenset[str]) -> int:
    """Skip the 4 of "los últimos 4 son 4935"."""
    if said[first].text == "4" and first < last:
        later = next((at for at in range(first + 1, last + 1) if said[at].is_value), None)
        beside = {each.text for each in said[max(0, first - 2) : first + 3]}
        if later is not None and beside & cues:
            return later
    return first


def _grown(said: Sequence[_Word], first: int, last: int) -> tuple[int, int]:
    """With the lone letters beside the figures: "678 k"."""
    while last + 1 < len(said) and said[last + 1].is_letter and said[last + 1].text not in "yoaen":
        last += 1
    return first, last


def _joined(inside: Sequence[_Word]) -> str:
    return "".join(each.text for each in inside if each.text not in _JOINS).upper()


def _spelt(
    said: Sequence[_Word], plain: str, around: frozenset[str], context: ReadingContext
) -> str | None:
    """Figures in words, one by one or in pairs."""
    numbers = [at for at, each in enumerate(said) if each.is_number]
    if not numbers:
        return None
    first, last = numbers[0], numbers[-1]
    beside = {each.text for each in said[max(0, first - 2) : first + 2]}
    if said[first].text == "cuatro" and beside & _ENDING_CUES and len(numbers) > 1:
        first = numbers[1]
    outside = [*said[:first], *said[last + 1 :]]
    inside = said[first : last + 1]
    if any(each.text not in around for each in outside):
        return None
    if not all(each.is_number or each.text in _JOINS for each in inside):
        return None
    part = plain[said[first].start : said[last].end]
    found = read(part, context).of("digits")
    return "".join(str(each.value) for each in found) or None


def _letters(said: Sequence[_Word], around: frozenset[str]) -> str | None:
    """An ending of four letters, alone: some documents end so."""
    left = [each for each in said if each.text not in around]
    if len(left) == 1 and len(left[0].text) == SHORTEST and left[0].text not in _COMMON:
        return left[0].text.upper()
    if len(left) == SHORTEST and all(each.is_letter for each in left):
        return "".join(each.text for each in left).upper()
    return None


def _named(
    said: Sequence[_Word], plain: str, cues: frozenset[str], context: ReadingContext
) -> str | None:
    """The value that words name, whatever else is said: "mi dni es...", "... son los últimos"."""
    for at, each in enumerate(said):
        others = {word.text for word in said[max(0, at - 5) : at]} & _OTHERS
        if each.text not in cues or others - cues:
            continue
        after = at + 1
        while after < len(said) and (said[after].text in _FILLERS or said[after].text in cues):
            after += 1
        after = _past_count(said, after, each.text)
        found = _value_from(said, plain, after, context, ending=each.text in _ENDING_CUES)
        if found is not None:
            return found
    return _before_name(said, cues)


def _past_count(said: Sequence[_Word], at: int, cue: str) -> int:
    """Skip the "4", "cuatro" of "los últimos 4 dígitos son", with the words after it."""
    if cue not in _ENDING_CUES or at >= len(said) or said[at].text not in {"4", "cuatro"}:
        return at
    after = at + 1
    while after < len(said) and (said[after].text in _FILLERS or said[after].text in _CUES):
        after += 1
    return after


def _value_from(
    said: Sequence[_Word], plain: str, at: int, context: ReadingContext, *, ending: bool
) -> str | None:
    if at >= len(said):
        return None
    last = at
    if said[at].is_value:
        while last + 1 < len(said) and (said[last + 1].is_value or said[last + 1].text in _JOINS):
            last += 1
        _, last = _grown(said, at, last)
        if last + 1 < len(said) and said[last + 1].text in _MONEY_WORDS:
            return None
        return _long_enough(_joined(said[at : last + 1]))
    if said[at].is_number:
        while last + 1 < len(said) and (said[last + 1].is_number or said[last + 1].text in _JOINS):
            last += 1
        found = read(plain[said[at].start : said[last].end], context).of("digits")
        return _long_enough("".join(str(each.value) for each in found))
    if ending and len(said[at].text) == SHORTEST and said[at].text not in _COMMON:
        return said[at].text.upper()
    return None


def _before_name(said: Sequence[_Word], cues: frozenset[str]) -> str | None:
    """ "4935 son los últimos", "45671234 es mi cédula"."""
    for at, each in enumerate(said[:-2]):
        if each.is_value and said[at + 1].text in {"es", "son", "seria", "serian"}:
            follow = said[at + 2 : at + 5]
            named = any(word.text in cues for word in follow)
            if named and all(word.text in _FILLERS | cues | {"4"} for word in follow):
                return _long_enough(each.text.upper())
    return None


def _long_enough(found: str) -> str | None:
    return found if len(found) >= SHORTEST else None
