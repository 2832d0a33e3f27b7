"""Local dates: reading today in a person's zone and saying a date in Spanish."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_DAYS: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS: Final = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def local_date(at: datetime, timezone: str) -> date:
    """The calendar date of a moment in a zone."""
    return at.astimezone(ZoneInfo(timezone)).date()


def say_date(day: date, today: date) -> str:
    """A date as a person says it: `el viernes 27 de noviembre`, with the year when it differs."""
    said = f"el {_DAYS[day.weekday()]} {day.day} de {_MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} de {day.year}"


def say_short(day: date) -> str:
    """A date that fits on a button: `viernes 27/11`."""
    return f"{_DAYS[day.weekday()]} {day.day}/{day.month}"


def say_moment(at: datetime, timezone: str, today: date) -> str:
    """A moment in a zone: `el lunes 30 de noviembre a las 15:30`."""
    local = at.astimezone(ZoneInfo(timezone))
    article = "la" if local.hour == 1 else "las"
    return f"{say_date(local.date(), today)} a {article} {local:%H:%M}"
