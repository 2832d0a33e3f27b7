"""What stands agreed, less what was paid of it, is what is due (B06)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.agreements.due import Due, due
from acuerdo.values.money import Money
from tests.unit.agreements.limits import TODAY, soles

BALANCE, OVERDUE = soles("320.50"), soles("120.50")
OWN_DAY = TODAY - timedelta(days=39)


@dataclass(frozen=True)
class ADebt:
    """A debt of 320.50, 120.50 of it overdue."""

    balance: Money = BALANCE
    overdue: Money = OVERDUE
    due_on: date = OWN_DAY


@dataclass(frozen=True)
class APart:
    """A promise or an instalment, so many days from today."""

    left: Money
    due_on: date


def part(left: str, days: int, currency: str = "PEN") -> APart:
    return APart(Money.of(left, currency), TODAY + timedelta(days=days))


def what_is_due(
    debt: ADebt | None = None,
    promises: list[APart] | None = None,
    instalments: list[APart] | None = None,
) -> Due:
    return due(debt or ADebt(), promises=promises or [], instalments=instalments or [], today=TODAY)


def said(found: Due) -> tuple[str, int, str, bool]:
    """The amount, in how many days, what it stands on, whether it is late."""
    return found.amount.plain(), (found.day - TODAY).days, found.basis.value, found.is_late


THREE = [("106.83", 7), ("106.83", 38), ("106.84", 69)]


@pytest.mark.parametrize(
    ("promises", "instalments", "expected"),
    [
        # the example: a plan of 3 x 106.83 that was just agreed
        ([], THREE, ("106.83", 7, "instalment", False)),
        # 40 were paid of the first, all of the first, all but something of the last
        ([], [("66.83", 7), *THREE[1:]], ("66.83", 7, "instalment", False)),
        ([], [("0", 7), *THREE[1:]], ("106.83", 38, "instalment", False)),
        ([], [("0", 7), ("0", 38), ("1.84", 69)], ("1.84", 69, "instalment", False)),
        # one was missed, two were: together, since the first of them
        ([], [("106.83", -3), ("106.83", 4)], ("106.83", -3, "instalment", True)),
        ([], [("6.83", -33), ("106.83", -3), ("106.84", 27)], ("113.66", -33, "instalment", True)),
        # the day itself has not passed
        ([], [("106.83", 0), ("106.83", 30)], ("106.83", 0, "instalment", False)),
        # promises: what is left of one, two of different days, two that were both missed
        ([("60", 4)], [], ("60.00", 4, "promise", False)),
        ([("60", 9), ("50", 4)], [], ("50.00", 4, "promise", False)),
        ([("60", -1), ("50", -2)], [], ("110.00", -2, "promise", True)),
        # both: the earlier one, and of the same day the one that pays the other, too
        ([("50", 3)], THREE, ("50.00", 3, "promise", False)),
        ([("50", 9)], THREE, ("106.83", 7, "instalment", False)),
        ([("50", 7)], THREE, ("106.83", 7, "instalment", False)),
        ([("150", 7)], THREE, ("150.00", 7, "promise", False)),
        # nothing is left of what was agreed
        ([("0", 4)], [("0", 4)], ("120.50", -39, "overdue", True)),
        # more than is owed is never due
        ([("500", 4)], [], ("320.50", 4, "promise", False)),
        ([], [("200", -33), ("200", -3)], ("320.50", -33, "instalment", True)),
    ],
)
def test_b06_what_stands_agreed_is_due(
    promises: list[tuple[str, int]],
    instalments: list[tuple[str, int]],
    expected: tuple[str, int, str, bool],
) -> None:
    found = what_is_due(
        promises=[part(*each) for each in promises],
        instalments=[part(*each) for each in instalments],
    )
    assert said(found) == expected


def test_b06_without_an_agreement_the_overdue_part_else_the_balance() -> None:
    assert said(what_is_due()) == ("120.50", -39, "overdue", True)
    assert said(what_is_due(ADebt(overdue=soles(0)))) == ("320.50", -39, "balance", False)
    assert said(what_is_due(ADebt(overdue=soles(999)))) == ("320.50", -39, "overdue", True)


def test_b06_where_nothing_is_owed_nothing_is_due() -> None:
    settled = ADebt(balance=soles(0), overdue=soles(0))
    found = what_is_due(settled, [part("50", 3)], [part("106.83", 7)])
    assert said(found) == ("0.00", -39, "balance", False)


def test_b06_without_decimals() -> None:
    debt = ADebt(Money.of(1_250_000, "COP"), Money.of(420_000, "COP"))
    found = what_is_due(debt, instalments=[part("208333", -2, "COP"), part("208333", 28, "COP")])
    assert said(found) == ("208333.00", -2, "instalment", True)
    pesos = ADebt(Money.of(740_000, "CLP"), Money.of(148_000, "CLP"))
    assert said(what_is_due(pesos, [part("8000", 2, "CLP")])) == ("8000", 2, "promise", False)


PARTS = st.lists(
    st.builds(
        lambda minor, days: APart(Money(minor, "PEN"), TODAY + timedelta(days=days)),
        st.integers(0, 60_000),
        st.integers(-60, 60),
    ),
    max_size=6,
)
DEBTS = st.builds(
    lambda balance, overdue, days: ADebt(
        Money(balance, "PEN"), Money(overdue, "PEN"), TODAY - timedelta(days=days)
    ),
    st.integers(0, 100_000),
    st.integers(0, 120_000),
    st.integers(-30, 200),
)


@given(DEBTS, PARTS, PARTS)
def test_b06_never_more_than_is_owed_and_nothing_only_where_nothing_is_owed(
    debt: ADebt, promises: list[APart], instalments: list[APart]
) -> None:
    found = what_is_due(debt, promises, instalments)
    assert found.amount.minor <= debt.balance.minor
    assert (found.amount.minor == 0) == (debt.balance.minor == 0)
    assert found.is_agreed == (
        debt.balance.minor > 0 and any(each.left.minor for each in (*promises, *instalments))
    )


@given(DEBTS, PARTS, PARTS)
def test_b06_it_is_the_same_in_whatever_order_agreements_are_known(
    debt: ADebt, promises: list[APart], instalments: list[APart]
) -> None:
    backwards = what_is_due(debt, promises[::-1], instalments[::-1])
    assert backwards == what_is_due(debt, promises, instalments)


@given(DEBTS, PARTS, st.integers(0, 5), st.integers(1, 60_000))
def test_b06_what_was_paid_of_an_instalment_is_never_due_again(
    debt: ADebt, parts: list[APart], place: int, paid: int
) -> None:
    if place >= len(parts) or parts[place].left.minor < paid:
        return
    before = what_is_due(debt, instalments=parts)
    less = [*parts]
    less[place] = APart(parts[place].left - Money(paid, "PEN"), parts[place].due_on)
    after = what_is_due(debt, instalments=less)
    # the same day: no more than before; else it was paid in full and the next one is due
    assert (
        not after.is_agreed or after.day > before.day or after.amount.minor <= before.amount.minor
    )
