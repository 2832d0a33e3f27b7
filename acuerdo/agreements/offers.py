"""What may be offered: never beyond policy, and a concession once made is not taken back.

Pure. Amounts in minor units, dates in the debtor's zone. The limits are the creditor's own
(`acuerdo.debts.policies`), handed in as plain numbers.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from acuerdo.values.money import Money

Frequency = Literal["weekly", "fortnightly", "monthly"]
MAX_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed for one debt today."""

    balance: Money
    overdue: Money


@dataclass(frozen=True, slots=True)
class OfferLimits:
    """A creditor's limits in minor units, days, percent."""

    promise_max_days: int
    promise_min: Money
    promise_max_open: int
    plan_max_instalments: int
    plan_min_instalment: Money
    plan_frequencies: tuple[Frequency, ...]
    plan_min_down_percent: int
    plan_max_first_days: int
    settlement_max_percent: int
    settlement_valid_days: int


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """Pay an amount by a date; `settles` when that closes the debt."""

    amount: Money
    due_on: date
    settles: bool = False


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Dated instalments that add up to the total."""

    frequency: Frequency
    instalments: tuple[tuple[date, Money], ...]

    @property
    def total(self) -> Money:
        """The sum of the instalments."""
        total = Money(0, self.instalments[0][1].currency)
        for _, amount in self.instalments:
            total += amount
        return total


RefusalReason = Literal[
    "date_past", "date_too_far", "amount_too_small", "amount_over_balance", "too_many_open"
]


@dataclass(frozen=True, slots=True)
class OfferRefusal:
    """Why terms are not allowed, with the limit to say."""

    reason: RefusalReason
    amount: Money | None = None
    day: date | None = None


def judge_promise(
    terms: PromiseTerms,
    owed: Owed,
    limits: OfferLimits,
    *,
    today: date,
    open_promises: int,
    moved: Money | None = None,
) -> PromiseTerms | OfferRefusal:
    """The terms, or the first limit they break (`open_promises`: others than the one replaced).

    `moved`: what is left of the promise that these take the place of; it may always be moved.
    """
    if open_promises >= limits.promise_max_open:
        return OfferRefusal("too_many_open")
    if terms.due_on < today:
        return OfferRefusal("date_past", day=today)
    if terms.due_on > latest_promise_day(limits, today):
        return OfferRefusal("date_too_far", day=latest_promise_day(limits, today))
    if terms.amount > owed.balance:
        return OfferRefusal("amount_over_balance", amount=owed.balance)
    floor = smallest_promise(owed, limits)
    is_moved = terms.amount == moved and terms.amount.minor > 0
    if terms.amount < floor and not is_moved:
        return OfferRefusal("amount_too_small", amount=floor)
    return terms


def latest_promise_day(limits: OfferLimits, today: date) -> date:
    """The last day that can be promised."""
    return today + timedelta(days=limits.promise_max_days)


def smallest_promise(owed: Owed, limits: OfferLimits) -> Money:
    """The least that can be promised: the creditor's minimum, or all of a smaller debt."""
    one_unit = Money(1, owed.balance.currency)
    return max(one_unit, min(limits.promise_min, owed.balance, key=_minor), key=_minor)


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What the debtor asked for; None where they did not say."""

    instalments: int | None = None
    frequency: Frequency | None = None
    per_instalment: Money | None = None
    first_on: date | None = None


def plan_options(
    owed: Owed, limits: OfferLimits, wish: PlanWish, *, today: date
) -> tuple[PlanTerms, ...]:
    """Up to three plans inside the limits, the closest to the wish first; none where none fits."""
    frequency = _frequency(limits, wish)
    first_on = _first_payment(limits, wish, today)
    counts = _counts(owed, limits, wish)
    return tuple(_plan(owed.balance, count, frequency, first_on, limits) for count in counts)


def _frequency(limits: OfferLimits, wish: PlanWish) -> Frequency:
    if wish.frequency in limits.plan_frequencies:
        return wish.frequency
    return "monthly" if "monthly" in limits.plan_frequencies else limits.plan_frequencies[-1]


def _first_payment(limits: OfferLimits, wish: PlanWish, today: date) -> date:
    last = today + timedelta(days=limits.plan_max_first_days)
    if wish.first_on is not None and today <= wish.first_on <= last:
        return wish.first_on
    return min(last, today + timedelta(days=7))


def _counts(owed: Owed, limits: OfferLimits, wish: PlanWish) -> list[int]:
    possible = _possible_counts(owed, limits)
    if not possible:
        return []
    fewest, most = possible[0], possible[-1]
    wished = wish.instalments
    if wished is None and wish.per_instalment is not None:
        wished = _needed(owed, wish.per_instalment)
    if wished is not None:
        # beyond the limits, the nearest that is allowed
        return [min(max(wished, fewest), most)]
    return sorted({fewest, max(fewest, most // 2), most})[:MAX_OPTIONS]


def _possible_counts(owed: Owed, limits: OfferLimits) -> range:
    """How many instalments there may be so that none of them is empty or below the minimum."""
    most = 1
    # the more parts, the smaller they are
    while most < limits.plan_max_instalments and _large_enough(owed.balance, most + 1, limits):
        most += 1
    return range(2, most + 1)


def _large_enough(total: Money, count: int, limits: OfferLimits) -> bool:
    least = min(_parts(total, count, limits), key=_minor)
    return least.minor > 0 and least >= limits.plan_min_instalment


def _needed(owed: Owed, amount: Money) -> int:
    return -(-owed.balance.minor // max(1, amount.minor))


def _plan(
    total: Money, count: int, frequency: Frequency, first_on: date, limits: OfferLimits
) -> PlanTerms:
    days = [_nth(first_on, frequency, number) for number in range(count)]
    return PlanTerms(frequency, tuple(zip(days, _parts(total, count, limits), strict=True)))


def _parts(total: Money, count: int, limits: OfferLimits) -> tuple[Money, ...]:
    """Equal parts, or a larger first one where the creditor wants a down payment."""
    down = total.percent(limits.plan_min_down_percent)
    parts = total.split(count)
    return (down, *(total - down).split(count - 1)) if down > parts[0] else parts


def _nth(first: date, frequency: Frequency, number: int) -> date:
    if frequency == "weekly":
        return first + timedelta(weeks=number)
    if frequency == "fortnightly":
        return first + timedelta(days=15 * number)
    months = first.month - 1 + number
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def settlement(
    owed: Owed, limits: OfferLimits, *, today: date, best_offered: Money | None
) -> PromiseTerms | None:
    """The next closing offer: half of the permitted discount first, then all of it, never less.

    `best_offered` is the lowest amount already offered in this debt: a concession is not taken
    back while the creditor permits it. None where the creditor forgives nothing.
    """
    if limits.settlement_max_percent == 0:
        return None
    floor = settlement_floor(owed, limits)
    opening = owed.balance - owed.balance.percent((limits.settlement_max_percent + 1) // 2)
    amount = max(opening, floor, key=_minor) if best_offered is None else floor
    return PromiseTerms(amount, today + timedelta(days=limits.settlement_valid_days), settles=True)


def settlement_floor(owed: Owed, limits: OfferLimits) -> Money:
    """The least that closes the debt; never told to anybody."""
    floor = owed.balance - owed.balance.percent(limits.settlement_max_percent)
    return max(floor, Money(1, owed.balance.currency), key=_minor)


CounterVerdict = Literal["promise", "plan", "settlement", "counter", "escalate"]


def judge_counter(
    amount: Money,
    owed: Owed,
    limits: OfferLimits,
    *,
    recurring: bool,
    closing: bool,
    countered: bool,
) -> CounterVerdict:
    """What to do with an amount the debtor offers.

    `recurring`: that much each time; `closing`: to be done with the debt; `countered`: we have
    already answered an offer with one of ours. Accepted as a promise, plan or settlement when it
    is inside the limits; else countered once, then passed to a person.
    """
    if closing and amount < owed.balance:
        inside = limits.settlement_max_percent and amount >= settlement_floor(owed, limits)
        return "settlement" if inside else _again(countered)
    if recurring:
        fits = _needed(owed, amount) in _possible_counts(owed, limits)
        return "plan" if fits else _again(countered)
    if amount >= smallest_promise(owed, limits):
        return "promise"
    return _again(countered)


def _again(countered: bool) -> CounterVerdict:
    return "escalate" if countered else "counter"


def plausible(readings: tuple[Money, ...], owed: Owed, limits: OfferLimits) -> tuple[Money, ...]:
    """Those readings of an ambiguous amount that could be meant for this debt; all where none."""
    floor = smallest_promise(owed, limits)
    fitting = tuple(money for money in readings if floor <= money <= owed.balance)
    return fitting or readings


def _minor(money: Money) -> int:
    return money.minor
