"""How values are written on the pages, in Spanish and in the zone of the person. Pure."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from acuerdo.contact.preference import say as say_preference
from acuerdo.values.countries import Country
from acuerdo.values.dates import say_date
from acuerdo.values.money import Money
from acuerdo.views.debtor_file.money import say_movement
from acuerdo.wording.words import say_event_reason, say_rule, say_source

_MONTHS: Final = (
    *("ene", "feb", "mar", "abr", "may", "jun"),
    *("jul", "ago", "sep", "oct", "nov", "dic"),
)


def money(amount: Money, country: Country) -> str:
    """Write an amount as people of a country do."""
    return amount.text(country)


def units(amount: Decimal, currency: str, country: Country) -> str:
    """Write an amount that policy gives in units of the currency."""
    return Money.rounded(amount, currency).text(country)


def hour(at: datetime, timezone: str) -> str:
    """Write the time of day: `10:32`."""
    return f"{at.astimezone(ZoneInfo(timezone)):%H:%M}"


def day(past: date, today: date) -> str:
    """Write a day that has passed: hoy, ayer, `viernes 20 de noviembre`."""
    if past == today:
        return "hoy"
    if past == today - timedelta(days=1):
        return "ayer"
    return say_date(past, today).removeprefix("el ")


def by_day(day: date, today: date) -> str:
    """Write a day to come: hoy, mañana, `el viernes 27 de noviembre`."""
    named = {today: "hoy", today + timedelta(days=1): "mañana"}
    return named.get(day) or say_date(day, today)


def short_day(day: date, today: date) -> str:
    """Write a day in little room: `27 nov`, with the year where it is another."""
    written = f"{day.day} {_MONTHS[day.month - 1]}"
    return written if day.year == today.year else f"{written} {day.year}"


def moment(at: datetime, timezone: str, now: datetime) -> str:
    """Write a day and a time in little room: `hoy, 10:32`, `27 nov, 10:32`."""
    zone = ZoneInfo(timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"hoy, {local:%H:%M}"
    return f"{short_day(local.date(), today)}, {local:%H:%M}"


def stamp(at: datetime, timezone: str) -> str:
    """Write a moment with its difference from UTC: `2026-11-23 10:32 -05:00`."""
    written = at.astimezone(ZoneInfo(timezone)).isoformat(sep=" ", timespec="minutes")
    return f"{written[:16]} {written[16:]}"


def local_day(at: datetime, timezone: str) -> date:
    """Return the calendar day of a moment."""
    return at.astimezone(ZoneInfo(timezone)).date()


def since(at: datetime, now: datetime) -> str:
    """Write how long ago a moment was, in whole minutes, hours or days."""
    minutes = max(0, int((now - at).total_seconds())) // 60
    if minutes < 1:
        return "ahora"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    days = minutes // (24 * 60)
    return "1 día" if days == 1 else f"{days} días"


def without_door(by: str) -> str:
    """Who did something, without the door they came through: `desk:lucia` is lucia."""
    named = {"dialogue": "el asistente", "acuerdo": "el asistente"}
    return named.get(by) or by.removeprefix("desk:")


def initials(name: str) -> str:
    """Write the first letters of the first two names."""
    return "".join(word[0] for word in name.split()[:2]).upper()


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    each.__name__: each
    for each in (
        *(money, units, hour, day, by_day, short_day, moment, local_day, since, initials),
        *(say_rule, say_source, say_event_reason, say_movement, stamp, without_door),
    )
} | {"wish": say_preference}
