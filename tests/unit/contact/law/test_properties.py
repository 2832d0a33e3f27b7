"""What holds for every verdict, whatever the country, the history and the moment."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.contact.jurisdictions import COUNTRIES, load
from acuerdo.contact.law import ContactContext, Event, PastContact, Profile, Recipient, judge
from acuerdo.contact.law.rules import (
    Barred,
    Consent,
    Counted,
    Counting,
    Holidays,
    Hours,
    Limit,
    Recipients,
    Rule,
    StopRule,
    Unit,
)
from acuerdo.values.channels import Channel

MINUTE = timedelta(minutes=1)
channels = st.sampled_from(list(Channel))
profiles = st.sampled_from(list(Profile))
countries = st.sampled_from(sorted(COUNTRIES))
HOLIDAYS = {country: holidays.country_holidays(country) for country in COUNTRIES}
START = datetime(2026, 1, 1, tzinfo=UTC)
# two years: clock changes of both hemispheres and every moved holiday
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)


@st.composite
def questions(
    draw: st.DrawFn, quiet: bool = False
) -> tuple[Channel, datetime, list, ContactContext]:
    """A contact to judge; `quiet`: of a person nothing absolute stands against."""
    at = draw(moments)
    history = draw(
        st.lists(
            st.builds(
                lambda back, channel, spoke, arrived: PastContact(
                    at - timedelta(minutes=back), channel, spoke, arrived
                ),
                st.integers(-60, 60 * 24 * 15),
                channels,
                st.booleans(),
                st.booleans(),
            ),
            max_size=10,
        )
    )
    if quiet:
        return draw(channels), at, history, ContactContext(consent=True)
    context = ContactContext(
        consent=draw(st.sampled_from([True, True, None, False])),
        recipient=draw(st.sampled_from([Recipient.DEBTOR, *Recipient])),
        events=draw(st.sampled_from([frozenset[Event](), *(frozenset({e}) for e in Event)])),
        reply=draw(st.sampled_from([False, False, True])),
    )
    return draw(channels), at, history, context


def refuses(rule: Rule, channel: Channel, at: datetime, history, context: ContactContext) -> bool:
    """One rule judged by itself, in the plainest words there are for it."""
    if channel not in rule.channels:
        return False
    if isinstance(rule, StopRule):
        return rule.event in context.events and (rule.binds_replies or not context.reply)
    if context.reply:
        return False
    if isinstance(rule, Recipients):
        return context.recipient not in rule.allowed
    if isinstance(rule, Consent):
        return not context.consent and (rule.unknown_refuses or context.consent is False)
    if isinstance(rule, Barred):
        return True
    local = at.astimezone(ZoneInfo(context.zones[0]))
    if isinstance(rule, Holidays):
        return local.date() in HOLIDAYS[rule.calendar]
    if isinstance(rule, Hours):
        return not any(a <= local.time() < b for a, b in rule.windows[local.weekday()])
    return any(_full(rule, period, channel, at, history, context) for period in rule.periods)


def _full(rule: Limit, period, channel, at, history, context) -> bool:
    zone = ZoneInfo(context.zones[0])
    today = at.astimezone(zone).date()
    count = 0
    for past in history:
        day = min(past.at, at).astimezone(zone).date()
        on = past.channel in rule.channels
        on &= rule.counted is not Counted.SAME_CHANNEL or past.channel is channel
        on &= rule.counted is not Counted.OTHER_CHANNELS or past.channel is not channel
        on &= rule.counting is not Counting.TWO_WAY or past.direct_contact
        on &= rule.counting is not Counting.DELIVERED or past.delivered or past.direct_contact
        if period.unit is Unit.HOURS:
            inside = at - min(past.at, at) < timedelta(hours=period.length)
        elif period.unit is Unit.DAYS:
            inside = (today - day).days < period.length
        else:
            inside = _monday(today) - _monday(day) < timedelta(weeks=period.length)
        count += on and inside
    return count >= rule.limit


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@settings(max_examples=250)
@given(countries, profiles, questions(), st.data())
def test_a_verdict_allows_exactly_what_no_rule_refuses(country, profile, question, data) -> None:
    jurisdiction = load(country)
    channel, at, history, context = question
    context = replace(context, zones=(data.draw(st.sampled_from(jurisdiction.zones)),))
    verdict = judge(jurisdiction, profile, channel, at, history, context)
    refusing = [
        rule.citation
        for rule in jurisdiction.rules
        if (profile is Profile.HOUSE or rule.profile is Profile.LAW)
        and refuses(rule, channel, at, history, context)
    ]
    assert verdict.allowed is not bool(refusing)
    assert verdict.allowed or verdict.rule in refusing
    assert verdict.allowed is (verdict.reason is None)


@settings(max_examples=250)
@given(countries, profiles, questions(quiet=True), st.data())
def test_the_next_moment_is_allowed_and_the_minute_before_is_not(
    country, profile, question, data
) -> None:
    jurisdiction = load(country)
    channel, at, history, context = question
    zone = data.draw(st.sampled_from(jurisdiction.zones))
    context = replace(context, zones=(zone,))
    # what lies ahead of the question counts as now, and stays there when time goes on
    history = [replace(past, at=min(past.at, at)) for past in history]
    verdict = judge(jurisdiction, profile, channel, at, history, context)
    then = verdict.next_allowed_at
    if verdict.allowed or then is None:
        assert verdict.allowed or (country, channel) == ("CO", Channel.VISIT)
        return
    assert then > at
    assert then.utcoffset() == then.astimezone(ZoneInfo(zone)).utcoffset()
    assert judge(jurisdiction, profile, channel, then, history, context).allowed
    assert not judge(jurisdiction, profile, channel, then - MINUTE, history, context).allowed
    # nothing allowed was passed over
    between = at + data.draw(st.integers(0, (then - at) // MINUTE - 1)) * MINUTE
    assert not judge(jurisdiction, profile, channel, between, history, context).allowed


@settings(max_examples=200)
@given(countries, questions())
def test_the_house_never_allows_what_the_law_refuses(country, question) -> None:
    law, house = (judge(load(country), profile, *question) for profile in Profile)
    assert law.allowed or not house.allowed


@pytest.mark.parametrize(
    ("country", "rule", "reading"),
    [
        (country, rule.id, reading.name)
        for country in sorted(COUNTRIES)
        for rule in load(country).rules
        for reading in rule.alternatives
    ],
)
@settings(max_examples=25)
@given(question=questions())
def test_the_default_reading_is_the_stricter(country, rule, reading, question) -> None:
    strict = judge(load(country), Profile.LAW, *question)
    loose = judge(load(country, frozenset({(rule, reading)})), Profile.LAW, *question)
    assert loose.allowed or not strict.allowed


@pytest.fixture
def servers_zone() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("servers_zone")
def test_the_servers_zone_changes_nothing() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    history = [PastContact(at - timedelta(days=back), Channel.VOICE, True) for back in range(5)]
    answers = set()
    for zone in ("UTC", "Asia/Tokyo", "Pacific/Honolulu", "America/Santiago"):
        os.environ["TZ"] = zone
        time.tzset()
        answers.add(
            tuple(
                judge(load(country), profile, channel, at, history, ContactContext(consent=True))
                for country in sorted(COUNTRIES)
                for profile in Profile
                for channel in Channel
            )
        )
    assert len(answers) == 1


def test_the_same_moment_in_another_offset_is_the_same_question() -> None:
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    zones = ("America/Lima",)
    for offset in ("Asia/Tokyo", "America/Lima"):
        asked = at.astimezone(ZoneInfo(offset))
        assert judge(
            load("PE"), Profile.LAW, Channel.VOICE, asked, [], ContactContext(zones=zones)
        ).allowed
