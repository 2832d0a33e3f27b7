"""The house limits of a country: more rules beside its law."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.house_rules import CountryLimits, rules_of
from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import (
    ContactContext,
    Jurisdiction,
    PastContact,
    Profile,
    Reason,
    Verdict,
    judge,
)
from acuerdo.contact.law.rules import CITATION_LIMIT
from acuerdo.platform.errors import LimitsContradict
from acuerdo.values.channels import Channel

# A Monday, noon in Mexico City.
NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)
CONTEXT = ContactContext(zones=("America/Mexico_City",), consent=True)


def mexico(limits: CountryLimits) -> Jurisdiction:
    law = load("MX")
    return replace(law, rules=(*law.rules, *rules_of(limits, "MX")))


def verdict(limits: CountryLimits, at: datetime = NOON, *past: datetime) -> Verdict:
    history = [PastContact(each, Channel.SMS) for each in past]
    return judge(mexico(limits), Profile.HOUSE, Channel.SMS, at, history, CONTEXT)


def test_no_limits_are_no_rules() -> None:
    assert rules_of(CountryLimits(), "MX") == ()


@pytest.mark.parametrize(
    ("limits", "at", "reason", "rule"),
    [
        (CountryLimits(opens=time(13)), NOON, Reason.OUTSIDE_HOURS, "house:limits.hours.mx"),
        (CountryLimits(closes=time(12)), NOON, Reason.OUTSIDE_HOURS, "house:limits.hours.mx"),
        (CountryLimits(opens=time(12), closes=time(13)), NOON, None, None),
        (
            CountryLimits(weekdays=frozenset({1, 2})),
            NOON,
            Reason.OUTSIDE_HOURS,
            "house:limits.hours.mx",
        ),
    ],
)
def test_hours_and_days(
    limits: CountryLimits, at: datetime, reason: Reason | None, rule: str | None
) -> None:
    found = verdict(limits, at)
    assert found.reason is reason
    assert rule is None or found.rule == rule


def test_counts_and_gaps() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert verdict(CountryLimits(most_a_day=1), NOON, NOON - hour).reason is Reason.DAY_CAP
    assert verdict(CountryLimits(most_a_day=2), NOON, NOON - hour).allowed
    assert verdict(CountryLimits(most_a_day=1), NOON, NOON - day).allowed
    # a week is Monday to Sunday, and seven days in a row
    assert verdict(CountryLimits(most_a_week=1), NOON, NOON - 3 * day).reason is Reason.WEEK_CAP
    assert verdict(CountryLimits(most_a_week=1), NOON, NOON - 7 * day).allowed
    found = verdict(CountryLimits(gap_hours=3), NOON, NOON - hour)
    assert (found.reason, found.next_allowed_at) == (Reason.TOO_SOON, NOON + 2 * hour)


def test_holidays() -> None:
    # Argentina's law says nothing of holidays: 25 May 2026 is one, a Monday
    law = load("AR")
    ours = replace(law, rules=(*law.rules, *rules_of(CountryLimits(holidays=False), "AR")))
    at = datetime(2026, 5, 25, 15, tzinfo=UTC)
    context = ContactContext(zones=("America/Argentina/Buenos_Aires",), consent=True)
    assert judge(ours, Profile.HOUSE, Channel.SMS, at, (), context).reason is Reason.HOLIDAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens": time(12), "closes": time(12)},
        {"opens": time(13), "closes": time(12)},
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"most_a_day": 0},
        {"most_a_week": -1},
        {"gap_hours": 0},
    ],
)
def test_what_would_allow_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(LimitsContradict):
        CountryLimits(**wrong)  # type: ignore[arg-type]


_LIMITS = st.builds(
    CountryLimits,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    opens=st.none() | st.just(time(10)),
    closes=st.none() | st.just(time(18, 30)),
    holidays=st.booleans(),
    most_a_day=st.none() | st.integers(1, 3),
    most_a_week=st.none() | st.integers(1, 5),
    gap_hours=st.none() | st.integers(1, 72),
)


@given(_LIMITS, st.integers(0, 7 * 24 * 12), st.lists(st.integers(1, 200), max_size=6))
def test_they_never_allow_what_the_law_refuses(
    limits: CountryLimits, moment: int, past: list[int]
) -> None:
    at = NOON + timedelta(minutes=5 * moment)
    history = [PastContact(at - timedelta(hours=hours), Channel.SMS) for hours in past]
    lawful = judge(load("MX"), Profile.HOUSE, Channel.SMS, at, history, CONTEXT)
    both = judge(mexico(limits), Profile.HOUSE, Channel.SMS, at, history, CONTEXT)
    assert lawful.allowed or not both.allowed
    if both.next_allowed_at is not None:
        again = judge(
            mexico(limits), Profile.HOUSE, Channel.SMS, both.next_allowed_at, history, CONTEXT
        )
        assert again.allowed


def test_the_rules_fit_the_ledger() -> None:
    every = CountryLimits(frozenset({0}), time(9), time(10), False, 1, 1, 1)
    rules = rules_of(every, "MX")
    assert len(rules) == 5
    assert all(len(rule.citation) <= CITATION_LIMIT for rule in rules)
    assert len({rule.id for rule in rules}) == 5
