"""A bare number as the answer to what has just been asked, or as it is likeliest meant."""

from datetime import date
from decimal import Decimal

from acuerdo.language.context import ReadingContext
from acuerdo.language.days import next_day_of_month
from acuerdo.language.entity import Entity
from acuerdo.language.lexicon import words
from acuerdo.language.moments import moments
from acuerdo.language.numerals import Numeral
from acuerdo.language.sentence import Sentence, Span
from acuerdo.language.times import FoundTime

_FILLERS = words(
    "si no ok okay va bueno pues mmm eh este ah mira mire digamos seria serian serán creo que como "
    "unos unas de es son porfa por favor gracias , . ; : ! ? ¿ ¡ … ( ) y mejor "
    "solo nomas nada mas maximo tal vez quizas puede ser joven senorita amigo ya listo dale"
)
_MOST_INSTALMENTS = 120
_LARGEST_CHOICE = 6
_ENDING = 4
_CODE_LENGTHS = frozenset({_ENDING, 7, 8, 9, 10, 11})


def bare_answer(sentence: Sentence, context: ReadingContext) -> Entity | None:
    """The reading of a message that is one number and little else; None for any other message.

    Without a question, a small number is a choice, four digits that are not round a code, and
    the rest an amount; the other readings are kept.
    """
    index = _only_number(sentence, context.expecting == "installments")
    if index is None:
        return None
    readings = _readings(sentence, index, context)
    if not readings:
        return None
    asked = [entity for entity in readings if entity.kind == context.expecting]
    if context.expecting:
        if not asked:
            return None
        chosen = asked[0]
    else:
        chosen = _likeliest(readings)
    sentence.claim(Span(index, index + 1))
    others = tuple(entity for entity in readings if entity is not chosen)
    alternatives = chosen.alternatives if context.expecting else chosen.alternatives + others
    return Entity(
        chosen.kind, chosen.value, chosen.currency, chosen.start, chosen.end, alternatives
    )


def _only_number(sentence: Sentence, counts: bool) -> int | None:
    numbers = [index for index, token in enumerate(sentence.tokens) if token.numeral]
    if len(numbers) != 1 or not sentence.is_free(numbers[0]):
        return None
    others = (token.text for index, token in enumerate(sentence.tokens) if index != numbers[0])
    allowed = _FILLERS | {"en", "a"} if counts else _FILLERS
    return numbers[0] if all(word in allowed for word in others) else None


def _readings(sentence: Sentence, index: int, context: ReadingContext) -> list[Entity]:
    token = sentence.tokens[index]
    numeral = token.numeral
    if numeral is None:
        return []
    found: list[Entity] = []
    start, end = token.start, token.end
    if 0 < numeral.value < Decimal(10) ** 15:
        others = tuple(Entity("amount", other, None, start, end) for other in numeral.others)
        found.append(Entity("amount", numeral.value, None, start, end, others))
    whole = numeral.whole
    if whole is None:
        return found
    if context.expecting == "digits" or _looks_like_code(numeral):
        found.append(Entity("digits", numeral.raw, None, start, end))
    if 1 <= whole <= _MOST_INSTALMENTS:
        found.append(Entity("installments", whole, None, start, end))
    if 1 <= whole <= _LARGEST_CHOICE:
        found.append(Entity("ordinal", whole, None, start, end))
    day = _day(whole, context.today)
    if day:
        found.append(Entity("date", day.isoformat(), None, start, end))
    if context.expecting == "datetime" and whole <= 23:
        found += _moment(sentence, index, whole, context)
    return found


def _day(number: int, today: date) -> date | None:
    return next_day_of_month(today, number) if 1 <= number <= 31 else None


def _moment(sentence: Sentence, index: int, hour: int, context: ReadingContext) -> list[Entity]:
    time = FoundTime(hour, 0, None, Span(index, index + 1))
    return moments(sentence, [], [time], [], context)[0]


def _looks_like_code(numeral: Numeral) -> bool:
    """Typed in one piece, as long as an ending or a document, and not round."""
    if numeral.spoken or numeral.grouped:
        return False
    is_zero_led = numeral.raw.startswith("0") and len(numeral.raw) > 1
    is_round = numeral.raw.endswith("0" if len(numeral.raw) == _ENDING else "00")
    return is_zero_led or (len(numeral.raw) in _CODE_LENGTHS and not is_round)


def _likeliest(readings: list[Entity]) -> Entity:
    by_kind = {entity.kind: entity for entity in reversed(readings)}
    return by_kind.get("digits") or by_kind.get("ordinal") or by_kind.get("amount") or readings[0]
