"""What time does to agreements: in the debtor's own days, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.agreements import follow_up

LIMA = "America/Lima"
ZONES = [LIMA, "America/Santiago", "America/Mexico_City", "Europe/Madrid", "America/New_York"]
MOMENTS = st.datetimes(
    datetime.fromisoformat("2025-01-01"),
    datetime.fromisoformat("2028-12-31"),
    timezones=st.just(UTC),
)


def local(text: str) -> datetime:
    """A local time in Lima as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LIMA)).astimezone(UTC)


def test_what_is_due_is_missed_when_the_bank_had_a_day_to_book_it() -> None:
    assert follow_up.missed_at(date(2026, 11, 27), LIMA) == local("2026-11-29T00:00")


@pytest.mark.parametrize(("missed", "ends"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_missed_instalments_end_a_plan(missed: int, ends: bool) -> None:
    assert follow_up.ends_plan(missed) is ends


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), MOMENTS, st.sampled_from(ZONES))
def test_reminders_are_on_their_days_and_what_is_missed_after_both(
    due_on: date, now: datetime, zone: str
) -> None:
    here = ZoneInfo(zone)
    eve = follow_up.reminder_on_eve(due_on, zone=zone, now=now)
    day = follow_up.reminder_on_day(due_on, zone=zone, now=now)
    for found, on in ((eve, due_on - timedelta(days=1)), (day, due_on)):
        assert (found is None) is (on <= now.astimezone(here).date())
        if found is not None:
            begins, ends = found.begins_at.astimezone(here), found.ends_at.astimezone(here)
            assert (begins.date(), begins.time(), ends.time()) == (on, time(10), time(20))
    missed = follow_up.missed_at(due_on, zone).astimezone(here)
    assert (missed.date(), missed.time()) == (due_on + timedelta(days=2), time())


@given(MOMENTS, st.sampled_from(ZONES))
def test_what_was_missed_is_followed_up_within_a_day(now: datetime, zone: str) -> None:
    window = follow_up.after_missing(zone=zone, now=now)
    assert now < window.begins_at <= now + timedelta(hours=25)
    assert window.begins_at.astimezone(ZoneInfo(zone)).time() == time(10)
