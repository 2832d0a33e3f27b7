"""Where a person is: one zone, several, or only an offset; days that clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import ContactContext, PastContact, Profile, Reason, judge
from acuerdo.values.channels import Channel
from tests.unit.contact.law.table import local


def ask(country: str, at: datetime, *zones: str, history: list[PastContact] | None = None):
    context = ContactContext(zones=zones, consent=True)
    return judge(load(country), Profile.LAW, Channel.VOICE, at, history or [], context)


@pytest.mark.parametrize(
    ("country", "at", "allowed"),
    [
        ("CL", "2026-11-23T08:00-03:00", True),
        # in winter the mainland is an hour behind Magallanes
        ("CL", "2026-07-20T08:00-04:00", True),
        ("CL", "2026-07-20T08:00-03:00", True),
        ("MX", "2026-11-23T07:00-08:00", True),
        ("MX", "2026-11-23T06:59-05:00", False),
        ("US", "2026-11-23T08:00-10:00", True),
        # an offset of none of the zones: all of them must be open
        ("US", "2026-11-23T17:00+00:00", False),
        ("US", "2026-11-23T18:00+00:00", True),
        ("CO", "2026-11-23T12:00+00:00", True),
    ],
)
def test_without_a_zone_the_offset_tells_it(country: str, at: str, allowed: bool) -> None:
    assert ask(country, datetime.fromisoformat(at)).allowed is allowed


def test_two_possible_places_must_both_be_open() -> None:
    at = local("2026-11-23T09:00", "America/New_York")
    verdict = ask("US", at, "America/New_York", "America/Los_Angeles")
    assert verdict.reason is Reason.OUTSIDE_HOURS
    assert verdict.next_allowed_at == local("2026-11-23T11:00", "America/New_York")


def test_places_that_are_never_open_together_have_no_next_moment() -> None:
    # twelve hours apart all the year, with windows of twelve hours
    at = local("2026-11-23T10:00", "America/Punta_Arenas")
    assert ask("CL", at, "America/Punta_Arenas", "Asia/Tokyo").next_allowed_at is None


@pytest.mark.parametrize(
    ("country", "zone", "at", "then"),
    [
        # Chile goes to summer time at the end of Saturday 5 September and back on 4 April
        ("CL", "America/Santiago", "2026-09-05T20:00", "2026-09-07T08:00-03:00"),
        ("CL", "America/Santiago", "2026-04-04T20:00", "2026-04-06T08:00-04:00"),
        ("CL", "America/Punta_Arenas", "2026-04-04T20:00", "2026-04-06T08:00-03:00"),
        ("US", "America/New_York", "2026-03-07T21:00", "2026-03-08T08:00-04:00"),
        ("US", "America/New_York", "2026-10-31T21:00", "2026-11-01T08:00-05:00"),
        ("US", "America/Phoenix", "2026-03-07T21:00", "2026-03-08T08:00-07:00"),
    ],
)
def test_the_clock_on_the_wall_decides_on_days_it_changes(
    country: str, zone: str, at: str, then: str
) -> None:
    verdict = ask(country, local(at, zone), zone)
    assert verdict.next_allowed_at is not None
    assert verdict.next_allowed_at.isoformat() == then.replace("00-", "00:00-")


def test_a_week_over_a_clock_change_ends_at_local_midnight() -> None:
    spoke = [PastContact(local("2026-10-28T10:00", "America/New_York"), Channel.VOICE, True)]
    verdict = ask("US", local("2026-11-03T20:59", "America/New_York"), history=spoke)
    assert verdict.next_allowed_at == datetime(2026, 11, 4, 13, tzinfo=UTC)


def test_what_lies_ahead_counts_as_now() -> None:
    at = local("2026-11-23T10:00", "America/Guayaquil")
    ahead = PastContact(local("2026-11-25T10:00", "America/Guayaquil"), Channel.VOICE)
    verdict = ask("EC", at, history=[ahead])
    assert verdict.reason is Reason.DAY_CAP
    assert verdict.next_allowed_at == local("2026-11-24T07:00", "America/Guayaquil")


def test_a_moment_without_offset_and_an_unknown_zone_are_no_questions() -> None:
    with pytest.raises(ValueError, match="offset"):
        ask("CO", datetime(2026, 11, 23, 10))  # noqa: DTZ001 - the mistake itself
    with pytest.raises(ZoneInfoNotFoundError):
        ask("CO", datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("UTC")), "America/Nowhere")
