"""Whether somebody may be contacted now: the boundaries of every rule."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.policy import ContactFacts, Refused, judge, next_opening
from acuerdo.values.channels import Channel

LIMA = "America/Lima"
# Monday, ten in the morning in Lima
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
ZONES = [
    LIMA,
    "America/Mexico_City",
    "America/Bogota",
    "America/Santiago",
    "America/Argentina/Buenos_Aires",
    "America/New_York",
    "Europe/Madrid",
    "UTC",
    "Pacific/Easter",
]
WRITTEN = ContactFacts(Channel.WHATSAPP, LIMA, last_inbound_at=NOW - timedelta(hours=1))


def local(text: str, zone: str = LIMA) -> datetime:
    """A local time as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("changes", "rule", "reason"),
    [
        ({}, "house:hours", None),
        ({"answers_person": True}, "house:reply", None),
        # who has just written is answered, whatever else stands
        ({"answers_person": True, "opted_out": True}, "house:reply", None),
        ({"answers_person": True, "retired": True}, "house:reply", None),
        ({"answers_person": True, "deceased": True}, "house:reply", None),
        ({"answers_person": True, "consent": False}, "house:reply", None),
        ({"retired": True}, "house:retired_address", Refused.ADDRESS_RETIRED),
        ({"retired": True, "opted_out": True}, "house:retired_address", Refused.ADDRESS_RETIRED),
        ({"opted_out": True}, "house:opt_out", Refused.OPTED_OUT),
        ({"opted_out": True, "confirms_operation": True}, "house:opt_out", Refused.OPTED_OUT),
        ({"opted_out": True, "confirms_stop": True}, "house:confirmation", None),
        (
            {"opted_out": True, "confirms_stop": True, "last_inbound_at": None},
            "house:opt_out",
            Refused.OPTED_OUT,
        ),
        ({"deceased": True}, "house:deceased", Refused.DECEASED),
        ({"deceased": True, "confirms_operation": True}, "house:deceased", Refused.DECEASED),
        ({"confirms_operation": True, "on_hold": True}, "house:confirmation", None),
        ({"confirms_operation": True, "consent": False}, "house:confirmation", None),
        ({"on_hold": True}, "house:debt_on_hold", Refused.DEBT_ON_HOLD),
        ({"on_hold": True, "consent": False}, "house:debt_on_hold", Refused.DEBT_ON_HOLD),
        ({"consent": False}, "house:consent", Refused.NO_CONSENT),
        (
            {"last_inbound_at": None, "confirms_operation": True},
            "whatsapp:service_window",
            Refused.SERVICE_WINDOW_CLOSED,
        ),
        ({"channel": Channel.TELEGRAM, "last_inbound_at": None}, "house:hours", None),
    ],
)
def test_the_most_absolute_rule_decides(
    changes: dict[str, object], rule: str, reason: Refused | None
) -> None:
    verdict = judge(replace(WRITTEN, **changes), NOW)  # type: ignore[arg-type]
    assert (verdict.rule, verdict.reason) == (rule, reason)
    assert verdict.allowed is (reason is None)


@pytest.mark.parametrize(
    ("silent", "answers", "allowed"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), True, True),
        (timedelta(hours=24), True, False),
        (timedelta(hours=23, minutes=59, seconds=59), False, True),
        (timedelta(hours=24), False, False),
    ],
)
def test_whatsapp_lets_us_write_for_a_day_after_the_last_message(
    silent: timedelta, answers: bool, allowed: bool
) -> None:
    facts = replace(WRITTEN, last_inbound_at=NOW - silent, answers_person=answers)
    assert judge(facts, NOW).allowed is allowed


@pytest.mark.parametrize(
    ("at", "allowed", "opens"),
    [
        ("2026-11-23T08:59:59", False, "2026-11-23T09:00"),
        ("2026-11-23T09:00", True, None),
        ("2026-11-23T18:59:59", True, None),
        ("2026-11-23T19:00", False, "2026-11-24T09:00"),
        ("2026-11-28T18:59", True, None),
        ("2026-11-28T19:00", False, "2026-11-30T09:00"),
        ("2026-11-29T12:00", False, "2026-11-30T09:00"),
        ("2026-11-29T23:59", False, "2026-11-30T09:00"),
    ],
)
def test_nobody_is_contacted_outside_hours(at: str, allowed: bool, opens: str | None) -> None:
    now = local(at)
    verdict = judge(replace(WRITTEN, last_inbound_at=now), now)
    assert verdict.allowed is allowed
    assert verdict.next_allowed_at == (None if opens is None else local(opens))


@pytest.mark.parametrize(
    ("zone", "at", "opens"),
    [
        # summer time began in Santiago on Sunday 6 September 2026 and ended on 5 April
        ("America/Santiago", "2026-09-05T20:00", "2026-09-07T09:00"),
        ("America/Santiago", "2026-04-04T20:00", "2026-04-06T09:00"),
        # New York put its clocks back in the night to Sunday 1 November
        ("America/New_York", "2026-10-31T19:30", "2026-11-02T09:00"),
        ("Europe/Madrid", "2026-03-28T23:00", "2026-03-30T09:00"),
    ],
)
def test_hours_follow_the_clock_on_the_wall_when_it_changes(zone: str, at: str, opens: str) -> None:
    assert next_opening(local(at, zone), zone) == local(opens, zone)


# hypothesis wants its bounds without a zone
_FIRST = datetime.fromisoformat("2025-01-01")
_LAST = datetime.fromisoformat("2028-01-01")


@given(
    st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_the_next_opening_is_open_and_nothing_before_it_was(
    at: datetime, zone: str, told_in: str
) -> None:
    opens = next_opening(at.astimezone(ZoneInfo(told_in)), zone)
    assert opens >= at
    assert is_open(opens, zone)
    if opens > at:
        assert not is_open(opens - timedelta(minutes=1), zone)
        assert not is_open(at, zone)
    assert opens - at < timedelta(hours=40)


def is_open(at: datetime, zone: str) -> bool:
    """The hours, said in another way than the rule says them."""
    wall = at.astimezone(ZoneInfo(zone))
    return wall.isoweekday() <= 6 and 9 * 60 <= wall.hour * 60 + wall.minute < 19 * 60


FACTS = st.builds(
    ContactFacts,
    channel=st.sampled_from(list(Channel)),
    timezone=st.sampled_from(ZONES),
    retired=st.booleans(),
    opted_out=st.booleans(),
    deceased=st.booleans(),
    on_hold=st.booleans(),
    consent=st.booleans(),
    last_inbound_at=st.none() | st.integers(0, 50).map(lambda hours: NOW - timedelta(hours=hours)),
    answers_person=st.booleans(),
    confirms_stop=st.booleans(),
    confirms_operation=st.booleans(),
)


@given(FACTS, st.sampled_from(["retired", "opted_out", "deceased", "on_hold"]), st.integers(0, 168))
def test_one_more_reason_against_never_allows_a_contact(
    facts: ContactFacts, stop: str, hours: int
) -> None:
    now = NOW + timedelta(hours=hours)
    more = replace(facts, **{stop: True})
    assert not judge(more, now).allowed or judge(facts, now).allowed
    without = replace(facts, consent=False)
    assert not judge(without, now).allowed or judge(facts, now).allowed


@given(FACTS, st.integers(0, 168))
def test_a_refusal_has_its_reason_and_a_later_time_only_where_that_would_be_allowed(
    facts: ContactFacts, hours: int
) -> None:
    now = NOW + timedelta(hours=hours)
    verdict = judge(facts, now)
    assert (verdict.reason is None) is verdict.allowed
    assert verdict.rule
    if verdict.next_allowed_at is not None:
        later = replace(facts, last_inbound_at=verdict.next_allowed_at)
        assert not verdict.allowed
        assert judge(later, verdict.next_allowed_at).allowed


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The zone that the machine itself is set to."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_machines_own_zone_decides_nothing(server_zone: str) -> None:
    closed = local("2026-11-23T19:00")
    verdict = judge(replace(WRITTEN, last_inbound_at=closed), closed)
    assert verdict.next_allowed_at == local("2026-11-24T09:00")
