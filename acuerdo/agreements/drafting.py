"""A promise in the making: what was said so far, and what must still be asked. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from acuerdo.agreements.offers import OfferLimits, Owed, plausible
from acuerdo.values.money import Money


@dataclass(frozen=True, slots=True)
class StatedTerms:
    """What one message says about a payment: all readings of its amount and of its date.

    `last_days` are the readings of the last date to come, where several are named.
    """

    amounts: tuple[Money, ...] = ()
    relative: str | None = None
    days: tuple[date, ...] = ()
    last_days: tuple[date, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether it says nothing about amount or date."""
        return not (self.amounts or self.relative or self.days)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that waits for its day; `left` has not come of its amount yet."""

    amount: Money
    left: Money
    due_on: date


@dataclass(frozen=True, slots=True)
class Draft:
    """Amount and date as far as they are clear; `unclear` holds what one of them may mean."""

    amount: Money | None = None
    due_on: date | None = None
    unclear_amounts: tuple[Money, ...] = ()
    unclear_days: tuple[date, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it can be proposed."""
        return self.amount is not None and self.due_on is not None


def started(
    said: StatedTerms, standing: OpenPromise | None, *, moving: bool
) -> tuple[Draft, StatedTerms]:
    """Give the draft that the message begins with, and what it says about it.

    `moving`: the promise that stands is to be moved, so the last day that is named counts, and the
    day on which it stands is the one that will not do. What was paid of it is not promised again.
    """
    if standing is None:
        return Draft(), said
    if moving:
        days = said.last_days if said.last_days != (standing.due_on,) else ()
        said = replace(said, days=days)
    return Draft(standing.left, standing.due_on if said.days else None), said


def repeats(said: StatedTerms, standing: OpenPromise | None) -> bool:
    """Tell whether the words promise just what is promised already."""
    if standing is None or said.days != (standing.due_on,) or said.relative is not None:
        return False
    return said.amounts in ((), (standing.amount,), (standing.left,))


def amount_named(said: StatedTerms, owed: Owed, *, shares: tuple[str, ...]) -> Money | None:
    """Give the amount that is named, or what a share of the debt comes to; None without either.

    `shares` are those that count here: "total" ("todo") and "half" ("la mitad").
    """
    if said.amounts:
        return said.amounts[0]
    return next(iter(_resolved(said.relative, owed)), None) if said.relative in shares else None


def revised(draft: Draft, said: StatedTerms, owed: Owed, limits: OfferLimits) -> Draft:
    """The draft after one more message; what was said last counts."""
    amounts = plausible(said.amounts, owed, limits) or _resolved(said.relative, owed)
    if len(amounts) == 1:
        draft = replace(draft, amount=amounts[0], unclear_amounts=())
    elif amounts:
        draft = replace(draft, amount=None, unclear_amounts=amounts)
    if len(said.days) == 1:
        draft = replace(draft, due_on=said.days[0], unclear_days=())
    elif said.days:
        draft = replace(draft, due_on=None, unclear_days=said.days)
    return draft


def _resolved(relative: str | None, owed: Owed) -> tuple[Money, ...]:
    """What "la mitad", "todo" or "lo vencido" come to for this debt."""
    due = owed.overdue if owed.overdue.minor else owed.balance
    amounts = {
        "total": owed.balance,
        "overdue": due,
        "minimum": due,
        "half": owed.balance.split(2)[1],
    }
    return (amounts[relative],) if relative in amounts else ()
