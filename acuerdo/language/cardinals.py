"""Numbers in words, alone or mixed with digits: "dos mil quinientos", "2 mil 500"."""

from dataclasses import dataclass
from decimal import Decimal

from acuerdo.language.lexicon import HUNDREDS, MILLIONS, MONTHS, SHORT_MONTHS, TEENS, TENS, UNITS
from acuerdo.language.numerals import Numeral
from acuerdo.language.tokens import Token

_ONE = frozenset({"un", "una"})
# What a small number after "mil" may belong to instead: "20 mil 15 de diciembre", "mil 3 veces".
_NOT_SHORT = frozenset(
    (
        "opcion",
        "numero",
        "plan",
        "la",
        "el",
        "las",
        "los",
        "en",
        "a",
        "de",
        "tipo",
        "y",
        "con",
        "como",
    )
)
_CLAIMS_NUMBER = (
    frozenset({"de", "dias", "semanas", "meses", "pagos", "cuotas", "veces", "horas", "abonos"})
    | frozenset(MONTHS)
    | frozenset(SHORT_MONTHS)
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A number read so far and the position of the token after it."""

    value: Decimal
    after: int
    grouped: bool = False
    spoken: bool = True


def merge_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens with every run that is one number turned into one token."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token, at = _number_at(tokens, at)
        merged.append(token)
    return merged


def _number_at(tokens: list[Token], at: int) -> tuple[Token, int]:
    part = _spaced_digits(tokens, at) or _short_form(tokens, at) or _cardinal(tokens, at)
    typed = tokens[at].numeral
    if part is None or (part.after == at + 1 and typed is not None):
        return tokens[at], at + 1
    others = _literal_reading(tokens[at : part.after], part.value)
    if typed and part.after == at + 2 and tokens[at + 1].text == "mil":
        others += tuple(other * 1000 for other in typed.others)
    raw = format(part.value, "f")
    numeral = Numeral(part.value, raw, part.spoken, part.grouped, others)
    return Token(numeral.text, tokens[at].start, tokens[part.after - 1].end, numeral), part.after


def _short_form(tokens: list[Token], at: int) -> _Part | None:
    """ "Tres quinientos" for 3500 and "dos cincuenta" for 250, where nothing else says the unit.

    Dictated digits come out the same; an hour ("las tres cuarenta") or a choice does not.
    """
    if tokens[at].text not in UNITS or tokens[at].text == "cero":
        return None
    if at and (tokens[at - 1].text in _NOT_SHORT or _is_number(tokens, at - 1)):
        return None
    rest = _below_thousand(tokens, at + 1)
    if rest is None or _is_number(tokens, rest.after) or tokens[at + 1].text in {"cien", "ciento"}:
        return None
    unit = UNITS[tokens[at].text]
    if tokens[at + 1].text in HUNDREDS:
        return _Part(unit * 1000 + rest.value, rest.after, grouped=True)
    if tokens[at + 1].text in TENS:
        return _Part(unit * 100 + rest.value, rest.after)
    return None


def _is_number(tokens: list[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    if tokens[at].numeral or tokens[at].text in {"mil", "doble", "triple"} | MILLIONS:
        return True
    return _below_thousand(tokens, at) is not None


def _spaced_digits(tokens: list[Token], at: int) -> _Part | None:
    """Thousands set apart by spaces, "1 500 000", unless a day stands first ("el 15 500")."""
    if at and tokens[at - 1].text in {"el", "dia"}:
        return None
    if not _is_digits(tokens, at, 1, 3) or tokens[at].text == "0":
        return None
    after = at + 1
    while _is_digits(tokens, after, 3, 3) and tokens[after].start == tokens[after - 1].end + 1:
        after += 1
    if after == at + 1 or (after < len(tokens) and tokens[after].numeral):
        return None
    digits = "".join(token.text for token in tokens[at:after])
    if after == at + 2 and not digits.endswith("0"):
        return None
    return _Part(Decimal(digits), after, grouped=True, spoken=False)


def _is_digits(tokens: list[Token], at: int, least: int, most: int) -> bool:
    if at >= len(tokens):
        return False
    numeral = tokens[at].numeral
    if numeral is None or numeral.spoken or numeral.grouped:
        return False
    return least <= len(numeral.raw) <= most and numeral.raw == numeral.text


def _cardinal(tokens: list[Token], at: int) -> _Part | None:
    millions = _millions(tokens, at)
    if millions is None:
        return _below_million(tokens, at)
    if _texts(tokens, millions.after, 2) in (["y", "medio"], ["y", "media"]):
        return _Part(millions.value + 500_000, millions.after + 2, grouped=True)
    rest = _below_million(tokens, millions.after)
    if rest is None or not rest.value:
        return millions
    if not rest.grouped and not rest.spoken and _is_claimed(tokens, rest.after):
        return millions
    # "Un millón doscientos" is 1,200,000 wherever people count in millions.
    is_short = not rest.grouped and rest.value >= 100 and rest.value < 1000
    value = rest.value * 1000 if is_short else rest.value
    return _Part(millions.value + value, rest.after, grouped=True)


def _millions(tokens: list[Token], at: int) -> _Part | None:
    if _texts(tokens, at, 1) == ["medio"] and _texts(tokens, at + 1, 1)[:1] == ["millon"]:
        return _Part(Decimal(500_000), at + 2, grouped=True)
    count = _below_million(tokens, at)
    if count is None and _texts(tokens, at, 1)[:1] and tokens[at].text in _ONE:
        count = _Part(Decimal(1), at + 1)
    if count is None:
        count = _Part(Decimal(1), at)
    if count.after < len(tokens) and tokens[count.after].text in MILLIONS:
        return _Part(count.value * 1_000_000, count.after + 1, grouped=True)
    return None


def _below_million(tokens: list[Token], at: int) -> _Part | None:
    count = _count_of_thousands(tokens, at)
    if count is None:
        return _below_thousand(tokens, at) or _literal(tokens, at)
    rest = _below_thousand(tokens, count.after)
    if rest is None:
        literal = _literal(tokens, count.after)
        if literal and literal.value < 1000 and not literal.grouped:
            rest = literal
    if rest is None or not rest.value or _is_claimed(tokens, rest.after):
        return count
    return _Part(count.value + rest.value, rest.after, grouped=True)


def _count_of_thousands(tokens: list[Token], at: int) -> _Part | None:
    count = _below_thousand(tokens, at) or _literal(tokens, at)
    if count is None and at < len(tokens) and tokens[at].text in _ONE:
        count = _Part(Decimal(1), at + 1)
    if count is None:
        count = _Part(Decimal(1), at)
    if count.after < len(tokens) and tokens[count.after].text == "mil":
        return _Part(count.value * 1000, count.after + 1, grouped=True)
    return None


def _literal(tokens: list[Token], at: int) -> _Part | None:
    numeral = tokens[at].numeral if at < len(tokens) else None
    if numeral is None or numeral.spoken:
        return None
    return _Part(numeral.value, at + 1, numeral.grouped, spoken=False)


def _below_thousand(tokens: list[Token], at: int) -> _Part | None:
    if at >= len(tokens) or tokens[at].text not in HUNDREDS:
        return _below_hundred(tokens, at)
    hundreds = Decimal(HUNDREDS[tokens[at].text])
    rest = _below_hundred(tokens, at + 1)
    if _texts(tokens, at + 2, 1) == ["mil"] and tokens[at + 1].text in _ONE:
        # "ochocientos un mil": elsewhere the little word may be an article
        rest = _Part(Decimal(1), at + 2)
    if tokens[at].text == "cien" or rest is None or not rest.value:
        return _Part(hundreds, at + 1)
    return _Part(hundreds + rest.value, rest.after)


def _below_hundred(tokens: list[Token], at: int) -> _Part | None:
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if word in UNITS:
        return _Part(Decimal(UNITS[word]), at + 1)
    if word in TENS or word in {"diez", "veinte"}:
        return _tens(tokens, at)
    return _Part(Decimal(TEENS[word]), at + 1) if word in TEENS else None


def _tens(tokens: list[Token], at: int) -> _Part:
    """Tens and the unit after "y", which fast speech drops ("cuarenta cinco mil")."""
    word = tokens[at].text
    tens = Decimal(TENS.get(word) or TEENS[word])
    joined = at + 1 < len(tokens) and tokens[at + 1].text == "y"
    unit = _texts(tokens, at + 2, 1) if joined else []
    if unit and (unit[0] in UNITS or (unit[0] in _ONE and word in TENS)):
        digit = UNITS.get(unit[0], 1)
        if digit and not (word == "diez" and digit < 6):
            return _Part(tens + digit, at + 3)
    return _Part(tens, at + 1)


def _is_claimed(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text in _CLAIMS_NUMBER and tokens[at - 1].text != "mil"


def _texts(tokens: list[Token], at: int, count: int) -> list[str]:
    return [token.text for token in tokens[at : at + count]]


def _literal_reading(tokens: list[Token], value: Decimal) -> tuple[Decimal, ...]:
    """1,000,200 for "un millón doscientos" that was read as 1,200,000."""
    millions = [index for index, token in enumerate(tokens) if token.text in MILLIONS]
    rest = value % 1_000_000
    if not millions or rest < 100_000 or rest % 1000 or rest == 500_000:
        return ()
    said_mil = any(token.text == "mil" for token in tokens[millions[-1] :])
    return () if said_mil else (value - rest + rest / 1000,)
