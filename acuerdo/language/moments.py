"""Putting hours to their days, and saying which half of the day a bare hour means."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from acuerdo.language.context import ReadingContext
from acuerdo.language.dates import FoundDay
from acuerdo.language.days import shifted
from acuerdo.language.entity import Entity
from acuerdo.language.lexicon import words
from acuerdo.language.sentence import Sentence, Span
from acuerdo.language.tense import is_past_tense
from acuerdo.language.times import FoundDelay, FoundPart, FoundTime

_LINKS = words(
    "entre "
    "a al como tipo en la las el por de del y ya mas o menos si puede ser mejor para este esta "
    "tarde noche manana , como pero eso ahi mismo temprano despues antes luego hora hasta "
    "que"
)
_REACH = 6
# A collector's day: bare 8 to 11 is the morning, 1 to 7 the afternoon.
_FIRST_MORNING_HOUR = 8
_LAST_EVENING_HOUR = 20


@dataclass(frozen=True, slots=True)
class _Pair:
    """An hour and the day it belongs to, if the sentence says one."""

    time: FoundTime
    day: FoundDay | None
    is_shared: bool = False


def moments(
    sentence: Sentence,
    days: list[FoundDay],
    times: list[FoundTime],
    parts: list[FoundPart],
    context: ReadingContext,
) -> tuple[list[Entity], list[FoundDay]]:
    """The datetimes of a sentence, and the days that none of them has swallowed."""
    pairs: list[_Pair] = []
    for time in times:
        day = _day_of(sentence, time, days)
        if day is None and pairs and time.span.first - pairs[-1].time.span.after <= 1:
            day = pairs[-1].day
        pairs.append(_Pair(time, day, any(pair.day == day for pair in pairs)))
    entities = [_datetime(sentence, pair, parts, context, pairs) for pair in pairs]
    used = [pair.day for pair in pairs if pair.day]
    return [entity for entity in entities if entity], [day for day in days if day not in used]


def delays(sentence: Sentence, found: list[FoundDelay], context: ReadingContext) -> list[Entity]:
    """Moments counted from now; none when the hour is not known."""
    now = local_now(context)
    if now is None:
        return []
    entities: list[Entity] = []
    for delay in found:
        start, end = sentence.offsets(delay.span)
        moment = now + timedelta(minutes=delay.minutes)
        entities.append(Entity("datetime", _iso(moment), None, start, end))
    return entities


def local_now(context: ReadingContext) -> datetime | None:
    """The speaker's wall clock without zone; None when the context has no hour."""
    if context.now is None or context.now.tzinfo is None:
        return context.now
    try:
        return context.now.astimezone(ZoneInfo(context.tz)).replace(tzinfo=None)
    except (ZoneInfoNotFoundError, ValueError):
        return context.now.replace(tzinfo=None)


def _day_of(sentence: Sentence, time: FoundTime, days: list[FoundDay]) -> FoundDay | None:
    before = [day for day in days if day.span.after <= time.span.first]
    after = [day for day in days if day.span.first >= time.span.after]
    if before and _belongs(sentence, before[-1], time, before[-1].span.after, time.span.first):
        return before[-1]
    if after and _belongs(sentence, after[0], time, time.span.after, after[0].span.first):
        return after[0]
    return None


def _belongs(sentence: Sentence, day: FoundDay, time: FoundTime, first: int, last: int) -> bool:
    gap = sentence.words(first, last)
    if len(gap) > _REACH or "." in gap or ";" in gap:
        return False
    loose = [word for word in gap if word not in _LINKS]
    if loose and ("," in gap or day.span.first > time.span.first):
        return False
    return is_past_tense(sentence, day.span.first) == is_past_tense(sentence, time.span.first)


def _datetime(
    sentence: Sentence,
    pair: _Pair,
    parts: list[FoundPart],
    context: ReadingContext,
    pairs: list[_Pair],
) -> Entity | None:
    half = pair.time.half or _half_beside(pair, parts) or _half_of_range(pair, pairs)
    clock = FoundTime(pair.time.hour, pair.time.minute, half, pair.time.span)
    past = is_past_tense(sentence, pair.time.span.first)
    if pair.day:
        readings = _on_day(clock, pair.day.day, context, past)
        for other in pair.day.others:
            readings += _on_day(clock, other, context, past)[:1]
        span = clock.span
        if not pair.is_shared:
            span = Span(
                min(pair.day.span.first, clock.span.first),
                max(pair.day.span.after, clock.span.after),
            )
    else:
        readings, span = _without_day(clock, context, past), clock.span
    if not readings:
        return None
    start, end = sentence.offsets(span)
    values = dict.fromkeys(_iso(moment) for moment in readings)
    first, *others = (Entity("datetime", value, None, start, end) for value in values)
    return Entity("datetime", first.value, None, start, end, tuple(others))


def _half_beside(pair: _Pair, parts: list[FoundPart]) -> str | None:
    """The part of the day named within a few words ("mañana en la tarde, a las 4")."""
    for part in parts:
        if (
            min(
                abs(part.span.first - pair.time.span.after),
                abs(pair.time.span.first - part.span.after),
            )
            <= 4
        ):
            return part.part
    return None


def _half_of_range(pair: _Pair, pairs: list[_Pair]) -> str | None:
    """In "a las 3 o 4 de la tarde" the first hour takes the half of the second."""
    for other in pairs:
        if other.time.span.first == pair.time.span.after and other.time.half:
            return other.time.half
    return None


def _hours(clock: FoundTime) -> list[int]:
    """The hours of 24 that were meant, the likeliest first; 24 is the midnight to come."""
    hour, half = clock.hour, clock.half
    if hour > 12 or hour == 0:
        return [hour]
    if half in {"manana", "madrugada"}:
        return [0 if hour == 12 and half == "madrugada" else hour]
    if half == "noche":
        return [24 if hour == 12 else hour if hour <= 4 else hour + 12]
    if half == "tarde":
        return [12 if hour == 12 else hour + 12]
    if hour == 12:
        return [12]
    if half == "dia":
        return [hour if hour >= _FIRST_MORNING_HOUR else hour + 12]
    is_morning = hour >= _FIRST_MORNING_HOUR
    return [hour, hour + 12] if is_morning else [hour + 12, hour]


def _at(day: date, hour: int, minute: int) -> datetime | None:
    begin = shifted(day, 1 if hour == 24 else 0)
    return datetime(begin.year, begin.month, begin.day, hour % 24, minute) if begin else None  # noqa: DTZ001


def _on_day(clock: FoundTime, day: date, context: ReadingContext, past: bool) -> list[datetime]:
    found = [moment for hour in _hours(clock) if (moment := _at(day, hour, clock.minute))]
    now = local_now(context)
    if now is None or day != context.today or len(found) < 2:
        return found
    possible = [moment for moment in found if (moment <= now if past else moment > now)]
    return possible or found


def _without_day(clock: FoundTime, context: ReadingContext, past: bool) -> list[datetime]:
    """Today, or tomorrow when that hour is over; tomorrow too rather than late at night."""
    now = local_now(context)
    today = _on_day(clock, context.today, context, past)
    if now is None or past:
        return today
    ahead = [moment for moment in today if moment > now and moment.hour <= _LAST_EVENING_HOUR]
    late = [moment for moment in today if moment > now and moment not in ahead]
    if clock.half and late:
        ahead, late = late, []
    tomorrow = shifted(context.today, 1)
    following = [
        moment
        for hour in _hours(clock)
        if tomorrow and (moment := _at(tomorrow, hour, clock.minute))
    ]
    return [*ahead, *late] if ahead else [*following[:1], *late, *following[1:]]


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
