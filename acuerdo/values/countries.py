"""What differs between countries in how amounts, documents and times are written."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Country:
    """A country's habits.

    `code` is ISO 3166 alpha-2, `currency` ISO 4217, `timezone` the zone of most people there.
    `document` is what people call their identity document, with its article.
    """

    code: str
    currency: str
    timezone: str
    locale: str
    thousands: str
    decimal: str
    document: str
    emergency: str


_POINT = (",", ".")
_COMMA = (".", ",")


def _country(
    code: str,
    currency: str,
    timezone: str,
    separators: tuple[str, str],
    document: str,
    emergency: str,
) -> Country:
    return Country(
        code=code,
        currency=currency,
        timezone=timezone,
        locale=f"es-{code}",
        thousands=separators[0],
        decimal=separators[1],
        document=document,
        emergency=emergency,
    )


COUNTRIES: Final[dict[str, Country]] = {
    country.code: country
    for country in (
        _country("AR", "ARS", "America/Argentina/Buenos_Aires", _COMMA, "su DNI", "135"),
        _country("CL", "CLP", "America/Santiago", _COMMA, "su RUT", "*4141"),
        _country("CO", "COP", "America/Bogota", _COMMA, "su cédula", "106"),
        _country("EC", "USD", "America/Guayaquil", _COMMA, "su cédula", "171"),
        _country("ES", "EUR", "Europe/Madrid", _COMMA, "su DNI", "024"),
        _country("MX", "MXN", "America/Mexico_City", _POINT, "su identificación", "800 911 2000"),
        _country("PE", "PEN", "America/Lima", _POINT, "su DNI", "113"),
        _country("US", "USD", "America/New_York", _POINT, "su identificación", "988"),
    )
}


def country(code: str) -> Country:
    """The habits of a country by its ISO code; KeyError where we do not serve it."""
    return COUNTRIES[code]


def country_or_elsewhere(code: str | None) -> Country:
    """The habits of a country; those of the one with most people where we do not know it."""
    return COUNTRIES.get(code or "", COUNTRIES["MX"])
