"""A promise in the making: what was said last counts, what is unclear is asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from acuerdo.agreements.drafting import (
    Draft,
    OpenPromise,
    StatedTerms,
    amount_named,
    repeats,
    revised,
    started,
)
from tests.unit.agreements.limits import TODAY, limits, owed, soles

FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


def test_amount_and_date_may_come_in_one_sentence() -> None:
    draft = revised(Draft(), StatedTerms((soles(100),), None, (FRIDAY,)), owed(), limits())
    assert draft == Draft(soles(100), FRIDAY)
    assert draft.complete


def test_what_is_not_said_stays() -> None:
    before = Draft(soles(100), FRIDAY)
    assert revised(before, StatedTerms(), owed(), limits()) == before
    assert revised(before, StatedTerms(days=(SATURDAY,)), owed(), limits()) == Draft(
        soles(100), SATURDAY
    )
    assert revised(before, StatedTerms(amounts=(soles(60),)), owed(), limits()) == Draft(
        soles(60), FRIDAY
    )


def test_several_readings_leave_the_value_open() -> None:
    said = StatedTerms(amounts=(soles(100), soles(200)), days=(FRIDAY, SATURDAY))
    draft = revised(Draft(soles(50), FRIDAY), said, owed(), limits())
    assert draft == Draft(None, None, (soles(100), soles(200)), (FRIDAY, SATURDAY))
    assert not draft.complete


def test_readings_that_cannot_be_meant_are_no_ambiguity() -> None:
    said = StatedTerms(amounts=(soles("1.5"), soles(1500), soles(150)))
    assert revised(Draft(), said, owed(), limits()).amount == soles(150)


def test_a_clear_answer_ends_the_ambiguity() -> None:
    unclear = Draft(None, None, (soles(100), soles(200)), (FRIDAY, SATURDAY))
    draft = revised(unclear, StatedTerms(amounts=(soles(200),), days=(FRIDAY,)), owed(), limits())
    assert draft == Draft(soles(200), FRIDAY)


@pytest.mark.parametrize(
    ("relative", "overdue", "amount"),
    [
        ("total", "120.50", "320.50"),
        ("overdue", "120.50", "120.50"),
        ("overdue", "0", "320.50"),
        ("minimum", "120.50", "120.50"),
        ("half", "120.50", "160.25"),
    ],
)
def test_relative_amounts_come_to_money_of_this_debt(
    relative: str, overdue: str, amount: str
) -> None:
    draft = revised(Draft(), StatedTerms(relative=relative), owed(overdue=overdue), limits())
    assert draft.amount == soles(amount)


def test_half_of_an_odd_amount_is_rounded_up_so_that_two_halves_are_enough() -> None:
    assert revised(Draft(), StatedTerms(relative="half"), owed("0.03"), limits()).amount == soles(
        "0.02"
    )


def test_words_that_mean_no_amount_change_nothing() -> None:
    assert revised(Draft(), StatedTerms(relative="unheard of"), owed(), limits()) == Draft()
    assert StatedTerms(relative="half").nothing is False
    assert StatedTerms().nothing


# ---- beginning, where a promise stands ---------------------------------------------------------

_STANDING = OpenPromise(soles("100"), soles("100"), TODAY + timedelta(days=2))
_LATER = TODAY + timedelta(days=5)


def test_a_first_promise_begins_with_nothing() -> None:
    said = StatedTerms(days=(_LATER,))
    assert started(said, None, moving=False) == (Draft(), said)


def test_moving_takes_the_last_day_that_is_named() -> None:
    said = StatedTerms(days=(_STANDING.due_on,), last_days=(_LATER,))
    draft, kept = started(said, _STANDING, moving=True)
    assert draft == Draft(_STANDING.amount, _STANDING.due_on)
    assert kept.days == (_LATER,)


def test_the_day_that_will_not_do_is_asked_for_again() -> None:
    said = StatedTerms(days=(_STANDING.due_on,), last_days=(_STANDING.due_on,))
    draft, kept = started(said, _STANDING, moving=True)
    assert draft == Draft(_STANDING.amount, None)
    assert kept.days == ()


def test_the_same_promise_again_is_no_new_one() -> None:
    same = StatedTerms(days=(_STANDING.due_on,))
    assert repeats(same, _STANDING)
    assert repeats(replace(same, amounts=(_STANDING.amount,)), _STANDING)
    assert not repeats(replace(same, amounts=(soles("50"),)), _STANDING)
    assert not repeats(replace(same, relative="half"), _STANDING)
    assert not repeats(same, None)


def test_b06_what_was_paid_of_a_promise_is_not_promised_again() -> None:
    partly_paid = OpenPromise(soles(100), soles(60), FRIDAY)
    draft, _ = started(StatedTerms(last_days=(_LATER,)), partly_paid, moving=True)
    assert draft.amount == soles(60)
    same = StatedTerms(days=(FRIDAY,))
    assert repeats(replace(same, amounts=(soles(60),)), partly_paid)
    assert repeats(replace(same, amounts=(soles(100),)), partly_paid)
    assert not repeats(replace(same, amounts=(soles(40),)), partly_paid)


def test_a_share_is_an_amount_where_it_counts() -> None:
    half = StatedTerms(relative="half")
    assert amount_named(half, owed(), shares=("half",)) == owed().balance.split(2)[1]
    assert amount_named(half, owed(), shares=("total",)) is None
    assert amount_named(StatedTerms(amounts=(soles("70"),)), owed(), shares=()) == soles("70")
