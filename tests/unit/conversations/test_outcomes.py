"""Of several results of one conversation the strongest is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.models import Outcome
from acuerdo.conversations.outcomes import primary

EACH = st.sampled_from(list(Outcome))
# interfaces.md, "Outcome codes of a conversation"
PROMISED_TO_OTHERS = [
    "promise",
    "plan",
    "payment_link_sent",
    "already_paid_claim",
    "dispute",
    "wrong_person",
    "third_party",
    "opt_out",
    "callback",
    "handoff",
    "hardship",
    "refused",
    "deceased",
    "no_outcome",
]


def test_the_codes_are_those_that_others_rely_on() -> None:
    assert sorted(Outcome) == sorted(PROMISED_TO_OTHERS)


@given(EACH, EACH, EACH)
def test_the_order_of_events_does_not_matter(one: Outcome, two: Outcome, three: Outcome) -> None:
    assert primary(one, two) is primary(two, one)
    assert primary(primary(one, two), three) is primary(one, primary(two, three))
    assert primary(one, one) is one
    assert primary(one, Outcome.NO_OUTCOME) is one


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        (Outcome.HANDOFF, Outcome.PROMISE),
        (Outcome.PAYMENT_LINK_SENT, Outcome.PROMISE),
        (Outcome.PROMISE, Outcome.PLAN),
        (Outcome.PLAN, Outcome.DISPUTE),
        (Outcome.PROMISE, Outcome.OPT_OUT),
        (Outcome.OPT_OUT, Outcome.DECEASED),
        (Outcome.THIRD_PARTY, Outcome.WRONG_PERSON),
        (Outcome.CALLBACK, Outcome.PROMISE),
    ],
)
def test_what_must_stop_outweighs_what_was_agreed(weaker: Outcome, stronger: Outcome) -> None:
    assert primary(weaker, stronger) is stronger
