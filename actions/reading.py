"""The values in a person's words, in the units the core works with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from actions.turn import ActionContext
from acuerdo.language import Entity, ReadingContext, extract
from acuerdo.values.money import Money


@dataclass(frozen=True)
class Reading:
    """Everything found in a text, in the order it was said, and the day it was said."""

    entities: tuple[Entity, ...]
    today: date

    def of(self, kind: str) -> list[Entity]:
        """The entities of one kind."""
        return [entity for entity in self.entities if entity.kind == kind]

    def first(self, kind: str) -> str | int | Decimal | None:
        """The value of the first entity of a kind."""
        return next((entity.value for entity in self.of(kind)), None)

    def amounts(self, currency: str) -> tuple[Money, ...]:
        """The readings of the first amount in a currency; several where the words leave it open."""
        for entity in self.of("amount"):
            readings = (entity, *(each for each in entity.alternatives if each.kind == "amount"))
            fitting = [
                Money.rounded(Decimal(each.value), currency)
                for each in readings
                if each.currency in (None, currency)
            ]
            if fitting:
                return tuple(dict.fromkeys(fitting))
        return ()

    def other_currency(self, currency: str) -> bool:
        """Whether an amount was named in another currency only."""
        named = self.of("amount")
        return bool(named) and not self.amounts(currency)

    def day(self) -> date | None:
        """The first date, of a date-time too."""
        for entity in self.entities:
            if entity.kind in ("date", "datetime"):
                return date.fromisoformat(str(entity.value)[:10])
        return None

    def day_to_come(self) -> date | None:
        """The first date, unless it has passed."""
        day = self.day()
        return day if day is not None and day >= self.today else None

    def last_days_to_come(self) -> tuple[date, ...]:
        """The readings of the last date that has not passed: in "no llego al viernes, movelo al
        lunes" the Monday."""
        for entity in reversed(self.of("date")):
            readings = (entity, *(each for each in entity.alternatives if each.kind == "date"))
            days = (date.fromisoformat(str(each.value)) for each in readings)
            ahead = tuple(dict.fromkeys(day for day in days if day >= self.today))
            if ahead:
                return ahead
        return ()

    def days(self) -> tuple[date, ...]:
        """The readings of the first date; several where the words leave it open."""
        for entity in self.of("date"):
            readings = (entity, *(each for each in entity.alternatives if each.kind == "date"))
            days = (date.fromisoformat(str(each.value)) for each in readings)
            return tuple(dict.fromkeys(days))
        return ()


def read(turn: ActionContext, *, expecting: str | None = None, words: str | None = None) -> Reading:
    """The values in the words of a turn, by the debtor's country, zone and today."""
    timezone = str(turn.facts.get("timezone") or turn.country.timezone)
    now = turn.core.outside.clock.now().astimezone(ZoneInfo(timezone))
    context = ReadingContext(
        today=now.date(),
        tz=timezone,
        country=turn.country.code,
        now=now,
        expecting=expecting,
    )
    found = extract(turn.words if words is None else words, context)
    return Reading(tuple(found), context.today)
