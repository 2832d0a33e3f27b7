"""Working days: "el primer día hábil de enero", "en cinco días hábiles", by country's holidays."""

import re
from datetime import date, timedelta
from typing import Final

from acuerdo.language.day_reading import Calendar, DayReading, Rule, captured, reading
from acuerdo.language.days import add_months, month_end, safe_date, weekday_of_week, yearly
from acuerdo.language.explicit_dates import MONTH, MONTH_OF, NEXT, NEXT_MONTH, THIS_MONTH
from acuerdo.language.periods import OTHER_WEEK
from acuerdo.language.sentence import phrase
from acuerdo.values.working_days import (
    working_day_from,
    working_day_until,
    working_days_after,
)

WORKING: Final = r"(?:h?abil(?:es)?|laborables?|laborales?|utiles|util|bancarios?)"
_ORDINALS: Final = {
    "primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "quinto": 5,
    "sexto": 6, "septimo": 7, "octavo": 8, "noveno": 9, "decimo": 10,
}  # fmt: skip
_NTH: Final = (
    rf"(?P<nth>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|"
    r"(?:1[0-9]|2[0-3]|[1-9])(?: (?:[.] )?(?:er|ero|ro|do|to|mo|vo|no|o))?)"
)
_LAST: Final = r"(?P<last>ultimo|penultimo)"
_DAY: Final = rf"(?:dia )?{WORKING}"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_OF: Final = r"(?:de |del |de la |en |, )*(?:el )?"
_WEEK: Final = rf"(?P<week>{OTHER_WEEK}|(?:esta )?semana)"
_NEXT_YEAR: Final = rf"(?:(?:proximo|siguiente|otro|nuevo) ano|ano (?:{NEXT}|nuevo))"
_PERIOD: Final = (
    rf"(?:mes de )?(?P<month>{MONTH})(?: (?:de |del )?{_YEAR})?|"
    rf"(?P<next_month>{NEXT_MONTH})|(?:{THIS_MONTH}|mes)|{_WEEK}|"
    rf"(?P<next_year>{_NEXT_YEAR})|(?:ano )?(?P<whole_year>20[0-9]{{2}})|"
    r"(?:este )?(?P<this_year>ano)"
)


def _number(match: re.Match[str]) -> int:
    words = match["nth"].split()
    return _ORDINALS.get(words[0]) or int(words[0])


def _bounds(match: re.Match[str], calendar: Calendar) -> tuple[date, date] | None:
    """The first and last day of the period that is named; this month where none is."""
    today = calendar.today
    if week := captured(match, "week"):
        monday = weekday_of_week(today, 0, 0 if week.endswith("semana") and _is_this(week) else 1)
        return monday, monday + timedelta(days=6)
    year = _year(match, today)
    if year is not None:
        return date(year, 1, 1), date(year, 12, 31)
    if month := captured(match, "month"):
        first = yearly(today.replace(day=1), MONTH_OF[month], 1, calendar.past)
        if first and match["year"]:
            first = safe_date(int(match["year"]), first.month, 1)
    else:
        first = add_months(today.replace(day=1), 1 if captured(match, "next_month") else 0)
    return None if first is None else (first, month_end(first))


def _is_this(week: str) -> bool:
    return week in ("semana", "esta semana")


def _year(match: re.Match[str], today: date) -> int | None:
    if captured(match, "next_year"):
        return today.year + 1
    if said := captured(match, "whole_year"):
        return int(said)
    return today.year if captured(match, "this_year") else None


def _nth_of(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """The so-manieth working day of a period; of the next month where this one's has passed."""
    bounds = _bounds(match, calendar)
    if bounds is None:
        return None
    found = _counted(match, bounds, calendar.country)
    names_period = any(
        captured(match, name) for name in ("month", "next", "week", "whole", "this", "year")
    )
    if found and found < calendar.today and not names_period and not calendar.past:
        first = add_months(bounds[0], 1)
        found = _counted(match, (first, month_end(first)), calendar.country) if first else None
    return reading(found)


def _counted(match: re.Match[str], bounds: tuple[date, date], country: str) -> date | None:
    first, last = bounds
    if which := captured(match, "last"):
        found = working_day_until(country, last)
        if which == "penultimo":
            found = working_day_until(country, found - timedelta(days=1))
        return found if found >= first else None
    found = working_days_after(country, first - timedelta(days=1), _number(match))
    return found if found <= last else None


def _coming(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(working_days_after(calendar.country, calendar.today, 1))


def _on_or_after(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """ "El primer día hábil después del 25 de diciembre", and "el día hábil después de Navidad"."""
    day = yearly(calendar.today, MONTH_OF[match["month"]], int(match["day"]), calendar.past)
    return None if day is None else reading(working_days_after(calendar.country, day, 1))


def _after_weekend(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(working_day_from(calendar.country, weekday_of_week(calendar.today, 0, 1)))


WORKING_RULES: Final[tuple[Rule, ...]] = (
    (
        phrase(
            rf"(?:el |al |un )?(?:primer |siguiente |proximo )?{_DAY} (?:siguiente )?"
            rf"(?:despues de|despues del|posterior al?|siguiente al?) (?:el )?(?:dia )?"
            rf"(?P<day>[12][0-9]|3[01]|0?[1-9]) (?:de )?(?P<month>{MONTH})"
        ),
        _on_or_after,
    ),
    (
        phrase(
            rf"(?:el |al )?(?:primer |siguiente |proximo )?{_DAY} (?:despues del|pasado el) "
            r"(?:fin de semana|finde)"
        ),
        _after_weekend,
    ),
    (
        phrase(rf"(?:el |al |los |las )?(?:{_NTH}|{_LAST}) {_DAY} {_OF}(?:{_PERIOD})"),
        _nth_of,
    ),
    (
        phrase(
            rf"(?:el |al )?(?:proximo|siguiente|otro) {_DAY}|"
            rf"(?:el |al )?(?:{_DAY} (?:siguiente|{NEXT})|dia siguiente {WORKING})"
        ),
        _coming,
    ),
    (phrase(rf"(?:el |al )(?:{_NTH}|{_LAST}) {_DAY}"), _nth_of),
)
