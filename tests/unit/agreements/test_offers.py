"""The boundaries of what may be agreed."""

from datetime import date, timedelta

import pytest

from acuerdo.agreements.offers import (
    OfferRefusal,
    PlanWish,
    PromiseTerms,
    judge_counter,
    judge_promise,
    plan_options,
    plausible,
    settlement,
    settlement_floor,
    smallest_promise,
)
from tests.unit.agreements.limits import TODAY, limits, owed, soles


@pytest.mark.parametrize(
    ("amount", "days", "open_promises", "refused"),
    [
        ("50.00", 0, 0, None),
        ("50.00", 10, 0, None),
        ("320.50", 10, 0, None),
        ("49.99", 5, 0, "amount_too_small"),
        ("320.51", 5, 0, "amount_over_balance"),
        ("100", -1, 0, "date_past"),
        ("100", 11, 0, "date_too_far"),
        ("100", 5, 1, "too_many_open"),
        # the first broken limit is named, from the most to the least absolute
        ("1", 11, 1, "too_many_open"),
        ("1", 11, 0, "date_too_far"),
        ("1000", -1, 0, "date_past"),
    ],
)
def test_a_promise_is_judged_at_its_boundaries(
    amount: str, days: int, open_promises: int, refused: str | None
) -> None:
    terms = PromiseTerms(soles(amount), TODAY + timedelta(days=days))
    verdict = judge_promise(terms, owed(), limits(), today=TODAY, open_promises=open_promises)
    assert verdict == terms if refused is None else isinstance(verdict, OfferRefusal)
    assert getattr(verdict, "reason", None) == refused


@pytest.mark.parametrize(
    ("amount", "days", "said_amount", "said_day"),
    [
        ("49.99", 5, soles(50), None),
        ("320.51", 5, soles("320.50"), None),
        ("100", -1, None, TODAY),
        ("100", 11, None, TODAY + timedelta(days=10)),
    ],
)
def test_a_refusal_names_the_limit_to_say(
    amount: str, days: int, said_amount: object, said_day: date | None
) -> None:
    terms = PromiseTerms(soles(amount), TODAY + timedelta(days=days))
    verdict = judge_promise(terms, owed(), limits(), today=TODAY, open_promises=0)
    assert isinstance(verdict, OfferRefusal)
    assert (verdict.amount, verdict.day) == (said_amount, said_day)


@pytest.mark.parametrize(
    ("balance", "minimum", "smallest"),
    [("320.50", "50", "50"), ("30", "50", "30"), ("320.50", "0", "0.01"), ("50", "50", "50")],
)
def test_the_smallest_promise_never_exceeds_a_small_debt(
    balance: str, minimum: str, smallest: str
) -> None:
    floor = smallest_promise(owed(balance), limits(promise_min=soles(minimum)))
    assert floor == soles(smallest)


@pytest.mark.parametrize(
    ("wish", "counts"),
    [
        (PlanWish(), [2, 3, 6]),
        (PlanWish(instalments=4), [4]),
        (PlanWish(instalments=2), [2]),
        (PlanWish(instalments=6), [6]),
        (PlanWish(instalments=7), [6]),
        (PlanWish(instalments=1), [2]),
        (PlanWish(per_instalment=soles(80)), [5]),
        (PlanWish(per_instalment=soles(320)), [2]),
        (PlanWish(per_instalment=soles(10)), [6]),
    ],
)
def test_plans_come_as_near_to_the_wish_as_policy_lets_them(
    wish: PlanWish, counts: list[int]
) -> None:
    options = plan_options(owed("320.50"), limits(), wish, today=TODAY)
    assert [len(option.instalments) for option in options] == counts


@pytest.mark.parametrize(
    ("balance", "changes"),
    [
        ("99.99", {}),
        ("0.01", {"plan_min_instalment": soles(0)}),
        ("1000", {"plan_max_instalments": 1}),
        ("1000", {"plan_min_down_percent": 100}),
    ],
)
def test_where_no_plan_fits_none_is_offered(balance: str, changes: dict[str, object]) -> None:
    assert plan_options(owed(balance, "0"), limits(**changes), PlanWish(), today=TODAY) == ()


@pytest.mark.parametrize(
    ("wish_days", "first_days"), [(None, 7), (0, 0), (15, 15), (16, 7), (-1, 7), (3, 3)]
)
def test_the_first_payment_is_when_it_was_wished_or_in_a_week(
    wish_days: int | None, first_days: int
) -> None:
    first_on = None if wish_days is None else TODAY + timedelta(days=wish_days)
    (plan,) = plan_options(
        owed(), limits(), PlanWish(instalments=2, first_on=first_on), today=TODAY
    )
    assert plan.instalments[0][0] == TODAY + timedelta(days=first_days)


def test_a_down_payment_leaves_parts_that_are_not_below_the_minimum() -> None:
    # given 320.50 in at most six parts of at least 50, half of it at once
    allowed = limits(plan_min_down_percent=50)
    # when plans are offered
    options = plan_options(owed(), allowed, PlanWish(instalments=6), today=TODAY)
    # then the other half is in three parts of 53.41 and not in five of 32.05
    assert max(len(option.instalments) for option in options) == 4
    for option in options:
        assert option.instalments[0][1] >= soles("160.25")
        assert all(amount >= soles(50) for _, amount in option.instalments)


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        ("weekly", [date(2027, 1, 31), date(2027, 2, 7), date(2027, 2, 14)]),
        ("fortnightly", [date(2027, 1, 31), date(2027, 2, 15), date(2027, 3, 2)]),
        ("monthly", [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
    ],
)
def test_instalments_fall_on_days_that_exist(frequency: str, days: list[date]) -> None:
    wish = PlanWish(instalments=3, frequency=frequency, first_on=days[0])  # type: ignore[arg-type]
    allowed = limits(plan_frequencies=("weekly", "fortnightly", "monthly"))
    (plan,) = plan_options(owed(), allowed, wish, today=date(2027, 1, 31))
    assert [day for day, _ in plan.instalments] == days


def test_a_frequency_that_is_not_allowed_becomes_one_that_is() -> None:
    wish = PlanWish(instalments=2, frequency="weekly")
    (plan,) = plan_options(owed(), limits(), wish, today=TODAY)
    assert plan.frequency == "monthly"


def test_a_creditor_that_forgives_nothing_makes_no_closing_offer() -> None:
    assert settlement(owed(), limits(), today=TODAY, best_offered=None) is None


def test_closing_offers_go_down_in_two_steps_and_stay_there() -> None:
    allowed = limits(settlement_max_percent=40)
    debt = owed("1000", "1000")
    first = settlement(debt, allowed, today=TODAY, best_offered=None)
    assert first is not None
    second = settlement(debt, allowed, today=TODAY, best_offered=first.amount)
    assert second is not None
    third = settlement(debt, allowed, today=TODAY, best_offered=second.amount)
    assert third is not None
    assert [each.amount for each in (first, second, third)] == [soles(800), soles(600), soles(600)]
    assert first.settles
    assert first.due_on == TODAY + timedelta(days=5)


def test_an_old_offer_below_what_is_permitted_now_is_not_repeated() -> None:
    # given an offer of 600 made when 40 % could be forgiven, and 10 % that can be now
    allowed = limits(settlement_max_percent=10)
    # when the debtor asks again
    offer = settlement(owed("1000", "1000"), allowed, today=TODAY, best_offered=soles(600))
    # then policy is what counts
    assert offer is not None
    assert offer.amount == soles(900)


@pytest.mark.parametrize(
    ("amount", "recurring", "closing", "countered", "verdict"),
    [
        ("50", False, False, False, "promise"),
        ("49.99", False, False, False, "counter"),
        ("49.99", False, False, True, "escalate"),
        ("320.50", False, True, False, "promise"),
        ("224.35", False, True, False, "settlement"),
        ("224.34", False, True, False, "counter"),
        ("224.34", False, True, True, "escalate"),
        ("80", True, False, False, "plan"),
        ("53.42", True, False, False, "plan"),
        ("53.41", True, False, False, "counter"),
        ("49", True, False, True, "escalate"),
        # all of it "each time" is no plan of two parts
        ("320.50", True, False, False, "counter"),
        ("0.01", True, False, False, "counter"),
    ],
)
def test_a_counter_offer_is_judged_at_its_boundaries(
    amount: str, recurring: bool, closing: bool, countered: bool, verdict: str
) -> None:
    judged = judge_counter(
        soles(amount),
        owed(),
        limits(settlement_max_percent=30),
        recurring=recurring,
        closing=closing,
        countered=countered,
    )
    assert judged == verdict


def test_an_amount_each_time_is_a_plan_only_where_such_a_plan_can_be_offered() -> None:
    # given 320.50 of which every part must be 100 or more: four parts of 100 would have one of 80
    allowed = limits(plan_min_instalment=soles(100))
    judged = judge_counter(
        soles(100), owed(), allowed, recurring=True, closing=False, countered=False
    )
    assert judged == "counter"


def test_without_a_permitted_discount_closing_for_less_is_countered() -> None:
    assert settlement_floor(owed(), limits()) == soles("320.50")
    judged = judge_counter(
        soles("320.49"), owed(), limits(), recurring=False, closing=True, countered=False
    )
    assert judged == "counter"


def test_only_readings_that_could_be_meant_are_left() -> None:
    readings = (soles("1.5"), soles(150), soles(1500))
    assert plausible(readings, owed(), limits()) == (soles(150),)
    assert plausible((soles(1), soles(2)), owed(), limits()) == (soles(1), soles(2))
    assert plausible((), owed(), limits()) == ()
