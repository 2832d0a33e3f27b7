"""The facts about one debt's money, what was agreed about it, and what both come to. Pure.

Minor units of the debt's currency.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from acuerdo.debts.amounts import Balances


class MoneyEventKind(StrEnum):
    """What a fact about money says."""

    STATEMENT = "statement"
    CORRECTION = "correction"
    PAYMENT = "payment"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class MoneyFact:
    """One fact: a balance that somebody states, money that came, money that went back.

    `at` orders it among the balances; `known_at` is when it became known, `paid_at` when the money
    was paid. `id` of a payment is what `reverses` of a reversal names; a reversal below zero was
    itself taken back. `dated`: the statement says at which moment it was true. `amounts` are of
    statements and corrections. `place` is that in which facts were written down: of two that say
    what was true at one moment, the later one counts.
    """

    kind: MoneyEventKind
    id: str
    at: datetime
    known_at: datetime
    minor: int = 0
    paid_at: datetime | None = None
    reverses: str = ""
    amounts: Balances = field(default=Balances(0, 0, 0, 0))
    dated: bool = True
    place: int = 0


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """A promise as it was recorded; `ended`: a decision of people closed it."""

    id: str
    recorded_at: datetime
    due_on: date
    minor: int
    settles: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PlanFact:
    """A plan as it was recorded: the day and the amount of each instalment, in order."""

    id: str
    recorded_at: datetime
    parts: tuple[tuple[date, int], ...]
    ended: bool = False


class AgreementState(StrEnum):
    """Where an agreement stands by the facts."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Result:
    """What all facts come to.

    `paid_of` and `states` go by the id of promise or plan; `parts_paid` by plan, per instalment;
    what came too late was paid all the same. `surplus` by payment: it is the debtor's. `withheld`:
    what a statement asks for above what we know to be owed; a person looks at it before anybody is
    asked for it.
    """

    balances: Balances
    surplus: dict[str, int]
    withheld: int
    paid_of: dict[str, int]
    parts_paid: dict[str, tuple[int, ...]]
    states: dict[str, AgreementState]

    @property
    def whole_surplus(self) -> int:
        """What was paid above what was owed, by all payments together."""
        return sum(self.surplus.values())
