"""Money in free Spanish: "$1.500", "350 mil", "un palo y medio", "quinientos varos"."""

from dataclasses import dataclass
from decimal import Decimal

from acuerdo.language.currencies import (
    AT_PAR,
    SIGNS,
    Unit,
    currency_of_letter,
    unit_named,
    writes_thousands_as_units,
)
from acuerdo.language.entity import Entity
from acuerdo.language.plausibility import is_plausible_amount
from acuerdo.language.sentence import Sentence, Span

_RANGES = frozenset({"y", "o", "u", "a", "-"})
_HALF = Decimal("0.5")
_ONE_WORDS = {
    "un": Decimal(1),
    "una": Decimal(1),
    "medio": _HALF,
    "media": _HALF,
}
_LARGEST = Decimal(10) ** 15
_AND_A_HALF = (["y", "medio"], ["y", "media"])
# "Dos millones de pesos", but "500 de pesos" is no expression.
_LEAST_BEFORE_DE = 100_000
_MOST_NOTES = 20
_LEAST_NOTE = 20


@dataclass(frozen=True, slots=True)
class _Money:
    """An amount being read: its value, what names its currency, and where it ends."""

    value: Decimal
    currency: str | None
    after: int
    is_named: bool


def find_amounts(sentence: Sentence, expected: bool) -> list[Entity]:
    """All amounts of money left in a sentence; a bare number must be plausible as one."""
    found: list[Entity] = []
    for index in range(len(sentence.tokens)):
        if sentence.is_free(index) and (entity := _first_of_range(sentence, index)):
            found.append(entity)
        entity = _amount_at(sentence, index, expected) if sentence.is_free(index) else None
        if entity:
            found.append(entity)
    return found


def _amount_at(sentence: Sentence, index: int, expected: bool) -> Entity | None:
    count = _count_at(sentence, index)
    if count is None:
        return None
    sign = _sign_before(sentence, index)
    notes = _notes_of(sentence, index, count)
    if notes is not None:
        return _entity(sentence, index, notes, sign)
    money = _with_unit(sentence, index, count)
    numeral = sentence.tokens[index].numeral
    sure = money.is_named or sign is not None or bool(numeral and numeral.grouped)
    if numeral is None and not money.is_named:
        return None
    if not sure and not is_plausible_amount(sentence, index, expected):
        return None
    if not 0 < money.value < _LARGEST:
        return None
    return _entity(sentence, index, money, sign)


def _notes_of(sentence: Sentence, index: int, count: Decimal) -> _Money | None:
    """ "Dos de a quinientos": so many notes of one value."""
    if sentence.words(index + 1, index + 3) != ["de", "a"] or not 1 < count <= _MOST_NOTES:
        return None
    each = sentence.tokens[index + 3].numeral if sentence.is_free(index + 3) else None
    if each is None or each.value < _LEAST_NOTE:
        return None
    unit = _unit_at(sentence, index + 4)
    value = count * each.value * (unit.multiplier if unit else Decimal(1))
    after = index + (5 if unit else 4)
    return _Money(value, unit.currency if unit else None, after, is_named=True)


def _first_of_range(sentence: Sentence, index: int) -> Entity | None:
    """In "entre 50 y 80 mil" or "20 o 30 lucas" the first number is of the second's size."""
    numeral = sentence.tokens[index].numeral
    if numeral is None or numeral.grouped or not sentence.is_free(index + 2):
        return None
    if (
        sentence.words(index + 1, index + 2)[0] not in _RANGES
        or sentence.tokens[index + 2].numeral is None
    ):
        return None
    start, end = sentence.offsets(Span(index, index + 1))
    last = sentence.tokens[index + 2]
    unit = _unit_at(sentence, index + 3)
    spelling = sentence.text[last.start : last.end].lower()
    scale = unit.multiplier if unit else Decimal(1)
    if "mil" in spelling and numeral.value < 1000:
        scale *= 1_000_000 if "mill" in spelling else 1000
    if unit is None and scale == 1:
        return None
    sentence.claim(Span(index, index + 1))
    currency = unit.currency if unit else None
    others = (Entity("amount", numeral.value, currency, start, end),) if scale > 1 else ()
    return Entity("amount", numeral.value * scale, currency, start, end, others)


def _count_at(sentence: Sentence, index: int) -> Decimal | None:
    """How many of the unit that follows: a number, "un", "medio", or one in "luca y media"."""
    token = sentence.tokens[index]
    if token.numeral:
        return token.numeral.value
    unit = _unit_at(sentence, index)
    if unit and unit.multiplier > 1:
        return Decimal(1) if sentence.words(index + 1, index + 3) in _AND_A_HALF else None
    unit = _unit_at(sentence, index + 1)
    if token.text not in _ONE_WORDS or unit is None:
        return None
    is_countable = unit.multiplier > 1 or _is_plain_one(sentence, index)
    return _ONE_WORDS[token.text] if is_countable else None


def _is_plain_one(sentence: Sentence, index: int) -> bool:
    """ "Un dólar", "una UF": one of a currency, but not "no tengo un peso"."""
    word = sentence.tokens[index + 1].text
    return sentence.tokens[index].text in {"un", "una"} and word in {"dolar", "uf", "euro"}


def _unit_at(sentence: Sentence, index: int) -> Unit | None:
    if not sentence.is_free(index):
        return None
    return unit_named(sentence.tokens[index].text, sentence.country)


def _sign_before(sentence: Sentence, index: int) -> int | None:
    """Where a currency sign stands before the number."""
    at = index - 1
    if at >= 1 and sentence.tokens[at].text == "." and _is_sign(sentence, at - 1):
        at -= 1
    return at if sentence.is_free(at) and _is_sign(sentence, at) else None


def _is_sign(sentence: Sentence, at: int) -> bool:
    return sentence.tokens[at].text in SIGNS or _letter_currency(sentence, at) is not None


def _letter_currency(sentence: Sentence, at: int) -> str | None:
    token = sentence.tokens[at]
    return currency_of_letter(sentence.text[token.start : token.end], sentence.country)


def _with_unit(sentence: Sentence, index: int, count: Decimal) -> _Money:
    token = sentence.tokens[index]
    is_counted = token.numeral is not None or token.text in _ONE_WORDS
    after = index + 1 if is_counted else index
    if sentence.words(after, after + 1) == ["k"] or _is_glued_m(sentence, after):
        return _with_letter(sentence, after, count)
    if sentence.words(after, after + 2) in _AND_A_HALF and _unit_at(sentence, after + 2):
        count, after = count + _HALF, after + 2
    unit_at = after
    is_large = count >= _LEAST_BEFORE_DE
    word = sentence.words(after, after + 1)
    if (word == ["de"] and is_large) or word == ["nuevos"]:
        unit_at += 1
    unit = _unit_at(sentence, unit_at)
    if unit is None and _is_dollar_after(sentence, after):
        return _Money(count, None, after + 1, is_named=True)
    if unit is None:
        return _with_cents(sentence, _Money(count, None, after, is_named=False), None)
    money = _Money(count * unit.multiplier, unit.currency, unit_at + 1, is_named=True)
    return _with_rest(sentence, money, unit)


def _is_dollar_after(sentence: Sentence, index: int) -> bool:
    """The sign of "5$"; in "5 $ 10" it belongs to the number after it."""
    if not sentence.is_free(index) or sentence.tokens[index].text != "$":
        return False
    following = sentence.tokens[index + 1 : index + 2]
    return not following or following[0].numeral is None


def _with_letter(sentence: Sentence, letter_at: int, count: Decimal) -> _Money:
    """ "350k" or "1.5M", and the currency after it if there is one."""
    scale = 1000 if sentence.tokens[letter_at].text == "k" else 1_000_000
    unit = _unit_at(sentence, letter_at + 1)
    after = letter_at + (2 if unit else 1)
    return _Money(count * scale, unit.currency if unit else None, after, is_named=True)


def _is_glued_m(sentence: Sentence, index: int) -> bool:
    """The M of "1.5M"."""
    if sentence.words(index, index + 1) not in (["m"], ["mm"]):
        return False
    return sentence.tokens[index].start == sentence.tokens[index - 1].end


def _with_rest(sentence: Sentence, money: _Money, unit: Unit) -> _Money:
    """What follows the unit: "y medio", "doscientos" after millions, "con 50 centavos"."""
    after = money.after
    if sentence.words(after, after + 2) in _AND_A_HALF:
        value = money.value + unit.multiplier / 2
        return _Money(value, money.currency, after + 2, is_named=True)
    slang = _unit_at(sentence, after + 1)
    joins = sentence.words(after, after + 1) == ["y"]
    if joins and slang is not None and 1 < slang.multiplier < unit.multiplier:
        # "una luca y gamba"
        return _Money(money.value + slang.multiplier, money.currency, after + 2, is_named=True)
    if sentence.words(after, after + 1) == ["con"] and unit.multiplier >= 1000:
        after += 1
    rest = sentence.tokens[after].numeral if sentence.is_free(after) else None
    if unit.multiplier >= 1000 and rest and rest.value < unit.multiplier and rest.value >= 100:
        tail = _unit_at(sentence, after + 1)
        scale = tail.multiplier if tail else Decimal(1)
        if unit.multiplier >= 1_000_000 and scale == 1 and not rest.grouped:
            scale = Decimal(1000)
        value = money.value + rest.value * scale
        return _Money(value, money.currency, after + (2 if tail else 1), is_named=True)
    return _with_cents(sentence, money, unit)


def _with_cents(sentence: Sentence, money: _Money, unit: Unit | None) -> _Money:
    if unit and unit.multiplier > 1:
        return money
    after = money.after
    if sentence.words(after, after + 1) != ["con"] or not sentence.is_free(after + 1):
        return money
    cents = sentence.tokens[after + 1].numeral
    names_cents = sentence.words(after + 2, after + 3)[:1] in (["centavos"], ["centimos"], ["ctvs"])
    late_unit = None if money.is_named else _unit_at(sentence, after + 2)
    if late_unit and late_unit.multiplier == 1:
        money = _Money(money.value, late_unit.currency, after, is_named=True)
    if cents is None or not 0 < cents.value < 100 or not (names_cents or money.is_named):
        return money
    end = after + (3 if names_cents or late_unit else 2)
    return _Money(money.value + cents.value / 100, money.currency, end, is_named=True)


def _entity(sentence: Sentence, index: int, money: _Money, sign: int | None) -> Entity:
    first = index if sign is None else sign
    currency = money.currency
    if sign is not None:
        named = unit_named(sentence.tokens[sign].text, sentence.country)
        currency = (named.currency if named else _letter_currency(sentence, sign)) or currency
    span = Span(first, _after_of_pesos(sentence, money.after))
    start, end = sentence.offsets(span)
    numeral = sentence.tokens[index].numeral
    others = list(numeral.others) if numeral and not money.is_named else []
    weak = writes_thousands_as_units(sentence.country) and 10 <= money.value < 1000
    if weak and currency is None and numeral and not numeral.grouped and not money.is_named:
        others.append(money.value * 1000)
    sentence.claim(span)
    readings = tuple(Entity("amount", other, currency, start, end) for other in others)
    if currency in AT_PAR:
        readings += (Entity("amount", money.value, AT_PAR[currency], start, end),)
    return Entity("amount", money.value, currency, start, end, readings)


def _after_of_pesos(sentence: Sentence, after: int) -> int:
    """Takes in the currency that is named again ("200 pesos mexicanos", "20 dólares USD")."""
    while sentence.is_free(after) and sentence.tokens[after].text in {
        "mexicanos",
        "colombianos",
        "chilenos",
        "argentinos",
        "americanos",
        "peruanos",
    }:
        after += 1
    return after
