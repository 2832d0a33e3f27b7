"""Written Spanish as it is said: amounts, dates, hours and figures in words. Pure.

What the assistant says is written once, for the eye; here it becomes what a voice reads out well
on a telephone: "S/ 120.50" is "ciento veinte soles con cincuenta céntimos", "28" in a date is
"veintiocho", a line to call is read figure by figure.
"""

import re
from typing import Final

from acuerdo.values.countries import Country

# Neural voices read out some 15 characters of Spanish in a second on a telephone.
_CHARACTERS_PER_SECOND: Final = 15

_UNITS: Final = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho",
    "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco",
    "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_TENS: Final = (
    "", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
)  # fmt: skip
_HUNDREDS: Final = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
)  # fmt: skip
_MILLION: Final = 1_000_000
# Singular and plural of the unit, then of its hundredth.
_CURRENCIES: Final = {
    "ARS": ("peso", "pesos", "centavo", "centavos"),
    "CLP": ("peso", "pesos", "centavo", "centavos"),
    "COP": ("peso", "pesos", "centavo", "centavos"),
    "MXN": ("peso", "pesos", "centavo", "centavos"),
    "PEN": ("sol", "soles", "céntimo", "céntimos"),
    "USD": ("dólar", "dólares", "centavo", "centavos"),
    "EUR": ("euro", "euros", "céntimo", "céntimos"),
    "CLF": ("unidad de fomento", "unidades de fomento", "centésima", "centésimas"),
}
_MARKS: Final = {"S/": "PEN", "US$": "USD", "€": "EUR", "UF": "CLF"}
_AMOUNT: Final = re.compile(r"(S/|US\$|€|UF|[A-Z]{3}(?= )|\$)\s?(\d[\d.,]*\d|\d)")
_DATE: Final = re.compile(
    r"\b(\d{1,2}) de (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
    r"noviembre|diciembre)(?: de (\d{4}))?"
)
_HOUR: Final = re.compile(r"\bla(s?) (\d{1,2}):(\d{2})\b")
_LINE: Final = re.compile(r"\*\d[\d ]*\d|\b\d{3}(?: \d{3,4})+\b|(?<=\bal )\d{3}\b")
_ONE: Final = re.compile(r"uno$")
_SPACE_BEFORE_MARK: Final = re.compile(r" ([.,;:?!])")
_FIGURES: Final = re.compile(r"\d+")
_LONGEST_NUMBER: Final = 6
_SILENT: Final = re.compile(
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F•_]|https?://\S+", re.UNICODE
)


def say_number(number: int) -> str:
    """A whole number, 0 and more, in words: 21 is "veintiuno", 1500 "mil quinientos"."""
    if number < 0:
        raise ValueError("only numbers from zero on are said")
    if number < 1000:
        return _below_thousand(number)
    if number < _MILLION:
        return _with(number, 1000, "mil", "mil")
    return _with(number, _MILLION, "un millón", "millones")


def _with(number: int, unit: int, one: str, many: str) -> str:
    count, rest = divmod(number, unit)
    head = one if count == 1 else f"{_shortened(say_number(count))} {many}"
    return f"{head} {say_number(rest)}" if rest else head


def _below_thousand(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens] + (f" y {_UNITS[unit]}" if unit else "")
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    return _HUNDREDS[hundreds] + (f" {_below_thousand(rest)}" if rest else "")


def _shortened(words: str) -> str:
    """The number before a noun: "veintiún pesos", "treinta y un mil"."""
    if words.endswith("veintiuno"):
        return f"{words.removesuffix('veintiuno')}veintiún"
    return words.removesuffix("o") if words.endswith("uno") else words


def say_amount(minor: int, digits: int, currency: str) -> str:
    """`minor` units of a currency with so many decimals: "mil quinientos pesos con cincuenta"."""
    one, many, cent, cents = _CURRENCIES.get(currency, (currency, currency, "", ""))
    whole, rest = divmod(minor, 10**digits)
    rest = rest * 100 // 10**digits
    said = _counted(whole, one, many)
    if not rest:
        return said
    small = _counted(rest, cent, cents)
    return f"{said} con {small}" if whole else small


def _counted(number: int, one: str, many: str) -> str:
    feminine = one.split()[0].endswith(("d", "a"))
    words = say_number(number)
    if feminine:
        words = _ONE.sub("una", words).replace("cientos", "cientas")
        words = words.replace("quinientos", "quinientas")
    else:
        words = _shortened(words)
    of = " de" if number >= _MILLION and number % _MILLION == 0 else ""
    return f"{words}{of} {one if number == 1 else many}"


def say_figures(figures: str) -> str:
    """Figure by figure, with a breath after each: what must be written down or checked."""
    said = {"*": "asterisco", "#": "numeral"}
    return ", ".join(said.get(each) or _UNITS[int(each)] for each in figures if not each.isspace())


def say_hour(hour: int, minute: int) -> str:
    """A time of the day, 24 hours in, twelve out: "las tres y media de la tarde"."""
    part = "mañana" if 4 <= hour < 12 else "tarde" if 12 <= hour < 20 else "noche"
    part = "madrugada" if hour < 4 else part
    if hour == 12 and minute == 0:
        return "las doce del mediodía"
    twelve = hour % 12 or 12
    said = "la una" if twelve == 1 else f"las {say_number(twelve)}"
    minutes = {0: "", 15: " y cuarto", 30: " y media"}.get(minute, f" y {say_number(minute)}")
    return f"{said}{minutes} de la {part}"


def spoken(text: str, country: Country) -> str:
    """A text as it is read out; links, emoji and marks of a list are not read at all."""
    text = _SILENT.sub(" ", text)
    text = _AMOUNT.sub(lambda found: _said_amount(found, country), text)
    text = _HOUR.sub(lambda found: say_hour(int(found[2]), int(found[3])), text)
    text = _DATE.sub(_said_date, text)
    text = _LINE.sub(lambda found: say_figures(found[0]), text)
    text = _FIGURES.sub(lambda found: _said_figures(found[0]), text)
    return _SPACE_BEFORE_MARK.sub(r"\1", " ".join(text.split()))


def _said_amount(found: re.Match[str], country: Country) -> str:
    mark, written = found[1], found[2]
    currency = country.currency if mark == "$" else _MARKS.get(mark, mark)
    if currency not in _CURRENCIES:
        return found[0]
    whole, _, rest = written.replace(country.thousands, "").partition(country.decimal)
    return say_amount(int(whole + rest), len(rest), currency)


def _said_date(found: re.Match[str]) -> str:
    day = "primero" if found[1] == "1" else say_number(int(found[1]))
    year = f" de {say_number(int(found[3]))}" if found[3] else ""
    return f"{day} de {found[2]}{year}"


def _said_figures(figures: str) -> str:
    one_by_one = figures.startswith("0") or len(figures) > _LONGEST_NUMBER
    return say_figures(figures) if one_by_one and len(figures) > 1 else say_number(int(figures))


def seconds_to_say(text: str) -> float:
    """About how long a text takes to be read out."""
    return len(text) / _CHARACTERS_PER_SECOND
