"""Telephone numbers: one person's number is one address however it is written."""

import re
from typing import Final

import phonenumbers

from acuerdo.values.text import plain_width

_MEXICO: Final = 52
_MEXICO_WITH_ONE: Final = re.compile(r"^1(\d{10})$")
_ARGENTINA_MOBILE: Final = re.compile(r"^\+549(\d{10})$")
_BRAZIL_EIGHT_DIGITS: Final = re.compile(r"^\+55(\d{2})([6-9]\d{7})$")

# What people write between the digits. Letters, slashes, commas and exponents are never a number:
# they are two of them in one cell, an extension, or what a spreadsheet made of one.
_WRITTEN: Final = re.compile(r"^\+?(?=[ \t().-]*+\d)[\d \t().-]++$")
_MADE_A_FRACTION: Final = re.compile(r"^\+?\d++\.\d{0,2}$")
_NO_FIGURE: Final = re.compile(r"\D")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# National ways of writing that were given up, and what they became: trunk and mobile prefixes.
_OLD_WAYS: Final = {
    "MX": (re.compile(r"^(?:01|044|045|1)(\d{10})$"), r"\1"),
    "CL": (re.compile(r"^09(\d{8})$"), r"9\1"),
}
# The shape of a country's numbers. A new range is dialled months before any list of ranges has it,
# so that what has the right shape is taken although the list does not know it.
_SHAPES: Final = {
    1: re.compile(r"\+1[2-9]\d{9}"),
    34: re.compile(r"\+34[5-9]\d{8}"),
    51: re.compile(r"\+519\d{8}"),
    52: re.compile(r"\+52[1-9]\d{9}"),
    54: re.compile(r"\+54(?:11|[23]\d)\d{8}"),
    56: re.compile(r"\+569\d{8}"),
    57: re.compile(r"\+57(?:3\d{2}|60[1-9])\d{7}"),
    593: re.compile(r"\+5939\d{8}"),
}


class NotAPhone(ValueError):
    """The text is not a possible telephone number."""


def canonical(number: str, country: str | None = None) -> str:
    """The one E.164 form of a number.

    WhatsApp adds a 1 to Mexican and a 9 to Argentine mobiles and drops the ninth digit of old
    Brazilian ones; all variants come out equal. `country` (ISO) is needed for national formats.
    Raises NotAPhone.
    """
    parsed = _parsed(number, country)
    if not phonenumbers.is_possible_number(parsed):
        raise NotAPhone(mask(number))
    return _line(parsed)


def listed(number: str, country: str) -> str:
    """The canonical form of a number in somebody's list, valid where it belongs.

    National ways of writing are read as those of `country` (ISO), old ones too. Refused, as
    NotAPhone: a length or a beginning that the country of the number does not have, two numbers in
    one, and what a spreadsheet made of a number ("3001234567.0", "3.0E+09", "'300").
    """
    written = plain_width(number).translate(_DASHES).strip()
    if not _WRITTEN.fullmatch(written) or _MADE_A_FRACTION.fullmatch(written):
        raise NotAPhone(mask(number))
    if country in _OLD_WAYS and not written.startswith("+"):
        old, new = _OLD_WAYS[country]
        written = old.sub(new, _NO_FIGURE.sub("", written))
    parsed = _parsed(written, country)
    line = _line(parsed)
    shape = _SHAPES.get(parsed.country_code or 0)
    if phonenumbers.is_valid_number(parsed) or (shape is not None and shape.fullmatch(line)):
        return line
    raise NotAPhone(mask(number))


def _parsed(number: str, country: str | None) -> phonenumbers.PhoneNumber:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(mask(number)) from error
    if parsed.country_code == _MEXICO:
        # no longer a possible number in Mexico, yet what WhatsApp goes on calling people
        national = _MEXICO_WITH_ONE.sub(r"\1", str(parsed.national_number))
        parsed.national_number = int(national)
    return parsed


def _line(parsed: phonenumbers.PhoneNumber) -> str:
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    written = _ARGENTINA_MOBILE.sub(r"+54\1", written)
    return _BRAZIL_EIGHT_DIGITS.sub(r"+55\g<1>9\2", written)


def country_of(number: str) -> str | None:
    """The ISO country of an E.164 number; None where it cannot be told."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.region_code_for_country_code(parsed.country_code or 0)


def mask(address: str) -> str:
    """An address that may stand in a log: its last two characters only."""
    return f"…{address[-2:]}" if len(address) > 4 else "…"
