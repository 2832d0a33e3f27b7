"""The history that is read holds every contact that a limit still counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.house_rules import CountryLimits, rules_of
from acuerdo.contact.jurisdictions import COUNTRIES, load
from acuerdo.contact.law import ContactContext, PastContact, Profile, judge
from acuerdo.contact.law.look_back import look_back
from acuerdo.contact.law.rules import Limit, Period, Rule, Unit
from acuerdo.contact.policy import history_needed
from acuerdo.values.channels import Channel

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HOUSE = CountryLimits(holidays=False, most_a_day=1, most_a_week=2, gap_hours=1000)
LIMITS = [
    (country, rule)
    for country in sorted(COUNTRIES)
    for rule in (*load(country).rules, *rules_of(HOUSE, country))
    if isinstance(rule, Limit)
]
# two years by the quarter of an hour: midnights, ends of weeks and clock changes of all zones
moments = st.integers(0, 2 * 365 * 96).map(
    lambda quarters: datetime(2026, 1, 1, tzinfo=UTC) + quarters * HOUR / 4
)


def free_again(country: str, rule: Limit, zone: str, contact: datetime) -> datetime:
    """When a limit allows the next contact after as many as it allows at one moment."""
    alone = replace(load(country), rules=(rule,))
    channel = min(rule.channels)
    found = [
        judge(
            alone,
            Profile.HOUSE,
            channel,
            contact,
            [PastContact(contact, by, direct_contact=True)] * rule.limit,
            ContactContext(zones=(zone,), consent=True),
        )
        for by in Channel
    ]
    return max(each.next_allowed_at or contact for each in found)


def test_there_are_limits_to_look_at() -> None:
    assert {country for country, _ in LIMITS} == COUNTRIES


@given(st.sampled_from(LIMITS), moments, st.data())
def test_what_a_limit_counts_is_within_the_look_back(
    limit: tuple[str, Limit], contact: datetime, data: st.DataObject
) -> None:
    country, rule = limit
    zone = data.draw(st.sampled_from(load(country).zones))
    free = free_again(country, rule, zone, contact)
    assert contact < free
    assert free - contact <= look_back([rule])
    assert look_back([rule]) <= history_needed(country, rules_of(HOUSE, country))


@pytest.mark.parametrize(("country", "rule"), LIMITS, ids=lambda each: getattr(each, "id", each))
def test_the_look_back_is_no_longer_than_a_day_more(country: str, rule: Limit) -> None:
    """Else it would read what no rule counts; a contact at midnight on a Monday counts longest."""
    zone = load(country).zones[0]
    mondays = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in range(24))
    longest = max(free_again(country, rule, zone, at) - at for at in mondays)
    assert look_back([rule]) - longest <= DAY


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(Unit.HOURS, 48), 48 * HOUR),
        (Period(Unit.DAYS, 7), 8 * DAY),
        (Period(Unit.CALENDAR_WEEKS, 2), 15 * DAY),
    ],
)
def test_units(period: Period, expected: timedelta) -> None:
    (rule,) = rules_of(CountryLimits(most_a_day=1), "PE")
    assert isinstance(rule, Limit)
    assert look_back([replace(rule, periods=(period, Period(Unit.HOURS)))]) == expected


def test_where_nothing_is_counted_nothing_is_read() -> None:
    hours: tuple[Rule, ...] = rules_of(CountryLimits(weekdays=frozenset({0})), "PE")
    assert look_back(hours) == timedelta()
    assert history_needed("XX", hours) == timedelta()
