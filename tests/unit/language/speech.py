"""How the tests of the language library ask it: someone says something somewhere, that day."""

from datetime import date, datetime
from decimal import Decimal

from acuerdo.language import Entity, ReadingContext, extract

SATURDAY = date(2026, 11, 21)
ZONES = {
    "MX": "America/Mexico_City",
    "CO": "America/Bogota",
    "PE": "America/Lima",
    "CL": "America/Santiago",
    "AR": "America/Argentina/Buenos_Aires",
    "BO": "America/La_Paz",
    "CR": "America/Costa_Rica",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil",
    "GT": "America/Guatemala",
    "HN": "America/Tegucigalpa",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PY": "America/Asuncion",
    "UY": "America/Montevideo",
    "VE": "America/Caracas",
}


def a_context(
    country: str = "MX",
    today: date = SATURDAY,
    hour: int | None = 10,
    expecting: str | None = None,
) -> ReadingContext:
    now = None if hour is None else datetime(today.year, today.month, today.day, hour)  # noqa: DTZ001
    return ReadingContext(today, ZONES[country], country, now, expecting)


def heard(text: str, country: str = "MX", expecting: str | None = None) -> list[Entity]:
    return extract(text, a_context(country, expecting=expecting))


def values(entities: list[Entity], kind: str) -> list[str]:
    """The values of one kind as text; decimals without trailing zeros."""
    return [_plain(entity.value) for entity in entities if entity.kind == kind]


def _plain(value: Decimal | int | str) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
