"""How and when a person wants to be contacted: said, obeyed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import ContactContext, Jurisdiction, Profile, Reason, judge
from acuerdo.contact.preference import fits, rules_of, say
from acuerdo.values.channels import Channel
from acuerdo.values.requests import Wish

LIMA = "America/Lima"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(Channel.WHATSAPP), "por WhatsApp"),
        (Wish(Channel.VOICE, time(18)), "por Teléfono, después de las 18:00"),
        (Wish(None, time(9), time(12)), "entre las 09:00 y las 12:00"),
        (Wish(None, None, time(10)), "antes de las 10:00"),
        (Wish(None, time(19), time.max), "después de las 19:00"),
    ],
)
def test_it_is_said_back(wish: Wish, said: str) -> None:
    assert say(wish) == said


def at(hour: int, minute: int = 0) -> datetime:
    """A local time of a Monday in Lima."""
    return datetime(2026, 11, 23, hour + 5, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "fitting"),
    [(at(8, 59), False), (at(9), True), (at(11, 59), True), (at(12), False)],
)
def test_hours_are_half_open_by_the_persons_clock(moment: datetime, fitting: bool) -> None:
    assert fits(Wish(None, time(9), time(12)), Channel.SMS, moment, LIMA) is fitting


def test_another_channel_does_not_fit() -> None:
    assert fits(Wish(Channel.VOICE), Channel.VOICE, at(3), LIMA)
    assert not fits(Wish(Channel.VOICE), Channel.SMS, at(10), LIMA)
    assert fits(Wish(), Channel.SMS, at(3), LIMA)


def obeying(wish: Wish) -> Jurisdiction:
    """Peru with a person's wish."""
    peru = load("PE")
    return replace(peru, rules=(*peru.rules, *rules_of(wish)))


@given(
    st.sampled_from(
        [Wish(), Wish(Channel.SMS), Wish(None, time(9), time(12)), Wish(None, time(18))]
    ),
    st.sampled_from([Channel.WHATSAPP, Channel.SMS]),
    st.integers(0, 7 * 24 * 60),
)
def test_as_rules_it_allows_exactly_what_fits_and_the_law_allows(
    wish: Wish, channel: Channel, minutes: int
) -> None:
    moment = at(0) + timedelta(minutes=minutes)
    context = ContactContext(zones=(LIMA,), consent=True)
    lawful = judge(load("PE"), Profile.HOUSE, channel, moment, (), context)
    both = judge(obeying(wish), Profile.HOUSE, channel, moment, (), context)
    assert both.allowed is (lawful.allowed and fits(wish, channel, moment, LIMA))
    if both.next_allowed_at is not None:
        assert fits(wish, channel, both.next_allowed_at, LIMA)


def test_a_reply_is_bound_by_no_wish_about_hours() -> None:
    context = ContactContext(zones=(LIMA,), consent=True, reply=True)
    wish = Wish(Channel.VOICE, time(18))
    assert judge(obeying(wish), Profile.HOUSE, Channel.WHATSAPP, at(3), (), context).allowed


def test_the_rule_is_cited_as_a_house_rule() -> None:
    context = ContactContext(zones=(LIMA,), consent=True)
    verdict = judge(obeying(Wish(Channel.VOICE)), Profile.HOUSE, Channel.SMS, at(10), (), context)
    assert (verdict.reason, verdict.rule) == (Reason.CHANNEL_BARRED, "house:preference.channel")
