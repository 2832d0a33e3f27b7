"""A promise in the making: what was said last counts, what is unclear is asked."""

from datetime import date

import pytest

from acuerdo.agreements.drafting import Draft, StatedTerms, revised
from tests.unit.agreements.limits import limits, owed, soles

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
