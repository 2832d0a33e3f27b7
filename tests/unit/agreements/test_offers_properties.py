"""Whatever is owed, wished and allowed: nothing is offered beyond policy."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from acuerdo.agreements.offers import (
    OfferLimits,
    Owed,
    PlanWish,
    PromiseTerms,
    judge_counter,
    judge_promise,
    latest_promise_day,
    plan_options,
    settlement,
    settlement_floor,
    smallest_promise,
)
from acuerdo.values.money import Money
from tests.unit.agreements.limits import TODAY

CURRENCIES = st.sampled_from(["PEN", "COP", "CLP", "MXN"])
FREQUENCIES = st.sampled_from(["weekly", "fortnightly", "monthly"])


@st.composite
def a_case(draw: st.DrawFn) -> tuple[Owed, OfferLimits]:
    currency = draw(CURRENCIES)
    balance = draw(st.integers(1, 50_000_000))
    overdue = draw(st.integers(0, balance))
    minor = st.integers(0, 20_000_000)
    return (
        Owed(Money(balance, currency), Money(overdue, currency)),
        OfferLimits(
            promise_max_days=draw(st.integers(0, 365)),
            promise_min=Money(draw(minor), currency),
            promise_max_open=draw(st.integers(1, 10)),
            plan_max_instalments=draw(st.integers(1, 120)),
            plan_min_instalment=Money(draw(minor), currency),
            plan_frequencies=tuple(draw(st.lists(FREQUENCIES, min_size=1, unique=True))),
            plan_min_down_percent=draw(st.integers(0, 100)),
            plan_max_first_days=draw(st.integers(0, 365)),
            settlement_max_percent=draw(st.integers(0, 99)),
            settlement_valid_days=draw(st.integers(0, 90)),
        ),
    )


@given(a_case(), st.integers(-10, 60_000_000), st.integers(-400, 800), st.integers(0, 12))
def test_a_promise_that_is_let_through_is_inside_every_limit(
    case: tuple[Owed, OfferLimits], minor: int, days: int, open_promises: int
) -> None:
    owed, limits = case
    terms = PromiseTerms(Money(minor, owed.balance.currency), TODAY + timedelta(days=days))
    verdict = judge_promise(terms, owed, limits, today=TODAY, open_promises=open_promises)
    if verdict != terms:
        return
    assert TODAY <= terms.due_on <= latest_promise_day(limits, TODAY)
    assert 0 < terms.amount.minor <= owed.balance.minor
    assert terms.amount >= limits.promise_min or terms.amount == owed.balance
    assert open_promises < limits.promise_max_open


@given(a_case())
def test_the_whole_debt_today_can_always_be_promised(case: tuple[Owed, OfferLimits]) -> None:
    owed, limits = case
    terms = PromiseTerms(owed.balance, TODAY)
    assert judge_promise(terms, owed, limits, today=TODAY, open_promises=0) == terms
    assert smallest_promise(owed, limits) <= owed.balance


@given(
    a_case(),
    st.none() | st.integers(-2, 150),
    st.none() | FREQUENCIES,
    st.none() | st.integers(0, 60_000_000),
    st.none() | st.integers(-10, 400),
)
def test_every_plan_offered_is_inside_every_limit(
    case: tuple[Owed, OfferLimits],
    count: int | None,
    frequency: str | None,
    each: int | None,
    first: int | None,
) -> None:
    owed, limits = case
    wish = PlanWish(
        instalments=count,
        frequency=frequency,  # type: ignore[arg-type]
        per_instalment=None if each is None else Money(each, owed.balance.currency),
        first_on=None if first is None else TODAY + timedelta(days=first),
    )
    options = plan_options(owed, limits, wish, today=TODAY)
    assert len(options) <= 3
    assert len({len(option.instalments) for option in options}) == len(options)
    for option in options:
        days = [day for day, _ in option.instalments]
        amounts = [amount for _, amount in option.instalments]
        assert option.total == owed.balance
        assert 2 <= len(amounts) <= limits.plan_max_instalments
        assert all(amount >= limits.plan_min_instalment for amount in amounts)
        assert all(amount.minor > 0 for amount in amounts)
        assert amounts[0] >= owed.balance.percent(limits.plan_min_down_percent)
        assert TODAY <= days[0] <= TODAY + timedelta(days=limits.plan_max_first_days)
        assert days == sorted(set(days))
        assert option.frequency in limits.plan_frequencies


@given(a_case(), st.integers(2, 120))
def test_a_number_of_parts_that_policy_allows_is_what_is_offered(
    case: tuple[Owed, OfferLimits], count: int
) -> None:
    owed, limits = case
    assume(owed.balance.minor >= count)
    limits = replace(
        limits,
        plan_min_down_percent=0,
        plan_max_instalments=count,
        plan_min_instalment=owed.balance.split(count)[0],
    )
    (option,) = plan_options(owed, limits, PlanWish(instalments=count), today=TODAY)
    assert len(option.instalments) == count


@given(a_case(), st.integers(1, 6))
def test_closing_offers_only_go_down_and_never_below_the_floor(
    case: tuple[Owed, OfferLimits], asked: int
) -> None:
    owed, limits = case
    best = None
    for _ in range(asked):
        offer = settlement(owed, limits, today=TODAY, best_offered=best)
        if limits.settlement_max_percent == 0:
            assert offer is None
            return
        assert offer is not None
        assert settlement_floor(owed, limits) <= offer.amount <= owed.balance
        assert best is None or offer.amount <= best
        best = offer.amount


@given(a_case(), st.none() | st.integers(1, 60_000_000))
def test_no_former_offer_pulls_a_new_one_below_the_floor(
    case: tuple[Owed, OfferLimits], former: int | None
) -> None:
    owed, limits = case
    best = None if former is None else Money(former, owed.balance.currency)
    offer = settlement(owed, limits, today=TODAY, best_offered=best)
    assert offer is None or offer.amount >= settlement_floor(owed, limits)


@given(a_case(), st.integers(0, 60_000_000), st.booleans(), st.booleans(), st.booleans())
def test_what_is_said_of_a_counter_offer_can_be_kept(
    case: tuple[Owed, OfferLimits], minor: int, recurring: bool, closing: bool, countered: bool
) -> None:
    owed, limits = case
    amount = Money(minor, owed.balance.currency)
    verdict = judge_counter(
        amount, owed, limits, recurring=recurring, closing=closing, countered=countered
    )
    if verdict == "settlement":
        assert settlement_floor(owed, limits) <= amount < owed.balance
        assert limits.settlement_max_percent
    if verdict == "plan":
        wish = PlanWish(per_instalment=amount)
        (option,) = plan_options(owed, limits, wish, today=TODAY)
        _, *others = (part for _, part in option.instalments)
        assert all(part <= amount for part in others[:-1])
    if verdict == "promise":
        assert amount >= smallest_promise(owed, limits)
    if verdict in ("counter", "escalate"):
        assert verdict == ("escalate" if countered else "counter")
