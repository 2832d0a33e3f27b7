"""What the facts about money come to, in whatever order they became known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from acuerdo.bookkeeping.facts import (
    AgreementState,
    MoneyEventKind,
    MoneyFact,
    PlanFact,
    PromiseFact,
    Result,
)
from acuerdo.bookkeeping.replay import replay
from acuerdo.debts.amounts import Balances

START = datetime(2026, 11, 24, 15, tzinfo=UTC)
OPENING = Balances(32050, 12050, 0, 0)


def after_hours(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def stated(hours: int, balance: int, overdue: int = 0, *, dated: bool = True) -> MoneyFact:
    amounts = Balances(balance, min(overdue, balance), 0, 0)
    name = f"s{hours}-{balance}-{overdue}-{dated}"
    at = after_hours(hours)
    return MoneyFact(MoneyEventKind.STATEMENT, name, at, at, amounts=amounts, dated=dated)


def paid(hours: int, minor: int, name: str = "p") -> MoneyFact:
    at = after_hours(hours)
    return MoneyFact(MoneyEventKind.PAYMENT, name, at, at, minor, at)


def back(hours: int, minor: int, of: str = "p", name: str = "r") -> MoneyFact:
    at = after_hours(hours)
    return MoneyFact(MoneyEventKind.REVERSAL, name, at, at, minor, reverses=of)


def found_right(hours: int, balance: int) -> MoneyFact:
    at = after_hours(hours)
    return MoneyFact(
        MoneyEventKind.CORRECTION, f"c{hours}-{balance}", at, at, amounts=Balances(balance, 0, 0, 0)
    )


FIRST = stated(-24, 32050, 12050)
PROMISE = PromiseFact("promise", START, date(2026, 11, 28), 12050)
PLAN = PlanFact(
    "plan",
    START,
    ((date(2026, 11, 28), 10683), (date(2026, 12, 28), 10683), (date(2027, 1, 28), 10684)),
)


def come_to(
    *facts: MoneyFact,
    promises: tuple[PromiseFact, ...] = (),
    plans: tuple[PlanFact, ...] = (),
    at: int = 0,
    zone: str = "America/Lima",
) -> Result:
    return replay(facts, promises, plans, zone=zone, now=after_hours(at))


def test_b01_a_photograph_of_before_the_payment_raises_nothing() -> None:
    old = come_to(FIRST, paid(1, 32050), stated(-2, 32050, 12050))
    assert (old.balances.balance, old.withheld) == (0, 0)


def test_b01_without_a_moment_a_file_never_raises_what_we_lowered() -> None:
    for minor in (32050, 10000):
        undated = come_to(FIRST, paid(1, minor), stated(5, 32050, 12050, dated=False))
        assert undated.balances.balance == 32050 - minor
        assert undated.withheld == minor


def test_b01_a_photograph_that_does_not_show_our_payment_yet_raises_nothing() -> None:
    lagging = come_to(FIRST, paid(1, 10000), stated(5, 32050, 12050))
    assert (lagging.balances.balance, lagging.withheld) == (22050, 10000)


def test_b01_new_charges_are_owed_once_the_payment_was_seen() -> None:
    charged = come_to(FIRST, paid(1, 10000), stated(5, 22050), stated(30, 25000))
    assert (charged.balances.balance, charged.withheld) == (25000, 0)


def test_b01_a_paid_debt_is_opened_again_by_people_only() -> None:
    again = come_to(FIRST, paid(1, 32050), stated(5, 0), stated(30, 5000))
    assert (again.balances.balance, again.withheld) == (0, 5000)


def test_b02_a_lower_balance_is_a_payment() -> None:
    kept = come_to(FIRST, stated(40, 20000), promises=(PROMISE,), at=400)
    assert kept.states == {"promise": AgreementState.KEPT}
    gone = come_to(FIRST, stated(40, 0), promises=(PROMISE,), plans=(PLAN,), at=400)
    assert gone.states == {"promise": AgreementState.KEPT, "plan": AgreementState.KEPT}


def test_b02_the_first_part_of_a_plan_paid_at_the_bank() -> None:
    result = come_to(FIRST, stated(40, 32050 - 10683), plans=(PLAN,), at=45)
    assert result.parts_paid == {"plan": (10683, 0, 0)}


def test_b02_news_of_a_payment_in_time_comes_late() -> None:
    assert come_to(FIRST, promises=(PROMISE,), at=400).states["promise"] is AgreementState.BROKEN
    late_news = come_to(FIRST, paid(40, 12050), promises=(PROMISE,), at=400)
    assert late_news.states["promise"] is AgreementState.KEPT
    too_late = come_to(FIRST, paid(300, 12050), promises=(PROMISE,), at=400)
    assert too_late.states["promise"] is AgreementState.BROKEN


def test_b02_a_day_is_a_day_where_the_debtor_lives() -> None:
    """What is due on 28 November is missed when 29 November has passed: 5:00 UTC in Lima."""
    evening = datetime(2026, 11, 30, 4, 30, tzinfo=UTC)
    payment = MoneyFact(MoneyEventKind.PAYMENT, "p", evening, evening, 12050, evening)
    for zone, states in (
        ("America/Lima", AgreementState.KEPT),
        ("Europe/Madrid", AgreementState.BROKEN),
    ):
        result = come_to(FIRST, payment, promises=(PROMISE,), at=400, zone=zone)
        assert result.states["promise"] is states


def test_b07_what_goes_back_is_owed_again() -> None:
    whole = come_to(FIRST, paid(1, 32050), back(9, 32050), promises=(PROMISE,), at=10)
    assert whole.balances == OPENING
    assert whole.states["promise"] is AgreementState.OPEN
    part = come_to(FIRST, paid(1, 12050), back(9, 50), plans=(PLAN,), promises=(PROMISE,), at=10)
    assert part.balances.balance == 20050
    assert part.states["promise"] is AgreementState.OPEN
    assert part.parts_paid["plan"] == (10683, 1317, 0)


def test_b07_a_reversal_after_the_day_is_a_broken_promise() -> None:
    result = come_to(FIRST, paid(1, 12050), back(200, 12050), promises=(PROMISE,), at=400)
    assert result.states["promise"] is AgreementState.BROKEN


def test_b07_a_reversal_that_was_won_counts_no_more() -> None:
    won = come_to(
        FIRST, paid(1, 12050), back(9, 12050), back(20, -12050, name="w"), promises=(PROMISE,)
    )
    assert (won.balances.balance, won.states["promise"]) == (20000, AgreementState.KEPT)


def test_b15_what_is_too_much_is_the_debtors() -> None:
    assert come_to(FIRST, paid(1, 50000)).whole_surplus == 17950
    twice = come_to(FIRST, paid(1, 32050), paid(2, 32050, "q"))
    assert (twice.balances.balance, twice.whole_surplus) == (0, 32050)
    # the first one goes back: the second one pays
    once = come_to(FIRST, paid(1, 32050), paid(2, 32050, "q"), back(9, 32050))
    assert (once.balances.balance, once.whole_surplus) == (0, 0)


def test_a_closing_offer_forgives_the_rest_until_its_money_goes_back() -> None:
    closing = PromiseFact("promise", START, date(2026, 11, 28), 20000, settles=True)
    assert come_to(FIRST, paid(1, 20000), promises=(closing,)).balances.balance == 0
    again = come_to(FIRST, paid(1, 20000), back(9, 20000), promises=(closing,))
    assert again.balances == OPENING
    at_the_bank = come_to(FIRST, stated(40, 12050), promises=(closing,), at=41)
    assert at_the_bank.balances.balance == 12050 - 12050


def test_what_comes_too_late_is_less_to_be_paid_but_keeps_nothing() -> None:
    late = come_to(FIRST, paid(300, 12000), promises=(PROMISE,), at=400)
    assert (late.paid_of, late.states["promise"]) == ({"promise": 12000}, AgreementState.BROKEN)
    # what is paid in time is for the promise that it keeps, not for an older one
    newer = PromiseFact("newer", after_hours(290), date(2026, 12, 28), 12000)
    both = come_to(FIRST, paid(300, 12000), promises=(PROMISE, newer), at=400)
    assert both.paid_of == {"promise": 0, "newer": 12000}


def test_b01_a_file_that_shows_our_payment_and_new_interest_is_believed() -> None:
    charged = come_to(FIRST, paid(1, 12050), stated(5, 20500))
    assert (charged.balances.balance, charged.withheld) == (20500, 0)
    # what is nearer to the balance of before has not seen the payment
    lagging = come_to(FIRST, paid(1, 12050), stated(5, 30000))
    assert (lagging.balances.balance, lagging.withheld) == (20000, 10000)


def test_b02_new_interest_hides_no_payment() -> None:
    parts = replace(stated(-24, 32050), amounts=Balances(32050, 12050, 2000, 0))
    later = replace(stated(40, 20500), amounts=Balances(20500, 0, 2500, 0))
    kept = come_to(parts, later, promises=(PROMISE,), at=400)
    assert kept.states == {"promise": AgreementState.KEPT}
    # also where the balance is higher than before
    more = replace(stated(40, 33000), amounts=Balances(33000, 0, 15000, 0))
    assert come_to(parts, more, promises=(PROMISE,), at=41).states["promise"] is AgreementState.KEPT
    # but not where our own payment was booked on the principal by the creditor
    ours = replace(stated(5, 22050), amounts=Balances(22050, 0, 2000, 0))
    once = come_to(parts, paid(1, 10000), ours, promises=(PROMISE,), at=6)
    assert once.paid_of == {"promise": 10000}


def test_who_corrects_does_not_know_of_a_payment_that_is_told_later() -> None:
    at = after_hours(1)
    told_later = MoneyFact(MoneyEventKind.PAYMENT, "p", at, after_hours(9), 10000, at)
    assert come_to(FIRST, told_later, found_right(5, 25000)).balances.balance == 15000
    assert come_to(FIRST, paid(1, 10000), found_right(5, 25000)).balances.balance == 25000


def test_what_came_before_the_first_statement_is_in_it_and_nothing_is_too_much() -> None:
    result = come_to(FIRST, paid(-30, 5000), back(-29, 5000))
    assert (result.balances, result.whole_surplus) == (OPENING, 0)


def test_of_two_files_about_one_moment_the_one_that_came_later_counts() -> None:
    mended = replace(stated(5, 25000), known_at=after_hours(7))
    wrong = replace(stated(5, 20000), known_at=after_hours(6))
    assert come_to(FIRST, mended, wrong).balances.balance == 25000


def _any_fact(number: int) -> st.SearchStrategy[MoneyFact]:
    hours, minor = st.integers(-30, 900), st.integers(1, 40000)
    return st.one_of(
        st.builds(stated, hours, st.integers(0, 40000), minor, dated=st.booleans()),
        st.builds(paid, hours, minor, st.just(f"p{number}")),
        st.builds(_told_late, st.builds(paid, hours, minor, st.just(f"p{number}")), minor),
        st.builds(found_right, hours, minor),
        st.builds(back, hours, minor, st.sampled_from(["p0", "p1", "p2"]), st.just(f"r{number}")),
    )


def _told_late(fact: MoneyFact, minutes: int) -> MoneyFact:
    return replace(fact, known_at=fact.at + timedelta(minutes=minutes))


@given(
    st.tuples(*(_any_fact(number) for number in range(6))).flatmap(
        lambda facts: st.tuples(st.just(facts), st.permutations(facts))
    ),
    st.integers(0, 2000),
)
def test_the_order_of_arrival_changes_nothing(
    orders: tuple[tuple[MoneyFact, ...], list[MoneyFact]], at: int
) -> None:
    one, other = (
        come_to(FIRST, *facts, promises=(PROMISE,), plans=(PLAN,), at=at) for facts in orders
    )
    assert one == other
    amounts = one.balances
    assert 0 <= amounts.overdue <= amounts.balance
    assert 0 <= one.paid_of["promise"] <= PROMISE.minor
    assert one.whole_surplus >= 0
    assert one.withheld >= 0
