"""The names money goes by: currencies, slang, and how each country writes a number."""

from dataclasses import dataclass
from decimal import Decimal

from acuerdo.language.lexicon import words

_OF_COUNTRY = {
    "AR": "ARS",
    "BO": "BOB",
    "BR": "BRL",
    "CL": "CLP",
    "CO": "COP",
    "CR": "CRC",
    "CU": "CUP",
    "DO": "DOP",
    "EC": "USD",
    "GT": "GTQ",
    "HN": "HNL",
    "MX": "MXN",
    "NI": "NIO",
    "PA": "USD",
    "PE": "PEN",
    "PR": "USD",
    "PY": "PYG",
    "SV": "USD",
    "UY": "UYU",
    "VE": "VES",
}
_DECIMAL_COMMA = frozenset({"AR", "BO", "BR", "CL", "CO", "CR", "PY", "UY", "VE"})
_EITHER_SEPARATOR = frozenset({"", "CU", "EC"})
_WEAK_PESO = frozenset({"AR", "CL", "CO", "PY"})

_NAMED = {
    "USD": "dolar dolares dolaritos dolarcitos dolaretes usd dls dlls us$ u$s u$d usd$ verdes",
    "PEN": "sol soles solcitos solecitos pen s/ s/.",
    "CLF": "uf ufs",
    "EUR": "euro euros eur €",
    "MXN": "mxn mn mx$",
    "COP": "cop cop$",
    "CLP": "clp clp$",
    "ARS": "ars ar$",
    "GTQ": "quetzal quetzales gtq q.",
    "HNL": "lempira lempiras hnl l.",
    "CRC": "colon colones crc ₡",
    "NIO": "cordoba cordobas nio c$",
    "PYG": "guarani guaranies pyg gs ₲",
    "BOB": "boliviano bolivianos bob bs",
    "PAB": "balboa balboas balboitas pab b/ b/.",
    "VES": "bolivar bolivares",
    "BRL": "reales brl r$",
    "UYU": "uyu $u",
    "DOP": "dop rd$",
}
_CODE_OF_NAME = {name: code for code, names in _NAMED.items() for name in names.split()}
# They stand before a number; which currency the plain "$" is, no one can tell.
SIGNS = frozenset(name for name in _CODE_OF_NAME if not name.isalpha()) | words(
    "$ bs gs usd uf mxn cop"
)
# A balboa is a dollar by law (Panama's monetary agreement of 1904), and both words mean either.
AT_PAR = {"PAB": "USD"}
# Letters that are a sign only where that money is used, and written large: "Q 300", "L 500".
_LETTER_OF = {("GT", "Q"): "GTQ", ("HN", "L"): "HNL"}
_LOCAL = words(
    "peso pesos pesitos pesito varo varos baro baros varitos mango mangos manguitos bolas "
    "ferros morlacos pesotes"
)
_THOUSANDS = frozenset({"luca", "lucas", "luka", "lukas", "luquita", "luquitas", "lucazas"})
_MILLIONS = frozenset({"palo", "palos", "palito", "palitos", "melon", "melones"})
_HUNDREDS = frozenset({"gamba", "gambas"})
# In Peru, Bolivia and Ecuador "una luca" is one unit of money, further south a thousand.
_SMALL_LUCA = frozenset({"BO", "EC", "PE"})
_ONLY_THERE = {
    ("CL", "quina"): 500,
    ("CL", "quinas"): 500,
    ("AR", "diego"): 10,
    ("CR", "teja"): 100,
    ("CR", "tejas"): 100,
    ("CR", "rojo"): 1000,
    ("CR", "rojos"): 1000,
    ("CO", "barras"): 1000,
    ("EC", "lata"): 1,
    ("EC", "latas"): 1,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A money word: the currency it names and how many units of it one of them is."""

    currency: str | None
    multiplier: Decimal = Decimal(1)


def unit_named(word: str, country: str) -> Unit | None:
    """The money a word means in a country; None when it is no money word there."""
    local = _OF_COUNTRY.get(country)
    if word == "cocos" and country == "PE":
        return Unit("USD")
    if word == "bs" and country == "VE":
        return Unit(local)
    if word in _CODE_OF_NAME:
        return Unit(_CODE_OF_NAME[word])
    if word in _LOCAL:
        return Unit(local)
    multiplier = _slang_multiplier(word, country)
    return Unit(local, Decimal(multiplier)) if multiplier else None


def currency_of_letter(written: str, country: str) -> str | None:
    """The currency whose sign in that country is a lone letter, as it was written."""
    return _LETTER_OF.get((country, written))


def _slang_multiplier(word: str, country: str) -> int:
    if word in _THOUSANDS:
        return 1 if country in _SMALL_LUCA else 1000
    if word in _MILLIONS:
        return 1_000_000
    if word in _HUNDREDS:
        return 100
    return _ONLY_THERE.get((country, word), 0)


def decimal_separators(country: str) -> str:
    """The characters that can stand before cents in that country."""
    if country in _EITHER_SEPARATOR:
        return ".,"
    return "," if country in _DECIMAL_COMMA else "."


def writes_thousands_as_units(country: str) -> bool:
    """Whether "trescientos" often means 300,000 there, because coins are worth so little."""
    return country in _WEAK_PESO
