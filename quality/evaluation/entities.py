"""Which values `acuerdo.language` finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from acuerdo.language import Entity, ReadingContext, country_of_timezone, extract
from quality.evaluation.cases import KINDS, Expression, Value
from quality.evaluation.intents import Share


@dataclass(frozen=True, slots=True)
class Read:
    """An expression with the values found in it, each once."""

    said: Expression
    found: tuple[Value, ...]

    @property
    def missed(self) -> set[tuple[str, float | str]]:
        """Kind and value of what is there and was not found."""
        return {each.key for each in self.said.values} - {each.key for each in self.found}

    @property
    def invented(self) -> set[tuple[str, float | str]]:
        """Kind and value of what was found and is not there."""
        return {each.key for each in self.found} - {each.key for each in self.said.values}

    @property
    def right(self) -> bool:
        """Whether exactly what is there was found."""
        return not self.missed and not self.invented


@dataclass(frozen=True, slots=True)
class KindScore:
    """How many values of a kind are found (recall) and how many found are there (precision)."""

    kind: str
    recall: Share
    precision: Share


def read(cases: Sequence[Expression]) -> list[Read]:
    """Every expression through the library, with the kinds that the command promises."""
    return [Read(case, _found(case)) for case in cases]


def whole_lines(results: Sequence[Read]) -> Share:
    """How many lines have exactly their values found, no more and no fewer."""
    return Share(sum(each.right for each in results), len(results))


def empty_lines(results: Sequence[Read]) -> Share:
    """Of the lines with nothing to find, in how many nothing was found."""
    return whole_lines([each for each in results if not each.said.values])


def per_kind(results: Sequence[Read]) -> list[KindScore]:
    """The score of each kind, and of all together as `all`."""
    return [_score(results, "all", KINDS), *(_score(results, kind, (kind,)) for kind in KINDS)]


def currencies(results: Sequence[Read]) -> Share:
    """Of the amounts found whose words name a currency, how many got that currency."""
    right = whole = 0
    for each in results:
        found = {value.key: value.currency for value in each.found}
        for value in each.said.values:
            if value.currency and value.key in found:
                whole += 1
                right += found[value.key] == value.currency
    return Share(right, whole)


def _score(results: Sequence[Read], name: str, kinds: Sequence[str]) -> KindScore:
    there = found = both = 0
    for each in results:
        meant = {value.key for value in each.said.values if value.kind in kinds}
        got = {value.key for value in each.found if value.kind in kinds}
        there, found, both = there + len(meant), found + len(got), both + len(meant & got)
    return KindScore(name, Share(both, there), Share(both, found))


def _found(case: Expression) -> tuple[Value, ...]:
    country = case.country or country_of_timezone(case.tz)
    context = ReadingContext(today=case.today, tz=case.tz, country=country, now=case.now)
    return tuple(_value(each) for each in extract(case.text, context) if each.kind in KINDS)


def _value(entity: Entity) -> Value:
    plain = float(entity.value) if isinstance(entity.value, Decimal) else entity.value
    return Value(entity.kind, plain, entity.currency)
