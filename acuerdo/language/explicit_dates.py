"""Dates that name a day number or a month: "15/12", "el 15 de marzo del 90", "el 20"."""

import re
from datetime import date

from acuerdo.language.day_reading import Calendar, DayReading, Rule, reading
from acuerdo.language.days import (
    add_months,
    last_day_of_month,
    month_end,
    next_day_of_month,
    nth_weekday,
    safe_date,
    yearly,
)
from acuerdo.language.lexicon import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from acuerdo.language.sentence import phrase

NEXT = r"(?:que (?:viene|entra|sigue)|entrante|proximo|proxima|siguiente|venidero)"
WEEKDAY = "(?:" + "|".join((*WEEKDAYS, *SHORT_WEEKDAYS)) + ")"
MONTH_OF = MONTHS | SHORT_MONTHS
MONTH = "(?:" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + ")"
_DAY = (
    r"(?:(?P<day>3[01]|[12][0-9]|0?[1-9])|(?P<first>primero|primer dia|1(?: (?:ro|ero|er|o))|uno))"
)
_LEAD = rf"(?:(?:el |este )?{WEEKDAY} (?:, )?)?(?:(?:el|del|al|este) )?(?:dia )?"
NEXT_MONTH = rf"(?:(?:otro|proximo|siguiente) mes|mes {NEXT})"
THIS_MONTH = (
    r"(?:este (?:mismo )?mes|mes (?:en curso|actual|corriente)|(?:presente|corriente)(?: mes)?)"
)
_ORDINAL = {
    "primer": 1,
    "primero": 1,
    "segundo": 2,
    "tercer": 3,
    "tercero": 3,
    "cuarto": 4,
    "quinto": 5,
    "ultimo": -1,
}
_YEAR = r"(?:19|20)[0-9]{2}"


def _day_of(match: re.Match[str]) -> int:
    return 1 if match["first"] else int(match["day"])


def _full_year(text: str) -> int:
    """Two digits are of this century up to 40, after that of the last (birth dates)."""
    year = int(text)
    if year >= 100:
        return year
    return year + (2000 if year <= 40 else 1900)


def _iso(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(safe_date(int(match["y"]), int(match["m"]), int(match["d"])))


def _numeric(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """Day first, as all of Latin America writes; month first where only that exists."""
    day, month, year = int(match["d"]), int(match["m"]), match["y"]
    if year:
        full = _full_year(year)
        spoken, swapped = safe_date(full, month, day), safe_date(full, day, month)
    else:
        if (day, month) == (24, 7):
            return None
        spoken = yearly(calendar.today, month, day, calendar.past) if month <= 12 else None
        swapped = yearly(calendar.today, day, month, calendar.past) if day <= 12 else None
    return reading(spoken or swapped, swapped if spoken else None)


def _day_and_month(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    day, month = _day_of(match), MONTH_OF[match["month"]]
    year = match["year"]
    if not year:
        return reading(yearly(calendar.today, month, day, calendar.past))
    if year.isdigit():
        return reading(safe_date(_full_year(year), month, day))
    shift = -1 if "pasado" in year else (0 if year.startswith("este") else 1)
    return reading(safe_date(calendar.today.year + shift, month, day))


def _day_of_named_month(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    shift = 1 if match["next"] else (-1 if match["last"] else 0)
    month = add_months(calendar.today.replace(day=1), shift)
    return reading(safe_date(month.year, month.month, _day_of(match))) if month else None


def _bare_day(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    day = _day_of(match)
    today = calendar.today if calendar.today.day == day else None
    if calendar.past:
        return reading(last_day_of_month(calendar.today, day), today)
    return reading(next_day_of_month(calendar.today, day), today)


def _weekday_and_day(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """ "El viernes 20": the day number decides; a month where it is that weekday is preferred."""
    day = int(match["day"])
    weekday = (WEEKDAYS | SHORT_WEEKDAYS)[match["weekday"]]
    direction = -1 if calendar.past else 1
    plain = _bare_day(match, calendar)
    if calendar.today.day == day and calendar.today.weekday() == weekday:
        return reading(calendar.today)
    for months in range(4):
        month = add_months(calendar.today.replace(day=1), months * direction)
        found = safe_date(month.year, month.month, day) if month else None
        ahead = found and (found - calendar.today).days * direction > 0
        if found and ahead and found.weekday() == weekday:
            return reading(found, plain.day if plain else None)
    return plain


def _part_of_month(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """ "A principios" is the first, "a mediados" the 15th, "a finales" the last day."""
    part = match["part"]
    first = _month_meant(match, calendar)
    if first is None:
        return None
    if part.startswith(("principio", "inicio", "comienzo", "primeros", "empez")):
        days = (first, safe_date(first.year, first.month, 5))
    elif part.startswith("mediado") or part == "mitad":
        days = (first.replace(day=15), None)
    else:
        days = (month_end(first), None)
    if days[0] < calendar.today and not calendar.past and not match["month"]:
        return reading(add_months(days[0], 1))
    return reading(*days)


def _month_meant(match: re.Match[str], calendar: Calendar) -> date | None:
    today = calendar.today
    if match["month"]:
        first = yearly(today.replace(day=1), MONTH_OF[match["month"]], 1, calendar.past)
        if first and match["year"]:
            return safe_date(_full_year(match["year"]), first.month, 1)
        return first
    return add_months(today.replace(day=1), 1 if match["next"] else 0)


def _nth_weekday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    nth = _ORDINAL[match["nth"]]
    weekday = WEEKDAYS[match["weekday"]]
    first = _month_meant(match, calendar)
    if first is None:
        return None
    found = nth_weekday(first.year, first.month, weekday, nth)
    if found and found < calendar.today and match["month"] is None and not calendar.past:
        following = add_months(first, 1)
        found = nth_weekday(following.year, following.month, weekday, nth) if following else None
    return reading(found)


def _month_week(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """The first day of the first, second, third or last seven days of a month."""
    first = _month_meant(match, calendar)
    if first is None:
        return None
    nth = {"primera": 0, "segunda": 1, "tercera": 2, "cuarta": 3}.get(match["nth"])
    start = month_end(first).day - 6 if nth is None else 1 + 7 * nth
    return reading(first.replace(day=start))


def _payday_of_month(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """The first half of a month is paid on the 15th, the second on its last day."""
    first = _month_meant(match, calendar)
    if first is None:
        return None
    if not match["nth"]:
        return reading(first.replace(day=15), month_end(first))
    is_first = match["nth"].startswith(("prim", "1"))
    day = first.replace(day=15) if is_first else month_end(first)
    if day < calendar.today and match["month"] is None and not calendar.past:
        following = add_months(first, 1)
        day = following.replace(day=15) if following and is_first else day
    return reading(day)


def _whole_month(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """ "En diciembre": its first day, as the earliest that was said."""
    first = _month_meant(match, calendar)
    return reading(first) if first and first > calendar.today and not calendar.past else None


def _last_day(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    first = _month_meant(match, calendar)
    return reading(month_end(first)) if first else None


_OF_MONTH = (
    rf"(?:(?:de |del )?(?:mes de )?(?P<month>{MONTH})(?: (?:de |del )?(?P<year>{_YEAR}))?|"
    rf"(?:de |del )?(?:el |la )?(?P<next>{NEXT_MONTH})|(?:del?|de) (?:{THIS_MONTH}|mes))"
)


def _this_month_end(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(month_end(calendar.today))


_NO_DAY = (
    r"(?! (?:%|por ciento|por 100|pesos|soles|dolares|uf|lucas|varos|palos|mil|k|de la|anos|"
    r"personas|meses|"
    r"cuotas|pagos|abonos|mensualidades|veces|semanas|porciento|opcion|de cada mes) )"
)
_DAY_LEAD = (
    rf"(?:(?:el|este|del|al|pal|proximo|(?:el )?{WEEKDAY}) (?:dia |proximo |pasado )?|"
    r"(?:dia|fecha) )"
)
EXPLICIT_RULES: tuple[Rule, ...] = (
    (phrase(r"(?:el )?(?P<y>[0-9]{4})[-/](?P<m>[0-9]{1,2})[-/](?P<d>[0-9]{1,2})"), _iso),
    (
        phrase(
            rf"(?:(?:el |este )?(?:{WEEKDAY} )?(?:dia )?)?"
            r"(?P<d>[0-9]{1,2})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4}|[0-9]{2})"
        ),
        _numeric,
    ),
    (
        phrase(
            rf"(?:(?:el |este )?(?:{WEEKDAY} )?(?:dia )?)?"
            r"(?P<d>[0-9]{1,2})[-/](?P<m>[0-9]{1,2})(?P<y>)"
        ),
        _numeric,
    ),
    (
        phrase(
            rf"{_LEAD}{_DAY}(?= (?:o|y|u|al|a|-) (?:el )?(?:dia )?[0-9]{{1,2}} (?:de |del )?"
            rf"(?P<month>{MONTH})(?P<year>) )"
        ),
        _day_and_month,
    ),
    (
        phrase(
            rf"{_LEAD}{_DAY} (?:de |del |/ |- )?(?:mes de )?(?P<month>{MONTH})(?: [.])?"
            rf"(?: (?:[,/-] )?(?P<of>de |del )?(?:ano )?(?P<year>{_YEAR}|este ano|ano pasado|"
            rf"ano {NEXT}|proximo ano|otro ano|(?(of)[0-9]{{2}}|(?!))))?"
        ),
        _day_and_month,
    ),
    (
        phrase(
            rf"(?:el )?(?P<next>{NEXT_MONTH}) (?:, )?(?:el |para el )?(?:dia )?{_DAY}(?P<last>)"
        ),
        _day_of_named_month,
    ),
    (
        phrase(
            rf"(?:(?:el )?{WEEKDAY} (?:, )?)?(?P<month>{'|'.join(MONTHS)}) "
            rf"{_DAY}(?: (?:, )?(?:de |del )?(?P<year>{_YEAR}))?"
        ),
        _day_and_month,
    ),
    (
        phrase(
            rf"{_LEAD}{_DAY} (?:(?:de |del )?(?:el )?(?:(?P<next>{NEXT_MONTH})|"
            rf"(?P<last>mes (?:pasado|anterior)|pasado mes)|{THIS_MONTH}))"
        ),
        _day_of_named_month,
    ),
    (
        phrase(
            r"(?:el |este )?(?P<nth>primer|segundo|tercer|cuarto|quinto|ultimo) "
            rf"(?P<weekday>{'|'.join(WEEKDAYS)}) {_OF_MONTH}"
        ),
        _nth_weekday,
    ),
    (phrase(rf"(?:el |los |al )?ultimos? (?:dias? )?{_OF_MONTH}"), _last_day),
    (
        phrase(r"(?:el )?dia ultimo|(?:el )?ultimo dia|a ultimo|(?:los )?fin(?:es)? de mes"),
        _this_month_end,
    ),
    (
        phrase(rf"(?:la )?(?P<nth>primera|segunda|tercera|cuarta|ultima) semana {_OF_MONTH}"),
        _month_week,
    ),
    (
        phrase(
            rf"(?:la )?(?P<nth>primera|1 (?:ra|era|a)|segunda|2 (?:da|a)|ultima) "
            rf"quincena {_OF_MONTH}"
        ),
        _payday_of_month,
    ),
    (phrase(rf"(?:la |para la )?(?P<nth>)quincena {_OF_MONTH}"), _payday_of_month),
    (
        phrase(
            r"(?:a |para |los |las |el |la )?(?P<part>principios?|inicios?|comienzos?|primeros "
            r"dias|empezando|"
            rf"mediados?|mitad|fin|fines|final|finales|cierre|ultimos dias) {_OF_MONTH}"
        ),
        _part_of_month,
    ),
    (
        phrase(
            r"a (?P<part>principios|inicios|comienzos|mediados|finales|fines)(?P<month>)(?P<next>)"
        ),
        _part_of_month,
    ),
    (
        phrase(
            rf"(?:el |este )?(?P<weekday>{WEEKDAY}) (?:, )?(?:dia )?(?P<day>3[01]|[12][0-9]|"
            rf"[1-9]){_NO_DAY}(?P<first>)"
        ),
        _weekday_and_day,
    ),
    (phrase(rf"{_DAY_LEAD}{_DAY}{_NO_DAY}(?: {NEXT})?"), _bare_day),
    (
        phrase(
            rf"(?:en|para|hasta|pa|recien en|a partir de|desde) (?:el mes de "
            rf")?(?P<month>{MONTH})(?: (?:de |del )?(?P<year>{_YEAR}))?(?P<next>)"
        ),
        _whole_month,
    ),
)
FOLLOWING_DAY: Rule = (
    phrase(rf"(?:y|o|u|ni|al|a|e) (?:el |al )?(?:dia )?{_DAY}{_NO_DAY}"),
    _bare_day,
)
