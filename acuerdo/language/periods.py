"""Weeks, weekends, paydays and holidays, which people say as if they were days."""

import re

from acuerdo.language.day_reading import Calendar, DayReading, Rule, captured, reading
from acuerdo.language.days import (
    add_months,
    last_payday,
    last_weekday,
    next_payday,
    next_weekday,
    shifted,
    weekday_of_week,
    yearly,
)
from acuerdo.language.explicit_dates import NEXT
from acuerdo.language.sentence import phrase

OTHER_WEEK = rf"(?:(?:otra|proxima|siguiente) semana|semana (?:{NEXT}|otra))"
_HOLIDAYS = {
    "navidad": (12, 25),
    "nochebuena": (12, 24),
    "noche buena": (12, 24),
    "noche vieja": (12, 31),
    "ano nuevo": (1, 1),
    "fin de ano": (12, 31),
    "dia de reyes": (1, 6),
    "dia de los reyes": (1, 6),
    "reyes magos": (1, 6),
    "santos reyes": (1, 6),
    "san valentin": (2, 14),
    "dia de muertos": (11, 2),
    "dia de los muertos": (11, 2),
    "dia del trabajo": (5, 1),
    "dia del trabajador": (5, 1),
    "dia de la virgen": (12, 12),
    "dia de los inocentes": (12, 28),
    "halloween": (10, 31),
}
_NATIONAL_DAY = {"MX": (9, 16), "CO": (7, 20), "PE": (7, 28), "CL": (9, 18), "AR": (7, 9)}


def _other_week(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    monday = weekday_of_week(calendar.today, 0, 1)
    return reading(monday, shifted(calendar.today, 7))


def _part_of_week(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    part = match["part"]
    weekday = 0 if part[:4] in {"prin", "inic", "comi"} else 2 if part.startswith("med") else 4
    weeks = 1 if captured(match, "other") else 0
    day = weekday_of_week(calendar.today, weekday, weeks)
    return reading(day if day >= calendar.today else shifted(day, 7))


def _weekend(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    today = calendar.today
    if captured(match, "last") or calendar.past:
        return reading(last_weekday(today, 5))
    saturday = today if today.weekday() == 5 else next_weekday(today, 5)
    if captured(match, "other") == "otro":
        return reading(shifted(saturday, 7), saturday)
    if captured(match, "other") or captured(match, "next"):
        return reading(next_weekday(today, 5), shifted(next_weekday(today, 5), 7))
    return reading(saturday, shifted(saturday, 1))


def _payday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    today = calendar.today
    if captured(match, "last") or calendar.past:
        return reading(last_payday(today))
    coming = next_payday(today)
    is_today = today if today.day == 15 else None
    if captured(match, "other"):
        return reading(next_payday(coming), coming)
    return reading(coming, is_today)


def _other_month(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(add_months(calendar.today.replace(day=1), 1), add_months(calendar.today, 1))


def _holiday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    month, day = _HOLIDAYS[match["holiday"]]
    return reading(yearly(calendar.today, month, day, calendar.past))


def _national_day(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    month_and_day = _NATIONAL_DAY.get(calendar.country)
    if month_and_day is None:
        return None
    return reading(yearly(calendar.today, *month_and_day, calendar.past))


_PART = r"(?P<part>principios?|inicios?|comienzos?|mediados?|fin|fines|final|finales)"
EARLY_PERIOD_RULES: tuple[Rule, ...] = (
    (
        phrase(rf"(?:a |para )?{_PART} de (?:la |esta )?(?:(?P<other>{OTHER_WEEK})|de semana)"),
        _part_of_week,
    ),
    (
        phrase(
            r"(?:(?:el|este|al) )?(?:(?P<other>proximo|siguiente|otro) )?(?:fin de semana|finde)"
            rf"(?: (?P<last>pasado)| (?P<next>{NEXT}))?"
        ),
        _weekend,
    ),
    (
        phrase(
            r"(?:el |en |la |para |a )?(?:el |la )?(?:dia de )?(?:los |la )?"
            rf"(?P<holiday>{'|'.join(sorted(_HOLIDAYS, key=len, reverse=True))})"
        ),
        _holiday,
    ),
    (phrase(r"fiestas patrias|(?:el )?dia de la independencia"), _national_day),
)
PERIOD_RULES: tuple[Rule, ...] = (
    (
        phrase(
            r"(?:(?:la|esta|a|para|mi|el dia de|dia de|en|fin de) ){0,6}"
            r"(?:(?P<other>otra) |proxima |siguiente )?"
            rf"quincena(?: {NEXT})?(?: (?P<last>pasada|anterior))?"
        ),
        _payday,
    ),
    (phrase(rf"(?:(?:la|en|para|a) ){{0,4}}{OTHER_WEEK}"), _other_week),
    (
        phrase(rf"(?:(?:el|en|para|al) ){{0,4}}(?:(?:otro|proximo|siguiente) mes|mes {NEXT})"),
        _other_month,
    ),
)
