"""When an agreement asks for a contact: in the debtor's own days, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.outreach import occasions
from acuerdo.outreach.occasions import Occasion

LIMA, SANTIAGO = "America/Lima", "America/Santiago"
ZONES = [LIMA, SANTIAGO, "America/Mexico_City", "Europe/Madrid", "America/New_York"]
PROMISE = UUID(int=7)


def local(text: str, zone: str = LIMA) -> datetime:
    """A local time as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "due_on", "kinds"),
    [
        ("2026-11-23T10:00", "2026-11-27", ["promise_eve", "promise_day"]),
        ("2026-11-23T10:00", "2026-11-24", ["promise_day"]),
        ("2026-11-23T10:00", "2026-11-23", []),
        # late in the evening in Lima it is the next day already elsewhere
        ("2026-11-23T23:50", "2026-11-24", ["promise_day"]),
    ],
)
def test_a_promise_is_reminded_of_on_the_days_to_come(
    now: str, due_on: str, kinds: list[str]
) -> None:
    planned = occasions.of_promise(PROMISE, date.fromisoformat(due_on), zone=LIMA, now=local(now))
    assert [each.kind.value for each in planned] == kinds


def test_reminders_come_at_ten_and_are_worth_nothing_in_the_night() -> None:
    eve, day = occasions.of_promise(
        PROMISE, date(2026, 11, 27), zone=LIMA, now=local("2026-11-23T10:00")
    )
    assert (eve.due_at, eve.expires_at) == (local("2026-11-26T10:00"), local("2026-11-26T20:00"))
    assert (day.due_at, day.expires_at) == (local("2026-11-27T10:00"), local("2026-11-27T20:00"))


@pytest.mark.parametrize(
    ("now", "due"),
    [("2026-11-29T00:00", "2026-11-29T10:00"), ("2026-11-29T10:00", "2026-11-30T10:00")],
)
def test_what_was_missed_is_followed_up_in_the_morning(now: str, due: str) -> None:
    (planned,) = occasions.after_missing(
        Occasion.PROMISE_BROKEN, PROMISE, zone=LIMA, now=local(now)
    )
    assert planned.due_at == local(due)
    assert planned.expires_at == local(due) + timedelta(days=7)


_DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
_MOMENTS = st.datetimes(
    datetime.fromisoformat("2025-01-01"),
    datetime.fromisoformat("2028-12-31"),
    timezones=st.just(UTC),
)


@given(_DAYS, _MOMENTS, st.sampled_from(ZONES))
def test_all_is_in_the_future_and_on_the_day_it_names(
    due_on: date, now: datetime, zone: str
) -> None:
    for planned in occasions.of_promise(PROMISE, due_on, zone=zone, now=now):
        assert now < planned.due_at < planned.expires_at
        assert planned.due_at.astimezone(ZoneInfo(zone)).time() == time(10)


@given(_MOMENTS, _MOMENTS)
def test_one_occasion_has_one_name(first: datetime, second: datetime) -> None:
    one, other = (occasions.of_callback(PROMISE, at) for at in (first, second))
    assert (one.key == other.key) is (first.replace(microsecond=0) == second.replace(microsecond=0))
