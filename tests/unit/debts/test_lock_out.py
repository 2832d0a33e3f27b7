"""How long nothing is tried after failures, in any order, for an address and for a person."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from acuerdo.debts.lock_out import PERSON, lock_state, of_address
from tests.clock import NOW

ADDRESS = of_address(3, timedelta(minutes=60))
DAY = timedelta(days=1)


def test_three_failures_lock_an_address_for_an_hour_and_then_for_two() -> None:
    seconds = [timedelta(seconds=each) for each in (0, 10, 20)]
    first = lock_state([NOW + each for each in seconds], ADDRESS, NOW + seconds[-1])
    assert first.until == NOW + seconds[-1] + timedelta(hours=1)
    later = NOW + timedelta(hours=2)
    again = [NOW + each for each in seconds] + [later + each for each in seconds]
    assert lock_state(again, ADDRESS, later + seconds[-1]).until == (
        later + seconds[-1] + timedelta(hours=2)
    )


def test_failures_that_lie_apart_lock_nothing() -> None:
    apart = [NOW + timedelta(minutes=60 * each) for each in range(3)]
    state = lock_state(apart, ADDRESS, apart[-1])
    assert (state.until, state.left) == (None, 2)


def test_five_failures_in_a_day_lock_a_person_for_longer_each_time() -> None:
    failures, at, lasted = [], NOW, []
    for _ in range(7):
        failures += [at + timedelta(minutes=each) for each in range(5)]
        until = lock_state(failures, PERSON, failures[-1]).until
        assert until is not None
        lasted.append(until - failures[-1])
        at = until
    assert lasted == [DAY, 2 * DAY, 4 * DAY, 8 * DAY, 16 * DAY, 30 * DAY, 30 * DAY]


def test_a_lock_is_forgotten_in_the_end() -> None:
    failures = [NOW + timedelta(minutes=each) for each in range(5)]
    much_later = NOW + PERSON.memory + DAY
    assert lock_state(failures, PERSON, much_later) == lock_state([], PERSON, much_later)


_MINUTES = st.lists(st.integers(0, 60 * 24 * 200), max_size=60)


@given(_MINUTES, st.randoms(use_true_random=False))
def test_the_order_of_failures_does_not_matter(minutes: list[int], random) -> None:  # type: ignore[no-untyped-def]
    failures = [NOW + timedelta(minutes=each) for each in minutes]
    now = max(failures, default=NOW)
    shuffled = list(failures)
    random.shuffle(shuffled)
    assert lock_state(failures, PERSON, now) == lock_state(shuffled, PERSON, now)


@given(_MINUTES)
def test_nobody_guesses_oftener_than_the_rule_allows(minutes: list[int]) -> None:
    """A guesser who tries whenever it is allowed: never more than five in any day."""
    tried = []
    for at in sorted(NOW + timedelta(minutes=each) for each in minutes):
        if not lock_state(tried, PERSON, at).holds(at):
            tried.append(at)
    for at in tried:
        assert sum(1 for each in tried if timedelta() <= each - at < DAY) <= PERSON.most
