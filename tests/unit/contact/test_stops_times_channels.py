"""Whatever stops contact about a person stops it on every channel, whenever and however asked."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuerdo.contact.law import ContactContext, Event, PastContact
from acuerdo.contact.policy import ContactFacts, judge
from acuerdo.values.channels import Channel
from acuerdo.values.countries import COUNTRIES, country
from tests.clock import NOW

HOMES = sorted(COUNTRIES)
moments = st.integers(0, 60 * 24 * 21).map(lambda minutes: NOW + timedelta(minutes=minutes))
history = st.lists(
    st.builds(
        PastContact,
        moments.map(lambda at: at - timedelta(days=30)),
        st.sampled_from(Channel),
        direct_contact=st.booleans(),
    ),
    max_size=4,
).map(tuple)


@pytest.mark.parametrize("event", list(Event))
@settings(max_examples=60)
@given(data=st.data())
def test_a_stop_refuses_a_contact_on_every_channel(event: Event, data: st.DataObject) -> None:
    home = data.draw(st.sampled_from(HOMES))
    now = data.draw(moments)
    others = data.draw(st.frozensets(st.sampled_from(Event)))
    for channel in Channel:
        facts = ContactFacts(
            channel=channel,
            country=data.draw(st.sampled_from([home, None])),
            context=ContactContext(
                zones=(country(home).timezone,),
                consent=data.draw(st.booleans()),
                events=others | {event},
            ),
            history=data.draw(history),
            retired=data.draw(st.booleans()),
            last_inbound_at=data.draw(st.none() | st.just(now - timedelta(hours=1))),
            has_template=data.draw(st.booleans()),
        )
        verdict = judge(facts, now)
        assert not verdict.allowed, (home, event, channel)
        # and no waiting changes it, but where another rule spoke first
        assert verdict.next_allowed_at is None, verdict
