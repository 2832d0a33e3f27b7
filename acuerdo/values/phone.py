"""Telephone numbers: one person's number is one address however it is written."""

import re
from typing import Final

import phonenumbers

_MEXICO: Final = 52
_MEXICO_WITH_ONE: Final = re.compile(r"^1(\d{10})$")
_ARGENTINA_MOBILE: Final = re.compile(r"^\+549(\d{10})$")
_BRAZIL_EIGHT_DIGITS: Final = re.compile(r"^\+55(\d{2})([6-9]\d{7})$")


class NotAPhone(ValueError):
    """The text is not a possible telephone number."""


def canonical(number: str, country: str | None = None) -> str:
    """The one E.164 form of a number.

    WhatsApp adds a 1 to Mexican and a 9 to Argentine mobiles and drops the ninth digit of old
    Brazilian ones; all variants come out equal. `country` (ISO) is needed for national formats.
    Raises NotAPhone.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(mask(number)) from error
    if parsed.country_code == _MEXICO:
        # no longer a possible number in Mexico, yet what WhatsApp goes on calling people
        national = _MEXICO_WITH_ONE.sub(r"\1", str(parsed.national_number))
        parsed.national_number = int(national)
    if not phonenumbers.is_possible_number(parsed):
        raise NotAPhone(mask(number))
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
