"""What a payment does to a debt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.debts.amounts import Balances, after, corrected

AMOUNT = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        (0, Balances(1000, 600, 200, 100)),
        (50, Balances(950, 550, 200, 50)),
        (100, Balances(900, 500, 200, 0)),
        (250, Balances(750, 350, 50, 0)),
        (300, Balances(700, 300, 0, 0)),
        (600, Balances(400, 0, 0, 0)),
        (1000, Balances(0, 0, 0, 0)),
        (5000, Balances(0, 0, 0, 0)),
        (-5, Balances(1000, 600, 200, 100)),
    ],
)
def test_fees_are_paid_first_then_interest_then_the_rest(paid: int, left: Balances) -> None:
    assert after(paid, Balances(1000, 600, 200, 100)) == left


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.integers(-100, 10**9))
def test_a_payment_never_makes_a_debt_grow_or_negative(
    principal: int, interest: int, fees: int, overdue: int, paid: int
) -> None:
    debt = Balances(principal + interest + fees, overdue, interest, fees)
    left = after(paid, debt)
    assert left.balance == max(0, debt.balance - max(0, paid))
    assert 0 <= left.overdue <= debt.overdue
    assert 0 <= left.interest <= debt.interest
    assert 0 <= left.fees <= debt.fees
    assert left.interest + left.fees <= left.balance


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_two_payments_do_what_one_of_both_does(
    principal: int, interest: int, fees: int, first: int, second: int
) -> None:
    debt = Balances(principal + interest + fees, principal, interest, fees)
    assert after(second, after(first, debt)) == after(first + second, debt)


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_no_part_of_a_corrected_debt_is_more_than_the_whole(
    principal: int, interest: int, fees: int, overdue: int, balance: int
) -> None:
    debt = Balances(principal + interest + fees, overdue, interest, fees)
    left = corrected(balance, debt)
    assert left.balance == balance
    assert left.overdue <= balance
    assert left.interest + left.fees <= balance
