"""So many requests a minute for each caller, whenever they come."""

from hypothesis import given
from hypothesis import strategies as st

from doors.api.rate import RequestRate


def test_what_is_beyond_the_minute_waits_and_then_goes() -> None:
    rate = RequestRate(60)
    assert [rate.seconds_until_free("erp", 100.0) for _ in range(60)] == [0] * 60
    wait = rate.seconds_until_free("erp", 100.0)
    assert wait == 1
    # who is refused has used up nothing, and others have their own
    assert rate.seconds_until_free("erp", 100.0) == 1
    assert rate.seconds_until_free("crm", 100.0) == 0
    assert rate.seconds_until_free("erp", 100.0 + wait) == 0


@given(
    a_minute=st.integers(1, 100),
    gaps=st.lists(st.floats(0, 30), min_size=1, max_size=200),
)
def test_in_no_minute_more_than_twice_the_limit_is_answered(
    a_minute: int, gaps: list[float]
) -> None:
    rate, now, answered = RequestRate(a_minute), 0.0, []
    for gap in gaps:
        now += gap
        wait = rate.seconds_until_free("erp", now)
        if not wait:
            answered.append(now)
        elif not rate.seconds_until_free("erp", now + wait):
            # whoever waits as long as they were told is answered
            now += wait
            answered.append(now)
        else:
            raise AssertionError("told to wait too short a time")
    for began in answered:
        assert sum(began <= at < began + 60 for at in answered) <= 2 * a_minute + 1
