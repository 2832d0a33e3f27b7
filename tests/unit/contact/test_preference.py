"""How and when a person wants to be contacted: read, said, obeyed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import ContactContext, Jurisdiction, Profile, Reason, judge
from acuerdo.contact.preference import Wish, fits, read, rules_of, say
from acuerdo.values.channels import Channel

LIMA = "America/Lima"


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("mejor por whatsapp", Channel.WHATSAPP),
        ("x wpp mejor", Channel.WHATSAPP),
        ("por whats porfa, no me llames", Channel.WHATSAPP),
        ("no tengo whatsapp, mejor llámeme", Channel.VOICE),
        ("no sé usar bien el whatsapp, llámeme mejor", Channel.VOICE),
        ("prefiero una llamada", Channel.VOICE),
        ("me pueden mandar la info por email en vez de whatsapp?", Channel.EMAIL),
        ("prefiero todo por escrito al correo", Channel.EMAIL),
        ("uso telegram, no whatsapp", Channel.TELEGRAM),
        ("solo mensajes de texto por favor", Channel.SMS),
        # who asks to be written to means where they write
        ("prefiero mensajes, no llamadas", Channel.WHATSAPP),
        ("prefiero que me escriban y no que me llamen", Channel.WHATSAPP),
        # several, or none, is no answer
        ("por whatsapp o por telegram, da igual", None),
        ("de otra forma", None),
        ("no me escriban en las noches", None),
    ],
)
def test_the_channel_is_read(words: str, channel: Channel | None) -> None:
    assert read(words, Channel.WHATSAPP).channel is channel


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("llámeme después de las 6", time(18), None),
        ("a partir de las 18:30", time(18, 30), None),
        ("después de las seis y media", time(18, 30), None),
        ("después de las 8 de la noche", time(20), None),
        ("no antes de las 9", time(9), None),
        ("antes de las 10 am", None, time(10)),
        ("hasta las 7 pm", None, time(19)),
        ("entre las 9 y las 12", time(9), time(12)),
        ("entre las 10 y la 1", time(10), time(13)),
        ("de 2 a 5 de la tarde", time(14), time(17)),
        ("de 9 a 6", time(9), time(18)),
        ("por la mañana mejor", time(8), time(12)),
        ("solo por las tardes", time(12), time(19)),
        ("a mediodía", time(12), time(14)),
        ("no me llame en la mañana, mejor en la tarde", time(12), time(19)),
        # an hour that may be morning or night is asked, not guessed
        ("después de las 8", None, None),
        ("no me escriban en las noches", None, None),
        ("en la mañana o en la tarde", None, None),
        ("a las 25", None, None),
    ],
)
def test_the_hours_are_read(words: str, begins: time | None, ends: time | None) -> None:
    wish = read(words, Channel.WHATSAPP)
    assert (wish.begins, wish.ends) == (begins, ends)


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
