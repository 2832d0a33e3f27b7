"""The values in a person's words, in the units the core works with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from acuerdo.language.context import ReadingContext
from acuerdo.language.entity import Entity
from acuerdo.language.extraction import extract
from acuerdo.values.money import Money

# Of a longer text the beginning and the end are read, each half of this: people say what they want
# first or last. In characters.
MOST_READ: Final = 2_000
# One turn is read by several actions, each in a call of its own.
_REMEMBERED: Final = 64


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in a text, in the order it was said, and the day it was said."""

    entities: tuple[Entity, ...]
    today: date

    def of(self, kind: str) -> list[Entity]:
        """Give the entities of one kind."""
        return [entity for entity in self.entities if entity.kind == kind]

    def first(self, kind: str) -> str | int | Decimal | None:
        """Give the value of the first entity of a kind."""
        return next((entity.value for entity in self.of(kind)), None)

    def number(self, kind: str) -> int | None:
        """Give the same as a whole number: of `ordinal` and `installments`."""
        value = self.first(kind)
        return None if value is None else int(value)

    def amounts(self, currency: str) -> tuple[Money, ...]:
        """Give the readings of the first amount in a currency; several where it is left open."""
        for entity in self.of("amount"):
            fitting = [
                Money.rounded(Decimal(each.value), currency)
                for each in _readings(entity)
                if each.currency in (None, currency)
            ]
            if fitting:
                return tuple(dict.fromkeys(fitting))
        return ()

    def other_currency(self, currency: str) -> bool:
        """Tell whether an amount was named in another currency only."""
        named = self.of("amount")
        return bool(named) and not self.amounts(currency)

    def day(self) -> date | None:
        """Give the first date, of a date-time too."""
        for entity in self.entities:
            if entity.kind in ("date", "datetime"):
                return date.fromisoformat(str(entity.value)[:10])
        return None

    def day_to_come(self) -> date | None:
        """Give the first date, unless it has passed."""
        day = self.day()
        return day if day is not None and day >= self.today else None

    def days(self) -> tuple[date, ...]:
        """Give the readings of the first date; several where the words leave it open."""
        dates = self.of("date")
        if dates:
            return tuple(dict.fromkeys(_days(dates[0])))
        day = self.day()
        return () if day is None else (day,)

    def last_days_to_come(self) -> tuple[date, ...]:
        """Give the readings of the last date that has not passed: in "no llego al viernes, movelo
        al lunes" the Monday."""
        for entity in reversed(self.of("date")):
            ahead = tuple(dict.fromkeys(day for day in _days(entity) if day >= self.today))
            if ahead:
                return ahead
        return ()


def read(text: str, context: ReadingContext) -> Reading:
    """Read the values in a text; of more than `MOST_READ` characters in its beginning and end."""
    if context.now is not None:
        # moments are read to the minute, so that the actions of one turn share one reading
        context = replace(context, now=context.now.replace(second=0, microsecond=0))
    return _read(text, context)


@lru_cache(maxsize=_REMEMBERED)
def _read(text: str, context: ReadingContext) -> Reading:
    if len(text) <= MOST_READ:
        return Reading(tuple(extract(text, context)), context.today)
    begins_until, end_from = MOST_READ // 2, len(text) - MOST_READ // 2
    # nothing is read out of half a word or half a number
    while begins_until and not text[begins_until].isspace():
        begins_until -= 1
    while end_from < len(text) and not text[end_from - 1].isspace():
        end_from += 1
    end = (_moved(each, end_from) for each in extract(text[end_from:], context))
    return Reading((*extract(text[:begins_until], context), *end), context.today)


def _moved(entity: Entity, by: int) -> Entity:
    return replace(
        entity,
        start=entity.start + by,
        end=entity.end + by,
        alternatives=tuple(_moved(each, by) for each in entity.alternatives),
    )


def _readings(entity: Entity) -> Iterator[Entity]:
    yield entity
    yield from (each for each in entity.alternatives if each.kind == entity.kind)


def _days(entity: Entity) -> Iterator[date]:
    return (date.fromisoformat(str(each.value)) for each in _readings(entity))
