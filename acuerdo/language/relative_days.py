"""Days told by their distance or their name: "mañana", "el otro martes", "en ocho días"."""

import re
from datetime import date, timedelta

from acuerdo.language.day_reading import Calendar, DayReading, Rule, captured, reading
from acuerdo.language.days import (
    add_months,
    last_weekday,
    next_weekday,
    shifted,
    weekday_of_week,
)
from acuerdo.language.explicit_dates import NEXT
from acuerdo.language.lexicon import SHORT_WEEKDAYS, WEEKDAYS
from acuerdo.language.periods import OTHER_WEEK
from acuerdo.language.sentence import phrase
from acuerdo.language.working_days import WORKING
from acuerdo.values.working_days import working_days_after

_WEEKDAY_OF = WEEKDAYS | SHORT_WEEKDAYS
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_WEEKDAY_2 = rf"(?P<weekday_2>{'|'.join(WEEKDAYS)})"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:(?<=el )|(?<=este ))(?P<weekday_2>{'|'.join(SHORT_WEEKDAYS)}))"
_COUNT = r"(?P<count>[0-9]{1,3}|un par de|par de|un|una|unos [0-9]{1,2})"
_SPAN = r"(?P<unit>dias?|semanas?|mes|meses|anos?)"
_NAMED = {
    "hoy": 0,
    "aqui": 0,
    "manana": 1,
    "pasado": 2,
    "ayer": -1,
    "anoche": -1,
    "anteayer": -2,
    "antier": -2,
    "antes": -2,
    "anteanoche": -2,
    "antenoche": -2,
}


def _named(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(shifted(calendar.today, _NAMED[captured(match, "name") or ""]))


def _today(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(calendar.today)


def _count(match: re.Match[str]) -> int:
    words = match["count"].split()
    if "par" in words:
        return 2
    return int(words[-1]) if words[-1].isdigit() else 1


def _away(today: date, count: int, unit: str) -> date | None:
    if unit.startswith("mes"):
        return add_months(today, count)
    if unit.startswith("ano"):
        return add_months(today, 12 * count)
    return shifted(today, count * (7 if unit.startswith("sem") else 1))


def _ahead(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """Counted literally; eight and fifteen days are also how people say one and two weeks."""
    count, unit = _count(match), match["unit"]
    if unit.startswith("dia") and captured(match, "working"):
        return reading(working_days_after(calendar.country, calendar.today, count))
    weeks = {8: 7, 15: 14}.get(count) if unit.startswith("dia") else None
    alternative = shifted(calendar.today, weeks) if weeks else None
    return reading(_away(calendar.today, count, unit), alternative)


def _ago(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(_away(calendar.today, -_count(match), match["unit"]))


def _in_eight(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """ "De hoy en ocho", or "en una semana", is the same weekday next week."""
    start = calendar.today
    if captured(match, "weekday"):
        start = next_weekday(start, _weekday_number(match))
    else:
        start += timedelta(days=_NAMED[match["name"]])
    is_one_week = match["days"].startswith(("8", "una", "1 "))
    return reading(shifted(start, 7 if is_one_week else 14))


def _weekday_number(match: re.Match[str]) -> int:
    return _WEEKDAY_OF[captured(match, "weekday") or ""]


def _weekday_of_other_week(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    weeks = -1 if captured(match, "last") else 1
    return reading(weekday_of_week(calendar.today, _weekday_number(match), weeks))


def _other_weekday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """ "El otro martes" is the one after the coming one; some mean the coming one."""
    coming = next_weekday(calendar.today, _weekday_number(match))
    return reading(shifted(coming, 7), coming)


def _past_weekday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    return reading(last_weekday(calendar.today, _weekday_number(match)))


def _next_weekday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    """The coming one; said near the end of a week, "próximo" may skip it."""
    coming = next_weekday(calendar.today, _weekday_number(match))
    of_next_week = weekday_of_week(calendar.today, _weekday_number(match), 1)
    return reading(coming, of_next_week)


def _bare_weekday(match: re.Match[str], calendar: Calendar) -> DayReading | None:
    today = calendar.today
    weekday = _weekday_number(match)
    same = today if today.weekday() == weekday else None
    if calendar.past:
        return reading(last_weekday(today, weekday), same)
    return reading(next_weekday(today, weekday), same)


_ASKS_TIME = (
    r"(?:dame|deme|denme|dar|darme|darnos|aguanta[a-z]*|aguante[a-z]*|espera[a-z]*|"
    r"espere[a-z]*|regala[a-z]*|regale[a-z]*|necesito|ocupo|quiero|deja[a-z]*|deje[a-z]*|"
    r"chance|plazo|prorroga|tardo|tardaria|concede[a-z]*|conceda[a-z]*) "
    r"(?:de |a |por |otros |otra |otro |unos |solo |como ){0,5}"
)
_IN = (
    r"(?:en|dentro de|de aqui a|de aca a|despues de|pasados?|hasta en) "
    r"(?:unos |otros |como |unas ){0,4}"
)
_WORKING = rf"(?P<working> {WORKING})?"
_NOT_SINCE = r"(?! (?:de (?:atraso|mora)|que|sin|estoy|no) )"
_THE = r"(?:(?:el|este|al|del|un) )?"
RELATIVE_RULES: tuple[Rule, ...] = (
    (
        phrase(
            rf"(?:de |desde |dentro de )?{_THE}"
            rf"(?:(?P<name>hoy|aqui|manana|pasado(?= manana))(?: manana)?|{_WEEKDAY}) "
            r"en (?P<days>(?:8|15)(?: dias)?|(?:una|1) semana|2 semanas)"
        ),
        _in_eight,
    ),
    (phrase(r"(?:el )?(?P<name>pasado) manana"), _named),
    (phrase(r"(?P<name>antes) de ayer|antes de (?P<name_2>antier)"), _named),
    (phrase(r"(?P<name>anteayer|antier|anteanoche|antenoche|ayer|anoche)"), _named),
    (phrase(rf"(?:el dia de )?hoy(?: (?:mismo|dia))?(?: (?:, )?{_WEEKDAY})?"), _today),
    (phrase(r"(?:en )?esta (?:misma )?(?:noche|tarde|manana)"), _today),
    (phrase(rf"{_IN}{_COUNT} {_SPAN}{_WORKING}(?: mas)?{_NOT_SINCE}"), _ahead),
    (phrase(rf"{_ASKS_TIME}{_COUNT} {_SPAN}{_WORKING}(?: mas)?{_NOT_SINCE}"), _ahead),
    (
        phrase(
            rf"(?<!desde )(?<!de )(?:hace|hara) (?:como |unos |unas |ya ){{0,4}}{_COUNT} {_SPAN}"
            rf"(?: atras)?{_NOT_SINCE}"
        ),
        _ago,
    ),
    (phrase(rf"{_COUNT} {_SPAN} atras"), _ago),
    (phrase(rf"{_COUNT} {_SPAN}{_WORKING} mas"), _ahead),
    (
        phrase(
            rf"{_THE}{_WEEKDAY} (?:, )?(?:de |en )?(?:la )?"
            rf"(?:{OTHER_WEEK}|(?P<last>semana (?:pasada|anterior)|pasada semana))"
        ),
        _weekday_of_other_week,
    ),
    (phrase(rf"(?:la )?{OTHER_WEEK} (?:, )?(?:el )?{_WEEKDAY}"), _weekday_of_other_week),
    (
        phrase(
            rf"(?:no |de )?(?:el|este) {_WEEKDAY} (?:, )?(?:sino|no|si no|al) (?:, )?"
            r"(?:el |hasta el )?(?:otro|siguiente|proximo)"
        ),
        _other_weekday,
    ),
    (phrase(rf"{_THE}otro {_WEEKDAY}|{_THE}{_WEEKDAY_2} subsiguiente"), _other_weekday),
    (
        phrase(
            rf"{_THE}(?:{_WEEKDAY} (?:pasado|anterior|ultimo|que paso)(?! manana)|"
            rf"(?:pasado|ultimo) {_WEEKDAY_2})"
        ),
        _past_weekday,
    ),
    (
        phrase(rf"{_THE}(?:(?:proximo|siguiente) {_WEEKDAY}|{_WEEKDAY_2} (?:proximo|siguiente))"),
        _next_weekday,
    ),
    (phrase(rf"(?:{_THE}|dia ){_ANY_WEEKDAY}(?: {NEXT})?(?: mismo)?"), _bare_weekday),
)
# After "pasado mañana" has had its turn.
TOMORROW_RULES: tuple[Rule, ...] = (
    (phrase(r"(?:el dia de )?(?P<name>manana)(?: mismo)?"), _named),
)
FOLLOWING_NAMED: Rule = (phrase(r"(?:o|y) (?P<name>pasado)"), _named)
