"""Hours of the day and delays: "a las 3 y media", "tipo 5", "en 20 minutos"."""

import re
from dataclasses import dataclass

from acuerdo.language.sentence import Sentence, Span, phrase

_HOUR = r"(?P<hour>2[0-4]|1[0-9]|0?[0-9]|una)"
_CLOCK = r"(?P<clock>(?:2[0-3]|1[0-9]|0?[0-9])[:.][0-5][0-9](?::[0-5][0-9])?)"
_NOT_MONEY = r"(?! (?:pesos|soles|dolares|mil|lucas|varos|palos|k|de (?:enero|diciembre)) )"
_MINUTES = (
    r"(?: (?:con |y )(?P<minute>[0-5]?[0-9]|media|cuarto|pico|tantos)(?: minutos)?"
    rf"| (?P<minute_2>[0-5][0-9]|media|cuarto){_NOT_MONEY}"
    r"| menos (?P<less>cuarto|[0-9]{1,2}))?(?: en punto)?"
)
_HALF = (
    r"(?: (?:, )?(?:(?P<letter>[ap]) (?:[.] )?m(?: [.])?|(?P<letter_2>[ap])m|"
    r"(?:de|en|por|a) la (?P<part>manana|tarde|noche|madrugada)|del? (?P<part_2>dia|mediodia)))"
)
_TIME = rf"(?:{_CLOCK}|{_HOUR}{_MINUTES})"
_ABOUT = (
    r"(?:(?:a|para|pa|como|sobre|hasta|desde|de|entre|y|o|pasadas?|tipo|despues|antes|luego|"
    r"a partir|eso|por|ahi|hacia|alrededor|cerca|mas tardar|maximo|ya) ){1,6}"
)
_NO_THING = (
    r"(?! (?:cuotas?|opciones|opcion|deudas?|mensualidades|semanas|quincenas|facturas|tarjetas|"
    r"cuentas|partes|personas|pagos|que|primeras|dias|veces|millones) )"
)
_CLOCK_RULES = (
    phrase(rf"(?:{_ABOUT})?las? {_TIME}(?: (?:horas|h))?{_HALF}"),
    phrase(rf"{_ABOUT}las? {_TIME}(?: (?:horas|h))?{_NO_THING}"),
    phrase(rf"(?:{_ABOUT})?{_TIME}(?: (?:horas|h))?{_HALF}"),
    phrase(rf"(?:a |como |tipo |las? ){{1,4}}{_TIME} (?:horas|h)(?! de )"),
    phrase(rf"(?:como )?tipo (?:las )?{_TIME}{_NO_THING}"),
)
_COLON = phrase(
    r"(?:a |como |tipo |las ){0,4}(?P<clock>(?:2[0-3]|1[0-9]|0?[0-9]):[0-5][0-9])(?: (?:horas|h))?"
)
_BARE = phrase(rf"{_TIME}{_NO_THING}")
_TO_THE_HOUR = phrase(
    rf"(?:a |como a |al |un ){{0,4}}(?P<less>cuarto|[0-9]{{1,2}})(?: minutos)? "
    rf"para las? {_HOUR}{_HALF}?"
)
_NOON = phrase(
    r"(?:al |a |de |despues de(?:l)? |antes de(?:l)? |del |a la ){0,4}(?:mediodia|medio dia)"
)
_MIDNIGHT = phrase(r"(?:a (?:la )?)?(?:medianoche|media noche)")
_RANGE = phrase(
    r"(?:entre|de|tipo|como de|como entre) (?:las? )?(?P<from>1[0-2]|0?[1-9]|una) (?:y|a|o) "
    rf"(?:las? )?(?P<hour>1[0-2]|0?[1-9]){_HALF}"
)
_DELAY = phrase(
    r"(?P<when>en|dentro de|de aqui a|hace|hara) (?:unos |unas |como |otra |otras ){0,4}"
    r"(?P<count>[0-9]{1,3}|una|un|media|un par de|par de|hora y media) ?"
    r"(?P<unit>horas?|h|minutos?)?(?: (?:y )?(?P<extra>media|cuarto))?(?: mas)?"
)
_DAYPART = phrase(
    r"(?:(?:ya |mas |muy )?(?:en|por|de|a|durante|toda) (?:toda )?la (?P<part>manana|tarde|noche|"
    r"madrugada)|(?<=hoy )(?P<part_2>tarde|noche))"
)
_THIS_PART = phrase(r"esta (?:misma )?(?P<part>manana|tarde|noche)")
_WORKING_HOURS = phrase(
    r"(?:trabajo|laboro|trabaja|horario|turno|abren|atienden)(?: es)? de (?:las )?[0-9]{1,2} a "
    r"(?:las )?[0-9]{1,2}(?: (?:horas|de la (?:noche|tarde)))?"
)


@dataclass(frozen=True, slots=True)
class FoundTime:
    """An hour as it was said; `half` is manana, tarde, noche, madrugada, dia or unknown."""

    hour: int
    minute: int
    half: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class FoundDelay:
    """So many minutes from now; negative for "hace una hora"."""

    minutes: int
    span: Span


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part of the day that was named beside the hour or without one."""

    part: str
    span: Span


def find_delays(sentence: Sentence) -> list[FoundDelay]:
    """Distances from now in hours or minutes; their words are claimed."""
    found: list[FoundDelay] = []
    for match in sentence.matches(_DELAY):
        minutes = _delay_minutes(match)
        if minutes:
            span = sentence.span_of(match)
            sentence.claim(span)
            found.append(FoundDelay(minutes, span))
    return found


def _delay_minutes(match: re.Match[str]) -> int | None:
    count, unit = match["count"], match["unit"]
    sign = -1 if match["when"] in {"hace", "hara"} else 1
    if count == "hora y media":
        return 90 * sign if not unit else None
    if not unit:
        return None
    size = 60 if unit.startswith("h") else 1
    if count == "media":
        return 30 * sign if size == 60 else None
    number = int(count) if count.isdigit() else (2 if "par" in count else 1)
    extra = {"media": 30, "cuarto": 15}.get(match["extra"] or "", 0)
    return (number * size + extra) * sign


def find_times(sentence: Sentence, expected: bool) -> list[FoundTime]:
    """Hours of the day; their words are claimed, and so are those of working hours.

    Where an hour was asked for, it needs no "a las".
    """
    for match in sentence.matches(_WORKING_HOURS):
        sentence.claim(sentence.span_of(match))
    found = _find_fixed(sentence, _NOON, 12, "dia") + _find_fixed(sentence, _MIDNIGHT, 0, "noche")
    for match in sentence.matches(_TO_THE_HOUR):
        found += _claimed(sentence, match, _before_the_hour(match))
    for match in sentence.matches(_RANGE):
        found += _both_ends(sentence, match)
    for pattern in (*_CLOCK_RULES, _BARE) if expected else _CLOCK_RULES:
        for match in sentence.matches(pattern):
            found += _claimed(sentence, match, _clock_time(match))
    for match in sentence.matches(_COLON):
        found += _claimed(sentence, match, _clock_reading(match))
    return sorted(found, key=lambda time: time.span.first)


def find_dayparts(sentence: Sentence) -> list[FoundPart]:
    """Parts of the day; "en la mañana" is claimed so that it is not read as tomorrow."""
    found: list[FoundPart] = []
    for match in sentence.matches(_DAYPART):
        span = sentence.span_of(match)
        sentence.claim(span)
        found.append(FoundPart(match["part"] or match["part_2"], span))
    beside = sentence.matches(_THIS_PART)
    return found + [FoundPart(match["part"], sentence.span_of(match)) for match in beside]


def _find_fixed(
    sentence: Sentence, pattern: re.Pattern[str], hour: int, half: str
) -> list[FoundTime]:
    found: list[FoundTime] = []
    for match in sentence.matches(pattern):
        found += _claimed(sentence, match, (hour, 0, half))
    return found


def _claimed(
    sentence: Sentence, match: re.Match[str], time: tuple[int, int, str | None] | None
) -> list[FoundTime]:
    if time is None:
        return []
    span = sentence.span_of(match)
    if sentence.tokens[span.first].text in {"y", "o", "ya"}:
        span = Span(span.first + 1, span.after)
    sentence.claim(span)
    return [FoundTime(*time, span)]


def _both_ends(sentence: Sentence, match: re.Match[str]) -> list[FoundTime]:
    """ "Entre 3 y 5 de la tarde" is two hours, both of the afternoon."""
    span, half = sentence.span_of(match), _half(match)
    first, last = _number(match["from"]), _number(match["hour"])
    middle = sentence.span_of(match, "hour").first
    sentence.claim(span)
    early = "manana" if half == "tarde" and 8 <= first < 12 else half
    return [
        FoundTime(first, 0, early, Span(span.first, middle - 1)),
        FoundTime(last, 0, half, Span(middle, span.after)),
    ]


def _number(text: str) -> int:
    return 1 if text == "una" else int(text)


def _half(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    letter = groups.get("letter") or groups.get("letter_2")
    if letter:
        return "manana" if letter == "a" else "tarde"
    part = groups.get("part") or groups.get("part_2")
    return "dia" if part == "mediodia" else part


def _clock_time(match: re.Match[str]) -> tuple[int, int, str | None] | None:
    if match["clock"]:
        return _clock_reading(match)
    hour = _number(match["hour"])
    less = match["less"]
    if less:
        minute = 15 if less == "cuarto" else int(less)
        return _minus(hour, minute, _half(match))
    said = match["minute"] or match["minute_2"] or "0"
    minute = {"media": 30, "cuarto": 15, "pico": 0, "tantos": 0}.get(said) or (
        int(said) if said.isdigit() else 0
    )
    return hour, minute, _half(match)


def _clock_reading(match: re.Match[str]) -> tuple[int, int, str | None]:
    hour, minute = (int(part) for part in match["clock"].replace(".", ":").split(":")[:2])
    return hour, minute, _half(match)


def _before_the_hour(match: re.Match[str]) -> tuple[int, int, str | None] | None:
    less = 15 if match["less"] == "cuarto" else int(match["less"])
    return _minus(_number(match["hour"]), less, _half(match))


def _minus(hour: int, minutes: int, half: str | None) -> tuple[int, int, str | None] | None:
    if not 0 < minutes < 60:
        return None
    return (hour - 1) or 12, 60 - minutes, half
