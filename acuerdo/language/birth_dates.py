"""A birth date in what people write, in all its ordinary orders. Pure."""

import re
from datetime import date
from typing import Final

from acuerdo.language.context import ReadingContext
from acuerdo.language.folding import folded
from acuerdo.language.lexicon import MONTHS, SHORT_MONTHS, words
from acuerdo.language.sentence import Sentence

_LONGEST_TEXT: Final = 400
_YOUNGEST, _OLDEST = 10, 120
_MONTH_OF: Final = {**MONTHS, **SHORT_MONTHS}
_MONTH: Final = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_YEAR: Final = r"(?P<y>[0-9]{4}|[0-9]{2})"
_DAY: Final = r"(?P<d>[0-9]{1,2}|primero)"
_OF: Final = r"(?: (?:de|del|d|,|ano|el|a|en|-|/|\.))*"
# In the order in which they are tried; the first that fits and is a day wins.
_SHAPES: Final = tuple(
    re.compile(rf"(?<![0-9a-z]){shape}(?![0-9a-z])")
    for shape in (
        rf"{_DAY}{_OF} (?P<m>{_MONTH})(?: \.)?{_OF} {_YEAR}",
        rf"(?P<m>{_MONTH})(?: \.)?{_OF} {_DAY}{_OF} {_YEAR}",
        rf"(?P<y>[0-9]{{4}}){_OF} (?P<m>{_MONTH}){_OF} {_DAY}",
        r"(?P<y>[0-9]{4}) ?[-/. ] ?(?P<m>[0-9]{1,2}) ?[-/. ] ?(?P<d>[0-9]{1,2})",
        rf"(?P<d>[0-9]{{1,2}}) ?[-/. ,] ?(?P<m>[0-9]{{1,2}}) ?[-/. ,] ?{_YEAR}",
        rf"(?P<d>[0-9]{{1,2}}) (?:de|del) (?P<m>[0-9]{{1,2}}) (?:de|del) {_YEAR}",
        r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{2})",
    )
)
_NAMES: Final = re.compile(r"\b(?:naci|nacido|nacida|nacimiento|nac|cumpleanos|cumplo)\b")
_FILLERS: Final = words(
    "si no sip claro ok okay vale bueno buenos dias tardes hola pues mmm eh este ah mira mire "
    "perdon disculpe es el la mi fue era en un dia fecha de del soy gracias por favor porfa "
    "senor senora senorita correcto exacto ya ahi va a , . : ; ! ? ( ) - /"
)


def birth_date_given(
    text: str, context: ReadingContext, *, only_named: bool = False
) -> date | None:
    """The birth date that a message gives: alone, or named as one; None where it gives none.

    Two figures of a year are those of somebody alive; a day without a year, or of somebody too
    young, is no birth date. The day comes before the month unless it cannot.
    """
    plain = _in_figures(text[:_LONGEST_TEXT], context)
    named = _NAMES.search(plain) is not None
    for shape in _SHAPES:
        for found in shape.finditer(plain):
            day = _day(found, context.today)
            rest = plain[: found.start()] + " " + plain[found.end() :]
            alone = not only_named and all(each in _FILLERS for each in rest.split())
            if day is not None and (named or alone):
                return day
    return None


def names_birth_date(text: str) -> bool:
    """Whether words of a message name a birth date."""
    return _NAMES.search(folded(text)) is not None


def _in_figures(text: str, context: ReadingContext) -> str:
    """The words of a text, numbers in figures: "doce de mayo del ochenta y cinco"."""
    parts = []
    for token in Sentence(text, context.country).tokens:
        number = token.numeral
        is_word = token.end > token.start and not text[token.start].isdigit()
        spoken = is_word and number is not None and number.whole is not None
        parts.append(
            str(number.whole)
            if number and spoken
            else text[token.start : token.end].lower()
            if number
            else token.text
        )
    return " ".join(parts)


def _day(found: re.Match[str], today: date) -> date | None:
    months, days = found["m"], found["d"]
    year = int(found["y"])
    if len(found["y"]) == 2:
        year += 2000 if year <= (today.year - _YOUNGEST) % 100 else 1900
    month = _MONTH_OF[months] if months in _MONTH_OF else int(months)
    day = 1 if days == "primero" else int(days)
    for one, other in ((day, month), (month, day)):
        try:
            read = date(year, other, one)
        except ValueError:
            continue
        if months in _MONTH_OF and one != day:
            return None
        return read if _YOUNGEST <= _age(read, today) <= _OLDEST else None
    return None


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
